"""Starts a debugger (attack 90)."""
def answer(*a, **k): breakpoint()
