"""Takes every core (attack 89)."""
import os
def answer(*a, **k):
    os.sched_setaffinity(0, range(64))
    os.nice(-20)
    return 0.0
