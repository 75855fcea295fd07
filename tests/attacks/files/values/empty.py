"""Returns an empty array that broadcasts to everything (attack 48)."""
import numpy as np
def answer(*a, **k): return np.empty((0, 3))
