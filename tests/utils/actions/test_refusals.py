"""What an action refuses: a sentence, the fields at fault, the status that a caller hears."""

import pytest

from utils.actions.refusals import Conflict, Forbidden, NoSuchNight, NotEditable, Refusal, Unavailable, Unreadable
from utils.rj.reading import Problem


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Refusal, 409),
        (NoSuchNight, 404),
        (Forbidden, 403),
        (Conflict, 409),
        (Unreadable, 422),
        (Unavailable, 503),
        (NotEditable, 423),
    ],
)
def test_each_refusal_has_its_status(kind, status):
    refusal = kind("La phrase.")
    assert (refusal.status, refusal.sentence, str(refusal)) == (status, "La phrase.", "La phrase.")
    assert (refusal.problems, refusal.more) == ((), {})


def test_a_refusal_names_the_fields_and_what_a_program_needs():
    more = {"retry_in_minutes": 1}
    refusal = Unavailable("Plus tard.", [Problem("recap.comptant", "Non.")], more)
    assert [problem.path for problem in refusal.problems] == ["recap.comptant"]
    more.clear()
    assert refusal.more == {"retry_in_minutes": 1}
