"""Prints without an end (attack 84)."""
def answer(*a, **k):
    for _ in range(3000): print('x' * 10**6)
    return 0.0
