"""Aborts the interpreter."""
import os
def answer(*a, **k): os.abort()
