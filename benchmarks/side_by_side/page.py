"""The verdicts as a page."""

from __future__ import annotations

from collections.abc import Mapping

from tests.attacks.classroom import attacks

from .tasks import TOO_DANGEROUS
from .verdict import Verdict

__all__ = ["page"]


def page(verdicts: Mapping[str, Mapping[str, Verdict]], versions: Mapping[str, str]) -> str:
    """A Markdown page: a count per tool, then a row per attack."""
    about = {name: (attack.about.splitlines() or [""])[0] for name, attack in attacks().items()}
    tools = sorted({tool for row in verdicts.values() for tool in row})
    attacked = {name: row for name, row in verdicts.items() if name in about}
    lines = [
        "| | attacks | earned points | left an honest student without full marks | not ended in time |",
        "|---|--:|--:|--:|--:|",
    ]
    for tool in tools:
        rows = [row[tool] for row in attacked.values() if tool in row]
        counts = (
            len(rows),
            sum(v.earned for v in rows),
            sum(v.cost_others for v in rows),
            sum(v.code is None for v in rows),
        )
        lines.append(f"| {tool} | " + " | ".join(str(count) for count in counts) + " |")
    lines += ["", f"| attack | what it tries | {' | '.join(tools)} |", "|---|---|" + "---|" * len(tools)]
    for name, row in verdicts.items():
        cells = " | ".join(str(row[tool]) if tool in row else "not run" for tool in tools)
        lines.append(f"| `{name}` | {about.get(name, 'a control').replace('|', '&#124;')} | {cells} |")
    said = ", ".join(f"{package} {version}" for package, version in versions.items())
    not_run = ", ".join(f"`{name}`" for name in sorted(TOO_DANGEROUS))
    return (
        f"{HEAD}\nVersions: {said}. Not run on the peers, for this machine's sake: {not_run}.\n\n"
        + "\n".join(lines)
        + "\n"
    )


HEAD = """\
# Side by side with nbgrader and otter-grader

Written by `python -m benchmarks.side_by_side`; do not edit. The attack files of `tests/attacks/files`,
handed in to `dlexam grade`, `nbgrader autograde` and `otter run`.

The peers ask two questions like ours by hidden tests of three or two points, written as their own documentation has
them. An attack is handed in once; an honest, right answer is graded after it in the same course or folder. Both
run as they are; a container around them only keeps this machine whole, without a network. Many attacks look for
dlexam's own files or channel, which the peers do not have: a 0 is no proof of a wall there.
A command that has not ended after 60 (otter) or 90 seconds (nbgrader) is killed.
`otter grade` with Docker starts a container for each submission; it was not run.
"""
