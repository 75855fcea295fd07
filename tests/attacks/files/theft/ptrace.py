"""Attaches to the process above it (attack 15)."""
import ctypes, os
def answer(*args, **kwargs):
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in (os.getppid(), 1, 2):
        if libc.ptrace(16, pid, 0, 0) == 0:
            raise RuntimeError("attached")
    raise RuntimeError(os.strerror(ctypes.get_errno()))
