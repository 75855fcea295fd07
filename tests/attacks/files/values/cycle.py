"""Returns a list that holds itself (attack 44)."""
a = []
a.append(a)
def answer(*_, **__): return a
