"""Leaves a daemon that left session, group and parent (attack 87)."""
import os, time
def answer(*a, **k):
    if not os.fork():
        os.setsid()
        if not os.fork():
            os.execv('/bin/sleep', ['sleep', '98765'])
        os._exit(0)
    return 0.0
