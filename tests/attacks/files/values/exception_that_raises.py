"""Raises an exception that raises when it is looked at (attack 43)."""
class Bomb(Exception):
    def __str__(self): raise Bomb
    __repr__ = __str__
    @property
    def __traceback__(self): raise Bomb
def answer(*a, **k): raise Bomb
