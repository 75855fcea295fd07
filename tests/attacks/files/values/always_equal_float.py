"""Returns a float that equals everything (attack 39)."""
import numpy as np
class Yes(np.float64):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
def answer(*a, **k): return [Yes(1.0)] * 3
