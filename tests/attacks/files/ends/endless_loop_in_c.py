"""Loops for ever inside a function written in C (attack 85)."""
import itertools
def answer(*a, **k): return max(itertools.repeat(0))
