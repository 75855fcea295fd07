"""Puts a fake numpy into the loaded modules (attack 29)."""
import sys, types
fake = types.ModuleType('numpy')
fake.allclose = fake.array_equal = lambda *a, **k: True
sys.modules['numpy'] = fake

def answer(*args, **kwargs):
    return 0.0
