"""Returns text that is no Unicode (attack 58)."""
def answer(*a, **k): return '\ud800' * 100
