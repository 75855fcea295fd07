"""What was found in an inbox, shortened."""

from __future__ import annotations

from grader.submissions import Inbox

__all__ = ["MOODLE", "names", "only"]

MOODLE = "{}_{}_assignsubmission_file_/{}"


def names(inbox: Inbox) -> dict[str | None, list[str]]:
    """The files found, by student."""
    return {found.student_id: [file.name for file in found.files] for found in inbox.found}


def only(inbox: Inbox):
    """The one thing found."""
    [found] = inbox.found
    return found
