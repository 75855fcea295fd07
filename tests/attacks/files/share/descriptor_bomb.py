"""Opens descriptors without an end (attack 94)."""
import os
held = []
def answer(*a, **k):
    try:
        while True: held.append(os.pipe())
    except OSError: pass
    return 0.0
