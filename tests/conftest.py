"""What all tests have in common."""

from __future__ import annotations

from hypothesis import settings

# a claim about values is no claim about time: a busy machine must not make it fail
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
