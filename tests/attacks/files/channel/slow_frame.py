"""Sends a byte now and then and never ends a frame (attack 56)."""
import os, time
def answer(*a, **k):
    while True:
        for n in range(3, 16):
            try: os.write(n, b'\x01')
            except OSError: pass
        time.sleep(0.2)
