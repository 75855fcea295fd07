"""Writes frames of its own to every descriptor (attack 55)."""
import json, os, struct
body = json.dumps({'nonce': '0' * 16, 'value': [1.0, 2.0]}).encode()
def answer(*a, **k):
    for n in range(0, 64):
        try: os.write(n, struct.pack('<I', len(body)) + body)
        except OSError: pass
    return 0.0
