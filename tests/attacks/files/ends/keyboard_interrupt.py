"""Raises KeyboardInterrupt (attack 23)."""
def answer(*a, **k): raise KeyboardInterrupt
