"""Leaves configuration files that deselect every test (attack 20)."""
for name in ('pytest.ini', 'tox.ini', 'setup.cfg', 'pyproject.toml'):
    open(name, 'w').write('[pytest]\naddopts = -k nothing\n')

def answer(*args, **kwargs):
    return 0.0
