"""The page of MARSHA in words: the connection, the board, a figure beside its field, the indices and their formula."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from database.models.marsha import SUBMISSION_STATES
from utils.marsha.benchmarks import Trio, indices
from utils.presentation import marsha
from utils.presentation.marsha import SENT_STATES, benchmarks_page, board_rows, connection_words, night_words

STANDING = {
    "mode": "relie",
    "message": None,
    "secrets_lost": False,
    "requires_re_auth": False,
    "authorized": True,
    "demo": False,
}


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, "relié"),
        ({"demo": True}, "relié"),
        ({"authorized": False}, "à autoriser"),
        ({"secrets_lost": True}, "à rétablir"),
        ({"mode": "aucun"}, "pas relié"),
        ({"mode": "simulation"}, "Simulation"),
        ({"mode": "arrete", "message": "Arrêté."}, "arrêté"),
    ],
)
def test_a_connection_is_one_indicator_and_a_sentence(changed, word):
    found = connection_words({**STANDING, **changed})
    assert found["etat"].word == word
    assert found["phrase"].endswith(".")
    assert ("simulateur" in found["phrase"]) is (changed.get("demo", False) or word == "Simulation")
    assert "Aucune spécification publique" in found["contrat"]


def sent(**changed):
    """A submission as the book tells it."""
    given = {"sequence": 1, "status": "accepte", "received_at": None, "source": "live", "error": None, "errors": []}
    return SimpleNamespace(**given | changed)


def row(status="locked", *submissions):
    """The board of one night."""
    line = SimpleNamespace(day=date(2025, 12, 23), status=status, submissions=submissions)
    return board_rows([line], "America/Toronto")[0]


def test_a_locked_night_without_a_submission_may_be_sent_and_an_open_one_not():
    assert row().may_send
    assert row().state == marsha.NOTHING
    assert not row("in_progress").may_send
    assert not row("locked", sent()).may_send


def test_a_receipt_has_the_hour_of_the_hotel_and_says_that_it_is_a_simulation():
    found = row("locked", sent(received_at=datetime(2025, 12, 24, 8, 30, tzinfo=UTC), source="demo"))
    assert found.when == "2025-12-24 03:30:00"
    assert found.simulation
    assert not row("locked", sent()).simulation


def test_a_rejection_says_why():
    assert row("locked", sent(status="rejete", errors=[{"message": "Ne balance pas"}])).said == "Ne balance pas"
    assert row("locked", sent(status="a_envoyer", error="MARSHA ne répond pas.")).said == "MARSHA ne répond pas."


def test_every_state_of_the_book_has_a_word():
    assert set(SENT_STATES) == set(SUBMISSION_STATES)
    assert len({one.word for one in SENT_STATES.values()}) == len(SENT_STATES)


OURS = Trio(Decimal("80"), Decimal("200"), Decimal("160"))


def compared(theirs, **changed):
    """Our night beside a set."""
    kept = {"status": "final", "shown": True, "source": "demo", "set_size": 5, "includes_subject": False}
    kept |= {"rank": 2, "rank_of": 6, **theirs._asdict(), **changed}
    found = indices(OURS, theirs)
    return SimpleNamespace(kept=SimpleNamespace(**kept), ours=OURS, indices=found, rooms_to_100=None, gap=None)


def test_each_index_shows_its_formula_with_the_two_figures():
    page = benchmarks_page(compared(Trio(Decimal("64"), Decimal("250"), Decimal("160"))))
    assert [one.ours for one in page["indices"]] == ["125,00", "80,00", "100,00"]
    assert "80,00 ÷ 64,00 × 100 = 125,00" in page["indices"][0].why
    assert page["rang"] == "2 de 6"


def test_an_index_that_lacks_says_that_nothing_was_divided_in_its_place():
    page = benchmarks_page(compared(Trio(Decimal(0), None, None), rank=None))
    assert [one.ours for one in page["indices"]] == ["—"] * 3
    assert all("rien n’est divisé à sa place" in one.why for one in page["indices"])
    assert page["rang"] == ""


def test_the_night_says_where_its_dbrs_stands():
    standing = {"etat": "accepte", "sequence": 2, "simulation": True}
    assert night_words(standing) == "DBRS : accepté, envoi 2 (Simulation)"
    assert night_words({**standing, "simulation": False}) == "DBRS : accepté, envoi 2"
    assert night_words({"etat": None}) == ""
