"""Looks for byte code of the tests that was left behind (attack 7)."""
import glob, marshal, sys
def answer(*args, **kwargs):
    for prefix in {sys.prefix, sys.base_prefix, "/usr", "/tmp"}:
        for file in glob.glob(prefix + "/**/__pycache__/hidden_test*.pyc", recursive=True):
            exec(marshal.loads(open(file, "rb").read()[16:]), globals())
            return walk(*args)
