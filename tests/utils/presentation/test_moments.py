"""The three moments of a night: what each says, and when there is nothing to say."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from database.origins import Origin
from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.moments import figures_of, moments
from utils.presentation.night_page import Closed
from utils.rj.verdict import BALANCED, INCOMPLETE, Verdict

DAY = date(2025, 12, 23)
EVEN, UNEVEN = (Verdict(code, "", "") for code in (BALANCED, INCOMPLETE))
READ = Origin("lightspeed", at="2025-12-24T03:05:00-05:00")
ORIGINS = {"jour.jour_tvq": READ, "jour.jour_tps": READ, "geac.geac_ar_charges": READ}


def at(hour, day=24):
    """An hour of the morning in Toronto."""
    hours, minutes, seconds = map(int, hour.split(":"))
    return datetime(2025, 12, day, hours + 5, minutes, seconds, tzinfo=UTC)


def said(of=NIGHT, origins=None, **more):
    """What the moments reached say, by key."""
    given = {"day": DAY, "verdict": UNEVEN, "saved_at": at("04:52:10"), "synced_at": None, "submission": None}
    marks = Marks(origins=origins or {}, zone="America/Toronto")
    return {one.key: one.sentence for one in moments(of, SimpleNamespace(marks=marks, **given | more))}


def test_a_night_that_reached_nothing_says_nothing():
    assert said(night()) == {}


@pytest.mark.parametrize("origins", [None, {"jour.jour_tvq": Origin("saisi")}])
def test_synchronised_is_said_of_figures_that_are_there(origins):
    assert said(origins=origins, synced_at=at("03:05:12")) == {}


def test_synchronised_with_how_many_figures_where_and_when():
    assert said(origins=ORIGINS, synced_at=at("03:05:12")) == {
        "synchronisee": "Synchronisée à 03:05:12 : 3 chiffres de Lightspeed dans 2 onglets."
    }


def test_balanced_with_the_time_of_the_last_figure():
    sentence = said(verdict=EVEN)["equilibree"]
    assert sentence.startswith("Équilibrée, dernier chiffre à 04:52:10 : ")
    assert sentence.endswith(" contrôles réussis, différence de caisse " + fr("-9 609,77 $."))
    assert "différence" not in said(night(), verdict=EVEN)["equilibree"]
    assert said(verdict=EVEN, saved_at=None) == {}


@pytest.mark.parametrize(("locked", "word"), [(True, "Scellée"), (False, "Soumise")])
def test_sealed_by_whom_with_its_figures(locked, word):
    closed = Closed(at("05:12:44"), "Anne", locked, at("05:17:44"))
    assert said(submission=closed) == {"scellee": f"{word} à 05:12:44 par Anne : {figures_of(NIGHT)}."}


def test_another_day_is_named_and_an_unknown_person_is_not():
    closed = Closed(at("09:00:00", day=27), "", True, None)
    assert said(night(), submission=closed) == {"scellee": "Scellée le 2025-12-27 à 09:00:00."}


def test_only_known_figures_are_told():
    assert figures_of(night()) == ""
    assert figures_of(night(recap={"deposit_cdn": "1284.35"})) == "dépôt " + fr("1 284,35 $")
    assert figures_of(NIGHT).startswith("total des revenus ")
