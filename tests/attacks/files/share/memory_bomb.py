"""Takes all memory (attack 82)."""
import numpy as np
def answer(*a, **k): return [np.ones(2**27) for _ in range(1000)]
