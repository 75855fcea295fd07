"""Loops for ever (attack 85)."""
def answer(*a, **k):
    while True: pass
