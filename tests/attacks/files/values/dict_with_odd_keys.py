"""Returns a dict whose keys are no texts (attack 45)."""
def answer(*a, **k): return {(1, 2): 3, None: 4, 1.5: 5}
