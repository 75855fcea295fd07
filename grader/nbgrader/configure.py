"""What an nbgrader course needs in its `nbgrader_config.py` for the notebooks that `dlexam build` writes."""

from __future__ import annotations

import functools
from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    ClearSolutions,
    Execute,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from grader.grading.limits import TimeLimits
from grader.nbgrader.preprocess import OURS, ClearToUntouched, LayOut, OnlyOurMarks, WaitForPerson, WithoutTools

__all__ = ["configure"]

# a hidden test calls student code several times, each as long as a cell may take
_CALLS = 5


def configure(c: Any) -> None:
    """
    Set in nbgrader's configuration *c*, what `get_config()` returned, what our notebooks need.

    Assignments of other making are released and marked as before. A cell may run for 60 s, as in `dlexam grade`,
    unless `c.ExecutePreprocessor.timeout` was set before.
    """
    c.GenerateAssignment.preprocessors = [
        ClearToUntouched if step is ClearSolutions else step for step in GenerateAssignment.preprocessors.default()
    ]
    cell = c.ExecutePreprocessor.get("timeout", round(TimeLimits().cell))
    c.ExecutePreprocessor.timeout_func = functools.partial(seconds_for, cell=cell)
    c.Autograde.sanitize_preprocessors = [
        ClearOutput,
        LayOut,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        Execute,
        OnlyOurMarks,
        IgnorePattern,
        ClearMetadataPreprocessor,
        LimitOutput,
        SaveAutoGrades,
        WaitForPerson,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    c.GenerateFeedback.preprocessors = [GetGrades, CSSHTMLHeaderPreprocessor, WithoutTools, ClearHiddenTests]


def seconds_for(notebook_cell: NotebookNode, *, cell: int) -> int:
    """How long *notebook_cell* may run: *cell* seconds, a check of ours for several calls."""
    return cell * _CALLS if OURS in notebook_cell.source else cell
