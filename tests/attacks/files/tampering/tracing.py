"""Traces every call to change local values (attack 28)."""
import sys
def trace(frame, event, arg):
    frame.f_locals.update(passed=True, ok=True)
    return trace
sys.settrace(trace)

def answer(*args, **kwargs):
    return 0.0
