"""Who gets which variant: every variant equally often, no neighbour's guessable, none beside itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from papers.hashes import keyed

__all__ = ["clashes", "deal"]

Near = Mapping[str, Collection[str]]


def deal(
    secret: bytes,
    slot: str,
    variants: int,
    students: Sequence[str],
    *,
    before: Mapping[str, int] | None = None,
    near: Near | None = None,
) -> dict[str, int]:
    """
    A variant for each of *students*, from 0 to below *variants*.

    The numbers of students with each variant differ by one at most, those of *before* counted. Equal
    arguments deal equally, in whatever order the students are listed.

    Args:
        secret: without it nobody can compute a deal.
        slot: the slot's id; slots are dealt independently.
        students: ids of those who have no variant yet.
        before: the deals that stand; they are never changed.
        near: for each student, their neighbours, who get other variants wherever an exchange can do it.
    """
    dealt = dict(before or {})
    count = Counter(dealt.values())
    new = sorted(students, key=lambda student: keyed(secret, "deal", slot, student))
    ties = sorted(range(variants), key=lambda variant: keyed(secret, "variant", slot, variant))
    for student in new:
        dealt[student] = min(ties, key=count.__getitem__)
        count[dealt[student]] += 1
    if near:
        _part_neighbours(dealt, new, variants, near)
    return {student: dealt[student] for student in students}


def clashes(dealt: Mapping[str, int], near: Near) -> list[tuple[str, str]]:
    """The pairs of neighbours who share a variant."""
    return [(a, b) for a in sorted(dealt) for b in sorted(near.get(a, ())) if a < b and dealt.get(b) == dealt[a]]


def _part_neighbours(dealt: dict[str, int], new: Sequence[str], variants: int, near: Near) -> None:
    """Exchange variants among *new* students as long as an exchange leaves fewer clashes."""

    def cost(student: str) -> int:
        return sum(dealt.get(other) == dealt[student] for other in near.get(student, ()))

    def exchanges(student: str) -> Iterator[dict[str, int]]:
        mine = dealt[student]
        count = Counter(dealt.values())
        # a move keeps the balance only from a variant that one student more has
        yield from ({student: v} for v in range(variants) if count[v] == count[mine] - 1)
        yield from ({student: dealt[other], other: mine} for other in new if dealt[other] != mine)

    # each exchange lowers the number of clashes, so this ends
    improved = True
    while improved:
        improved = False
        for student in new:
            if not cost(student):
                continue
            for exchange in exchanges(student):
                was = {one: dealt[one] for one in exchange}
                worse = sum(cost(one) for one in exchange)
                dealt.update(exchange)
                if sum(cost(one) for one in exchange) < worse:
                    improved = True
                    break
                dealt.update(was)
