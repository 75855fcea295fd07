"""Asks the TA for a password (attack 90)."""
import getpass
def answer(*a, **k): return input('password: ') or getpass.getpass()
