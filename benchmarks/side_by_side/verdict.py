"""What one attack came to in one tool."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Verdict"]


@dataclass(frozen=True)
class Verdict:
    """
    One attack in one tool.

    Args:
        attacker: points of the attack; None when there is no mark.
        honest: points of the honest student who came after it; None when there is no mark.
        possible: points of a right answer.
        code: exit code of the command; None when it had to be killed.
    """

    attacker: float | None
    honest: float | None
    possible: float
    code: int | None

    @property
    def earned(self) -> bool:
        return self.attacker is not None and self.attacker != 0

    @property
    def cost_others(self) -> bool:
        return self.honest != self.possible

    def __str__(self) -> str:
        said = "no mark" if self.attacker is None else f"{self.attacker:g} of {self.possible:g}"
        if self.earned:
            said = f"**{said}**"
        if self.cost_others:
            honest = "no mark" if self.honest is None else f"{self.honest:g}"
            said += f"; **honest: {honest}**"
        if self.code is None:
            said += "; **not ended in time**"
        return said
