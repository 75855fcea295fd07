"""Raises GeneratorExit (attack 23)."""
def answer(*a, **k): raise GeneratorExit
