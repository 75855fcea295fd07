"""Reads the requests away from the worker (attack 62)."""
import os
def answer(*a, **k):
    for n in range(3, 64):
        try: os.set_blocking(n, False); os.read(n, 65536)
        except OSError: pass
    return 0.0
