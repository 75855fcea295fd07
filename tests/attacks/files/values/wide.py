"""Returns a list of ten million numbers (attack 44)."""
def answer(*a, **k): return list(range(10_000_000))
