"""Returns a generator that never ends (attack 44)."""
def answer(*a, **k):
    def forever():
        while True: yield 1.0
    return forever()
