"""Returns an iterator without an end (attack 44)."""
import itertools
def answer(*a, **k): return itertools.count()
