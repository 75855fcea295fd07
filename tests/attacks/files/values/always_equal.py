"""Returns an object that equals everything (attack 39)."""
class Yes:
    def __eq__(self, other): return True
    __le__ = __lt__ = __ge__ = __gt__ = __eq__
    __hash__ = None
def answer(*a, **k): return Yes()
