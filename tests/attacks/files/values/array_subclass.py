"""Returns an array that answers numpy's questions itself (attack 40)."""
import numpy as np
class Yes(np.ndarray):
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
def answer(*a, **k): return np.zeros((5, 3)).view(Yes)
