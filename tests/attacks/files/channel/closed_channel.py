"""Closes every descriptor while it is called (attack 61)."""
import os
def answer(*a, **k):
    os.closerange(0, 1000)
    return 0.0
