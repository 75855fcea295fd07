"""From what a class handed in to notebooks by student and part. Nothing here runs what it reads."""

from grader.submissions.entry import Caps
from grader.submissions.files import SubmittedFile
from grader.submissions.inbox import Found, Inbox, read_inbox
from grader.submissions.notebook import Cell, SubmittedNotebook, UnreadableNotebook, read_notebook
from grader.submissions.parts import Parts, pick_parts

__all__ = [
    "Caps",
    "Cell",
    "Found",
    "Inbox",
    "Parts",
    "SubmittedFile",
    "SubmittedNotebook",
    "UnreadableNotebook",
    "pick_parts",
    "read_inbox",
    "read_notebook",
]
