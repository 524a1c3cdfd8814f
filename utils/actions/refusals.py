"""What an action refuses, each with the status an HTTP caller hears and a French sentence."""

from __future__ import annotations

from collections.abc import Sequence

from utils.rj.reading import Problem
from utils.shapes import Document


class Refusal(Exception):
    """Nothing was kept. ``problems`` name the fields at fault, ``more`` is what else a program needs to know."""

    status = 409

    def __init__(self, sentence: str, problems: Sequence[Problem] = (), more: Document | None = None) -> None:
        """Keep the sentence, the fields and the rest."""
        super().__init__(sentence)
        self.sentence = sentence
        self.problems = tuple(problems)
        self.more = dict(more or {})


class NoSuchNight(Refusal):
    """The night was never opened."""

    status = 404


class Forbidden(Refusal):
    """The role may not do this to a night in this state."""

    status = 403


class Conflict(Refusal):
    """Somebody else changed the same thing, or the state does not allow it now."""

    status = 409


class Unreadable(Refusal):
    """A value cannot be read or is missing."""

    status = 422


class Unavailable(Refusal):
    """Another service does not answer as it should; ``more`` says in how many minutes to ask again."""

    status = 503


class NotEditable(Refusal):
    """The state of the night lets nothing change."""

    status = 423
