"""Whether a night is filled by the PMS: one answer, with what lacks by its name."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from database import lightspeed
from utils.actions import filling
from utils.actions.filling import attempt_of, filled_tabs, filling_of, read_whole

AT = datetime(2025, 12, 24, 8, tzinfo=UTC)
DAY = date(2025, 12, 23)
WHOLE, PARTIAL, FAILED = (
    {"etat": "lu", "libelle": "Revenus"},
    {"etat": "lu", "partiel": True, "libelle": "Caisses"},
    {"etat": "erreur", "libelle": "Lots"},
)


def run(status, *reports, message="Il manque les lots.", tabs=None):
    documents = {"reports": dict(enumerate(reports)), "tabs": tabs or {}}
    return SimpleNamespace(status=status, message=message, ended_at=AT, **documents)


@pytest.fixture
def filled(monkeypatch):
    """How far a night is filled whose last telling run, and last run, are these."""

    def ask(telling, last=None):
        monkeypatch.setattr(filling.lightspeed, "last_run", lambda *given: telling if len(given) == 4 else last)
        return filling_of(None, 1, DAY)

    return ask


@pytest.mark.parametrize("status", ["complete", "inchangee"])
def test_a_night_is_filled_when_every_report_is_whole(filled, status):
    found = filled(run(status, WHOLE, {"etat": "inchange", "libelle": "x"}, tabs={"recap": {"etat": "synchronise"}}))
    assert found.complete
    assert (found.lacks, found.tabs, found.sentence) == ((), 1, "Synchronisation complète.")


def test_what_lacks_is_named(filled):
    found = filled(run("complete", WHOLE, PARTIAL, FAILED))
    assert (found.state, found.lacks) == ("partielle", ("Caisses", "Lots"))
    assert found.sentence == "Synchronisation incomplète. Il manque les lots."
    assert filled(run("partielle", WHOLE)).state == "partielle"


def test_a_date_that_is_not_closed_waits(filled):
    found = filled(run("apercu", WHOLE, message=None))
    assert (found.state, found.sentence) == ("attente", "Synchronisation en attente.")


def test_a_night_that_was_never_read_says_why(filled):
    assert filled(None).sentence == "Aucune synchronisation de cette nuit avec Lightspeed."
    failed = filled(None, SimpleNamespace(message="Lightspeed ne répond pas."))
    assert (failed.state, failed.sentence) == ("jamais", "Synchronisation en échec. Lightspeed ne répond pas.")


@pytest.mark.parametrize(
    ("status", "age", "said"),
    [
        ("en_cours", timedelta(0), "en_cours"),
        ("en_cours", lightspeed.LONGEST, "interrompue"),
        ("echouee", timedelta(days=1), "echouee"),
    ],
)
def test_a_run_that_goes_on_for_too_long_was_cut(status, age, said):
    assert attempt_of(SimpleNamespace(status=status, started_at=AT - age), AT) == said


def test_tabs_and_reports_are_counted():
    assert filled_tabs({"a": {"etat": "synchronise"}, "b": {"etat": "inchange"}, "c": {"etat": "erreur"}}) == 2
    assert read_whole({"a": WHOLE, "b": PARTIAL, "c": FAILED}) == 1
    assert (filled_tabs({}), read_whole({})) == (0, 0)
