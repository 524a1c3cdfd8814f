"""Tonight: what needs a decision, the hours that are left, and what was typed last."""

from datetime import UTC, datetime

import pytest

from database.origins import Beside, Origin
from tests.utils.presentation.shown import NIGHT, fr
from utils.presentation.marks import Marks
from utils.presentation.tonight import LATEST, decisions, hours, label_of, latest, left

BASE = "/rj/native/2025-12-23"
ZONE = "America/Toronto"


def test_two_figures_for_a_cell_are_to_be_settled():
    beside = Beside("450.00", "lightspeed", revision=2)
    marks = Marks(origins={"recap.deposit_cdn": Origin("saisi", beside=beside)})
    (found,) = decisions(NIGHT, marks, BASE)
    assert (found.name, found.title) == ("recap.deposit_cdn", "Recap, Dépôt canadien (compté)")
    assert (found.gap, found.href) == (fr("9,40 $"), f"{BASE}/recap#recap.deposit_cdn")
    assert [(side.figure, side.choice) for side in found.sides] == [
        (fr("459,40 $"), "garder"),
        (fr("450,00 $"), "prendre"),
    ]


def at(hour, minute=0):
    return datetime(2025, 12, 24, hour, minute, tzinfo=UTC)


def test_the_hours_of_the_night_are_in_order_with_now_among_them():
    known = [(at(11), "RJ attendu"), (at(4, 4), "Nuit ouverte"), (None, "Nuit soumise"), (at(5), "")]
    assert hours(known, at(8), ZONE) == (
        ("23:04", "Nuit ouverte", "passe"),
        ("03:00", "Maintenant", "ici"),
        ("06:00", "RJ attendu", "venir"),
    )


def test_what_is_left_of_the_night_is_said_beside_what_is_left_to_do():
    assert left(at(8, 10), at(11), 112, ZONE) == (
        "Il reste",
        fr("2 h 50"),
        f"avant 06:00, pour {fr('1 h 52')} de travail",
    )
    assert left(at(11, 5), at(11), 16, ZONE) == (
        "En retard de",
        fr("5 min"),
        f"depuis 06:00, pour {fr('16 min')} de travail",
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("recap.deposit_cdn", "Dépôt canadien (compté)"),
        ("controle.audit_date", "Date d’audit"),
        ("dueback.dueback_entries.ligne-000.nouveau", "Nouveau (2e ligne), Réceptionniste 11"),
        ("dueback.dueback_entries.partie.nouveau", "Nouveau (2e ligne)"),
        ("dueback.dueback_entries.ligne-001.inconnu", "inconnu, Réceptionniste 21"),
        ("recap.disparu", "recap.disparu"),
        ("nulle.part.du.tout", "nulle.part.du.tout"),
    ],
)
def test_a_cell_is_called_by_its_label_and_the_person_of_its_line(name, label):
    assert label_of(NIGHT, name) == label


def test_a_key_of_a_map_is_called_by_its_map():
    assert label_of(NIGHT, "transelect.transelect_restaurant.visa.terminals.bar_a").endswith(", bar_a")


def typed(at):
    return Origin("saisi", datetime(2025, 12, 24, *at, tzinfo=UTC).isoformat())


def test_the_last_figures_typed_come_latest_first_and_no_more_than_five():
    keys = ("cash_ls_lecture", "cash_pos_lecture", "remb_gratuite_lecture", "remb_client_lecture", "deposit_cdn")
    origins = {f"recap.{key}": typed((7, minute)) for minute, key in enumerate(keys)}
    origins["jour.jour_adultes"] = typed((7, 59))
    found = latest(NIGHT, Marks(origins=origins), BASE)
    assert len(found) == LATEST
    assert found[0].label == "Jour, Adultes"
    assert (found[0].figure, found[0].said, found[0].href) == ("129", "02:59:00", f"{BASE}/jour#jour.jour_adultes")
    assert [one.label for one in found][1] == "Recap, Dépôt canadien (compté)"


def test_what_no_person_typed_is_not_among_them():
    origins = {
        "recap.deposit_cdn": typed((7, 0))._replace(kind="lightspeed"),
        "recap.deposit_us": typed((7, 1)),
        "recap.disparu": typed((7, 2)),
        "recap.cash_ls_lecture": Origin("saisi"),
    }
    assert latest(NIGHT, Marks(origins=origins), BASE) == ()


def test_a_sum_says_how_it_was_typed_and_a_list_its_amounts():
    origins = {"recap.cash_pos_lecture": typed((7, 0)), "sd.depot_data.client6.amounts": typed((6, 0))}
    marks = Marks(origins=origins, typed={"recap.cash_pos_lecture": "=712,45-16,40"})
    first, second = latest(NIGHT, marks, BASE)
    assert first.said == "02:00:00 · =712,45-16,40"
    assert second.figure == "106,70 + 18,70 + 67,60 + 72,80 + 128,10 + 65,50"
