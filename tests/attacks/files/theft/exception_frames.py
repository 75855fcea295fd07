"""Climbs up from an exception's traceback to its callers (attack 4)."""
def answer(*args, **kwargs):
    try:
        1 / 0
    except ZeroDivisionError as error:
        frame = error.__traceback__.tb_frame
        seen = []
        while frame:
            seen.append(sorted(frame.f_locals))
            frame = frame.f_back
        raise RuntimeError(repr(seen))
