"""
Practice: notebooks of questions that answer a student at once, offline, with hints before answers.

    from tutor import begin

    check, show = begin(globals(), "ko", {"q01": "0f9a4c21-7-3b1f0c52"})
    check("q01")

`tutor.build` makes `exercises/` and `solutions/` from the bank; what runs in a notebook needs only the rest.
"""

from tutor.desk import begin

__all__ = ["begin"]
