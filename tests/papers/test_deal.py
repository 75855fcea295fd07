"""Who gets which variant, and who sits next to whom."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.deal import clashes, deal
from papers.hashes import keyed, seeds, shared_marking_hash
from papers.seats import neighbours, read_seat

SECRET = b"s" * 32


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A3", ("", "letter", ord("a"), 3)),
        ("a-03", ("", "letter", ord("a"), 3)),
        ("3-4", ("", "number", 3, 4)),
        ("3행 4열", ("", "number", 3, 4)),
        ("나5", ("", "hangul", 1, 5)),
        ("301-A3", ("301", "letter", ord("a"), 3)),
        ("공학관 301호 B12", ("공학관 301 호", "letter", ord("b"), 12)),
        ("17번", ("", "", 0, 17)),
        ("Ａ３", ("", "letter", ord("a"), 3)),
        ("window", None),
        ("", None),
        ("A", None),
    ],
)
def test_read_seat(text: str, place: object) -> None:
    """Seats are read however they are written; what is no seat is None."""
    assert read_seat(text) == place


def test_neighbours() -> None:
    """Within one row and one column, in one room; never oneself."""
    seats = {"a": "A1", "b": "A2", "c": "B2", "d": "C1", "e": "2-1", "f": "X-A1", "g": "?", "h": "A1"}
    near = neighbours(seats)
    assert near["a"] == {"b", "c", "h"}
    assert near["c"] == {"a", "b", "d", "h"}
    assert near["e"] == near["f"] == near["g"] == set()


students = st.lists(st.integers(0, 10**6).map(str), unique=True, max_size=40)


@given(students, st.integers(1, 13), st.randoms())
def test_balanced_and_blind_to_order(ids: list[str], variants: int, random: object) -> None:
    """Every variant goes out equally often, give or take one, in whatever order students are listed."""
    dealt = deal(SECRET, "closed-01", variants, ids)
    count = Counter(dealt.values())
    assert set(dealt) == set(ids)
    assert set(count) <= set(range(variants))
    assert max(count.values(), default=0) - min((count[v] for v in range(variants)), default=0) <= 1
    shuffled = list(ids)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert deal(SECRET, "closed-01", variants, shuffled) == dealt


@given(students, st.integers(1, 8), st.integers(0, 40))
def test_adding_keeps_and_balances(ids: list[str], variants: int, cut: int) -> None:
    """Students who come later change no earlier deal, and the balance holds over all."""
    before = deal(SECRET, "s", variants, ids[:cut])
    after = deal(SECRET, "s", variants, ids[cut:], before=before)
    assert set(after) == set(ids[cut:])
    count = Counter([*before.values(), *after.values()])
    assert max(count.values(), default=0) - min((count[v] for v in range(variants)), default=0) <= 1


@given(st.integers(1, 7), st.integers(1, 7), st.integers(1, 12), st.integers(0, 99))
def test_seats_keep_the_balance(rows: int, columns: int, variants: int, slot: int) -> None:
    """Exchanges among neighbours leave the balance as it was, and never more clashes than without."""
    seats = {f"{r}{c}": f"{r}-{c}" for r in range(rows) for c in range(columns)}
    near = neighbours(seats)
    blind = deal(SECRET, f"s{slot}", variants, list(seats))
    dealt = deal(SECRET, f"s{slot}", variants, list(seats), near=near)
    count = Counter(dealt.values())
    assert max(count.values()) - min(count[v] for v in range(variants)) <= 1
    assert len(clashes(dealt, near)) <= len(clashes(blind, near))


@pytest.mark.parametrize("slot", ["a-01", "a-02", "b-01", "b-02"])
def test_no_neighbour_shares_with_twelve_variants(slot: str) -> None:
    """A full hall of 150 with the usual pool has no two neighbours alike."""
    seats = {f"s{r}_{c}": f"{r}-{c}" for r in range(10) for c in range(15)}
    near = neighbours(seats)
    assert clashes(deal(SECRET, slot, 12, list(seats), near=near), near) == []


def test_late_students_avoid_their_neighbours() -> None:
    """A student who comes late gets another variant than those around them, whose deals stand."""
    seats = {f"s{r}_{c}": f"{r}-{c}" for r in range(5) for c in range(5)}
    near = neighbours(seats)
    late = ["s2_2", "s0_0", "s4_4"]
    before = deal(SECRET, "s", 12, [id for id in seats if id not in late], near=near)
    after = deal(SECRET, "s", 12, late, before=before, near=near)
    assert clashes({**before, **after}, near) == []


def test_slots_and_secrets_are_independent() -> None:
    """Another slot or another secret deals otherwise."""
    ids = [str(i) for i in range(60)]
    deals = [deal(s, slot, 12, ids) for s in (SECRET, b"t" * 32) for slot in ("a", "b")]
    for one in deals:
        for other in deals:
            if one is not other:
                # chance agrees for 5 of 60; 20 would be a link
                assert sum(one[id] == other[id] for id in ids) < 20


def test_keyed() -> None:
    """Words are kept apart, and the key decides."""
    assert keyed(SECRET, "a", "bc") != keyed(SECRET, "ab", "c")
    assert keyed(SECRET, "a") != keyed(b"t" * 32, "a")
    rows = seeds(SECRET, "x")
    first = [next(rows) for _ in range(50)]
    assert len(set(first)) == 50
    assert all(0 <= seed < 2**31 for seed in first)


def test_shared_marking_hash() -> None:
    """The hash of the marking code is the same each time."""
    assert shared_marking_hash() == shared_marking_hash()
    assert len(shared_marking_hash()) == 64
