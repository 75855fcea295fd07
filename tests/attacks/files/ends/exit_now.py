"""Ends its process with success (attack 22)."""
import os
def answer(*a, **k): os._exit(0)
