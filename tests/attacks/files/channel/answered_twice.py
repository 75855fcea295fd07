"""Lets a forked copy of itself answer as well (attack 55)."""
import os
def answer(*a, **k):
    os.fork()
    return 0.0
