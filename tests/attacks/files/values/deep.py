"""Returns a list a thousand levels deep (attack 44)."""
def answer(*a, **k):
    deep = []
    for _ in range(5000): deep = [deep]
    return deep
