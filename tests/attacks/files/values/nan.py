"""Returns NaN in every shape (attack 47)."""
import numpy as np
def answer(*args, **k):
    return np.full((args[-1] + 1 if args and isinstance(args[-1], int) else 1, 3), np.nan)
