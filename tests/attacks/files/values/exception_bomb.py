"""Raises an exception whose text is a gigabyte (attack 43)."""
class Bomb(Exception):
    def __str__(self): return 'x' * 2**30
    __repr__ = __str__
def answer(*a, **k): raise Bomb
