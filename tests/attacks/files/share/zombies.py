"""Leaves thousands of zombies (attack 94)."""
import os
def answer(*a, **k):
    for _ in range(3000):
        try:
            if not os.fork(): os._exit(0)
        except OSError: break
    return 0.0
