"""Returns numbers so large that arithmetic overflows (attack 53)."""
import numpy as np
def answer(*a, **k): return np.full((5, 3), 1.7e308)
