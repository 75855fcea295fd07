"""Replaces builtins that a comparison may use (attack 27)."""
import builtins
builtins.abs = lambda x: 0
builtins.all = builtins.any = lambda x: True
builtins.isinstance = lambda *a: True

def answer(*args, **kwargs):
    return 0.0
