"""Returns an array-like that is another one each time (attack 42)."""
import numpy as np
class Lazy:
    n = 0
    def __array__(self, *a, **k):
        Lazy.n += 1
        return np.full((5, 3), float(Lazy.n))
    def numpy(self): return self.__array__()
def answer(*a, **k): return Lazy()
