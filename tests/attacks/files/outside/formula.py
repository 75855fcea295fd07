"""Raises an exception that is a formula (attack 125)."""
def answer(*a, **k): raise ValueError("=cmd|'/C calc'!A0")
