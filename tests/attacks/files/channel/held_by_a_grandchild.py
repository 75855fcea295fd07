"""Leaves the channel in the hands of a daemon and dies (attack 63)."""
import os, time
def answer(*a, **k):
    if not os.fork():
        os.setsid()
        time.sleep(600)
    os._exit(0)
