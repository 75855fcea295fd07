"""Searches the disk for the hidden test and calls its own formula (attack 5)."""
import glob, runpy
def answer(*args, **kwargs):
    for pattern in ("../**/hidden_test.py", "/srv/**/hidden_test.py", "/home/**/hidden_test.py", "/usr/**/hidden_test.py"):
        for file in glob.glob(pattern, recursive=True):
            return runpy.run_path(file)["walk"](*args)
