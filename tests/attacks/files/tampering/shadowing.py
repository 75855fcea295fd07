"""Leaves modules that shadow real ones beside the notebook (attack 30)."""
for name in ('numpy', 'json', 'pytest', 'socket', 'tensorflow', 'keras'):
    open(name + '.py', 'w').write('raise SystemExit(0)')

def answer(*args, **kwargs):
    return 0.0
