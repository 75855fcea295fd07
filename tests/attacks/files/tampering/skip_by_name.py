"""Raises an exception that is called like pytest's own (attack 21)."""
class Skipped(BaseException):
    pass
Skipped.__module__ = '_pytest.outcomes'

def answer(*args, **kwargs):
    raise Skipped('right')
