"""Returns an object whose text is a gigabyte (attack 43)."""
class Bomb:
    def __repr__(self): return 'x' * 2**30
    __str__ = __repr__
def answer(*a, **k): return Bomb()
