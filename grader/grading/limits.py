"""How long a student's code may run."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["TimeLimits"]


class TimeLimits(BaseModel):
    """
    Wall-clock limits, kept on the trusted side.

    Args:
        cell: seconds for one cell of a notebook.
        call: seconds for one call that a hidden test makes.
        part: seconds for all cells and calls of one part.
        replay: seconds for running earlier cells again after a crash, all replays of a part together.
        replays: how often earlier cells are run again in one part.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cell: float = Field(60.0, gt=0)
    call: float = Field(60.0, gt=0)
    part: float = Field(900.0, gt=0)
    replay: float = Field(120.0, gt=0)
    replays: int = Field(3, ge=0)
