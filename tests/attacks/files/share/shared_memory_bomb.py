"""Takes memory that no limit of private memory counts (attack 82)."""
import mmap
held = []
def answer(*a, **k):
    for _ in range(100):
        m = mmap.mmap(-1, 2**28)
        m[:] = b'x' * 2**28
        held.append(m)
    return 0.0
