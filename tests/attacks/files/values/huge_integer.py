"""Returns an integer of a million digits (attack 53)."""
def answer(*a, **k): return 10 ** 1_000_000
