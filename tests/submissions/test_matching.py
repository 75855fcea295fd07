"""Whose a folder or file is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.matching import Matcher, Owner, owner_of


class TestOwner:
    """What a platform's name says."""

    @pytest.mark.parametrize(
        ("top", "folder", "expected"),
        [
            (
                "홍길동_123456_assignsubmission_file_",
                True,
                Owner(("moodle", "홍길동", "123456"), "홍길동"),
            ),
            (
                "홍길동_123456_assignsubmission_onlinetext_",
                True,
                Owner(("moodle", "홍길동", "123456"), "홍길동"),
            ),
            (
                "홍길동_123456_assignsubmission_file",
                True,
                Owner(("moodle", "홍길동", "123456"), "홍길동"),
            ),
            (
                "Kim Minji_9_assignsubmission_file_closed_v2.ipynb",
                False,
                Owner(("moodle", "Kim Minji", "9"), "Kim Minji", "closed_v2.ipynb"),
            ),
            (
                "A B_1_assignsubmission_file_C D_2_assignsubmission_file_x.ipynb",
                False,
                Owner(("moodle", "A B", "1"), "A B", "C D_2_assignsubmission_file_x.ipynb"),
            ),
            (
                "kimminji_LATE_123_456_closed-1.ipynb",
                False,
                Owner(("canvas", "kimminji", "123"), "kimminji", "closed-1.ipynb"),
            ),
            ("kimminji_123_456_x", True, Owner(("folder", "kimminji_123_456_x"), "kimminji_123_456_x")),
            (
                "20231111_closed.ipynb",
                False,
                Owner(("file", "20231111_closed.ipynb"), "20231111_closed", loose=True),
            ),
            ("20231111.zip", False, Owner(("file", "20231111.zip"), "20231111", loose=True)),
            ("roster.csv", False, Owner(("file", "roster.csv"), "roster.csv", loose=True)),
        ],
    )
    def test_owner(self, top, folder, expected):
        """The platform's own numbers are taken off, and the student's file name is kept."""
        assert owner_of(top, folder=folder) == expected


class TestCandidates:
    """Which students a claim may speak of."""

    @pytest.mark.parametrize(
        ("claim", "expected"),
        [
            ("20231111", ["20231111"]),
            ("20231111_closed", ["20231111"]),
            ("20231111홍길동", ["20231111"]),
            ("중간고사 20231112", ["20231112"]),
            ("(20231113)", ["20231113"]),
            ("120231111", []),
            ("20231111a", []),
            ("20231111_20231112", ["20231111", "20231112"]),
            ("홍길동", ["20231111", "20231112"]),
            (unicodedata.normalize("NFD", "홍길동"), ["20231111", "20231112"]),
            ("KIM MINJI", ["20231113"]),
            ("KIM  Minji", ["20231113"]),
            ("Minji Kim", ["20231113"]),
            ("kimminji", ["20231113"]),
            ("Kim, Minji", ["20231113"]),
            ("Team 3-Kim Minji", ["20231113"]),
            ("Seán OBrien", ["20231114"]),
            ("obrienseán", ["20231114"]),
            ("kim", ["kim"]),
            ("KIM", ["kim"]),
            ("kim_closed", ["kim"]),
            ("Kim Cheol", []),
            ("Kim", ["kim"]),
            ("Lee Sora-kim", ["kim"]),
            ("kim Kim Minji", ["kim"]),
            ("", []),
            ("-", []),
            ("Participant", []),
        ],
    )
    def test_candidates(self, roster, claim, expected):
        """An id, an id as a word of its own, or the whole name; other than that nobody."""
        assert list(Matcher(roster).candidates(claim)) == expected

    def test_login_in_a_name(self, student):
        """A login that is also a word of another's name makes both candidates, and takes nothing alone."""
        matcher = Matcher([student("kim", "Lee Sora"), student("s1", "kim minji")])
        assert matcher.candidates("kim minji") == ("kim", "s1")

    def test_longer_id(self, student):
        """An id within a longer one is not meant."""
        matcher = Matcher([student("a-1", "X"), student("a-1-b", "Y")])
        assert matcher.candidates("a-1-b_closed") == ("a-1-b",)

    def test_ids_that_differ_in_case(self, student):
        """Two ids that differ in case are told apart where spelt out, and else are both candidates."""
        matcher = Matcher([student("Alice", "X"), student("alice", "Y")])
        assert matcher.candidates("alice") == ("alice",)
        assert matcher.candidates("ALICE") == ("Alice", "alice")

    def test_dots_are_plain(self, student):
        """An id's full stop is only a full stop."""
        assert Matcher([student("a.1", "X")]).candidates("ab1_x") == ()

    def test_no_name(self, student):
        """A student without a name is not matched by an empty claim."""
        assert Matcher([student("1", "")]).candidates("-_-") == ()

    @given(st.text(max_size=30))
    def test_any_claim(self, roster, claim):
        """Any text has candidates of the roster, each once, in its order."""
        ids = [student.id for student in roster]
        candidates = Matcher(roster).candidates(claim)
        assert list(candidates) == [id_ for id_ in ids if id_ in candidates]
