"""Stops the clock and fixes the random generators (attack 34)."""
import random, time
import numpy as np
time.time = time.monotonic = time.perf_counter = lambda: 0.0
random.seed = np.random.seed = lambda *a: None

def answer(*args, **kwargs):
    return 0.0
