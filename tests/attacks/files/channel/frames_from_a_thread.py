"""Writes frames from a thread while it waits (attack 55)."""
import os, threading, time
def write():
    for _ in range(50):
        for n in range(3, 32):
            try: os.write(n, b'\x10\0\0\0{"value": true}  ')
            except OSError: pass
        time.sleep(0.01)
def answer(*a, **k):
    threading.Thread(target=write, daemon=True).start()
    time.sleep(0.2)
    return 0.0
