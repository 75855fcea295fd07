"""Mounts the proc file system again (attack 99)."""
import ctypes
def answer(*a, **k):
    if ctypes.CDLL(None).mount(b'proc', b'/tmp', b'proc', 0, None) == 0: raise RuntimeError('canary-mounted')
    return 0.0
