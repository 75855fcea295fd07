"""Keeps the hidden inputs of one call and returns them from the next (attack 14)."""
kept = []
def answer(*args, **kwargs):
    kept.append(args)
    return kept[0]
