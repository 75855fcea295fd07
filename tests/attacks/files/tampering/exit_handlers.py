"""Leaves handlers that set the exit code (attack 24)."""
import atexit, os, threading
atexit.register(os._exit, 0)
threading._register_atexit(os._exit, 0)

def answer(*args, **kwargs):
    return 0.0
