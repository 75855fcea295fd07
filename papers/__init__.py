"""
What each student gets: from an exam and a roster to everybody's paper, frozen in a lock.

    from papers import build, load_lock, read_exam, read_roster
    from question_bank import load_bank

    build(read_exam(exam_file), read_roster(roster_file), out, load_bank())
    lock = load_lock(out)
"""

from papers.build import BuildReport, build
from papers.exam import Exam, read_exam
from papers.lock import Lock, Part, PooledVariant, Slot, StudentPaper, data_of, load_figures, load_lock
from papers.roster import Student, read_roster

__all__ = [
    "BuildReport",
    "Exam",
    "Lock",
    "Part",
    "PooledVariant",
    "Slot",
    "Student",
    "StudentPaper",
    "build",
    "data_of",
    "load_figures",
    "load_lock",
    "read_exam",
    "read_roster",
]
