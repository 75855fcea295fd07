"""Returns an object that claims to be a float (attack 41)."""
class Liar:
    @property
    def __class__(self): return float
    def __float__(self): return 1.0
def answer(*a, **k): return Liar()
