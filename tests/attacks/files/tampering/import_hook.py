"""Puts itself before every import (attack 29)."""
import sys
class Evil:
    def find_spec(self, name, path=None, target=None):
        if 'hidden' in name or 'numpy' in name: raise SystemExit(0)
sys.meta_path.insert(0, Evil())

def answer(*args, **kwargs):
    return 0.0
