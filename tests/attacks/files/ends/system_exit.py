"""Raises SystemExit (attack 23)."""
def answer(*a, **k): raise SystemExit(0)
