"""A reason is a text that the book can hold and that says something."""

import pytest

from utils.actions.reasons import read_needed_reason, read_reason
from utils.rj.reading import Reader

NEEDED = "Dites pourquoi."


def read(given, *, needed=False):
    """The reason that was read, and the problems with it."""
    reader = Reader()
    if needed:
        reason = read_needed_reason(given, "motif", "de la correction", NEEDED, reader)
    else:
        reason = read_reason(given, "motif", "de la correction", reader)
    return reason, [problem.message for problem in reader.problems]


@pytest.mark.parametrize("needed", [True, False])
def test_a_reason_has_no_spaces_around_it(needed):
    assert read("  Enveloppe recomptée  ", needed=needed) == ("Enveloppe recomptée", [])


@pytest.mark.parametrize("given", [None, "", "   "])
def test_no_reason_is_a_problem_only_where_one_is_needed(given):
    assert read(given) == ("", [])
    assert read(given, needed=True) == ("", [NEEDED])


@pytest.mark.parametrize("given", ["ok", "..........", "vu vu vu vu vu", "xxxxxxxxxxxx"])
def test_a_reason_that_says_nothing_is_refused_once(given):
    _, problems = read(given, needed=True)
    assert problems == ["Motif de la correction : il faut dix caractères et deux mots au moins."]


@pytest.mark.parametrize("given", [12, ["x"], {"a": 1}, True])
def test_what_is_no_text_is_refused_once(given):
    reason, problems = read(given, needed=True)
    assert reason == ""
    assert len(problems) == 1
    assert problems != [NEEDED]
