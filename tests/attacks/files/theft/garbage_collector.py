"""Walks all live objects for something that looks like a key (attack 2)."""
import gc
def answer(*args, **kwargs):
    for found in gc.get_objects():
        if type(found) is dict and ("DLEXAM_CANARY" in found or "expected" in found or "hidden_test" in found):
            raise RuntimeError(repr(found)[:400])
    return None
