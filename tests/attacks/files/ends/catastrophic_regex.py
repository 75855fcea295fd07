"""Loops for ever inside the regular expressions (attack 85)."""
import re
def answer(*a, **k): return re.match(r'(a+)+$', 'a' * 60 + 'b')
