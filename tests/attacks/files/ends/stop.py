"""Stops itself and its group (attack 91)."""
import os, signal
def answer(*a, **k): os.kill(0, signal.SIGSTOP)
