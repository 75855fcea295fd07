"""Turns warnings into errors and closes the standard streams (attack 35)."""
import sys, warnings
warnings.simplefilter('error')
sys.stdout = sys.stderr = None

def answer(*args, **kwargs):
    return 0.0
