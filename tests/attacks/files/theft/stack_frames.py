"""Looks for the expected values in the frames below it (attack 1)."""
import inspect
def answer(*args, **kwargs):
    for frame in inspect.stack():
        for name, value in {**frame.frame.f_globals, **frame.frame.f_locals}.items():
            if "expect" in name or "want" in name or "right" in name:
                return value
    raise RuntimeError("nothing")
