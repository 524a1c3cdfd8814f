"""What a tab usually takes from a person, learnt from the nights of the book before this one."""

from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace

import pytest

from utils.actions import usual as module
from utils.actions.usual import NIGHTS, usual_of

DAY = date(2025, 12, 23)
STATE = SimpleNamespace(hotel=SimpleNamespace(id=7), day=DAY)
TYPED, SYNCED = {"genre": "saisi"}, {"genre": "lightspeed"}


@pytest.fixture
def learnt(monkeypatch):
    """What is learnt from these nights, latest first: the inputs and the origins of each."""

    def learn(tab, *known):
        asked = []
        monkeypatch.setattr(module, "read", lambda: nullcontext(None))
        monkeypatch.setattr(module.earlier_inputs, "given_before", lambda _, *given: asked.append(given) or list(known))
        found = usual_of(STATE, tab)
        assert asked == [(7, DAY, tab, NIGHTS)]
        return found

    return learn


def test_a_cell_typed_half_of_the_nights_is_usual_and_what_a_report_gave_is_not(learnt):
    found = learnt(
        "recap",
        ({}, {"cash_pos_lecture": TYPED, "cash_ls_lecture": SYNCED}),
        ({}, {"cash_pos_lecture": TYPED, "cash_ls_corr": TYPED}),
        ({}, {"deposit_us": TYPED}),
        ({}, {}),
    )
    assert found.cells == ("cash_pos_lecture",)


def test_a_column_of_a_list_counts_once_a_night_whatever_its_lines(learnt):
    found = learnt("sd", ({}, {"sd_entries.aaaaaaaa.amount": TYPED, "sd_entries.bbbbbbbb.amount": TYPED}))
    assert found.cells == ("sd_entries.amount",)


def test_the_names_of_the_latest_night_that_had_lines(learnt):
    line = {"id": "aaaaaaaa", "name": "Zoé", "currency": "CDN", "amount": "1.00"}
    found = learnt("sd", ({}, {}), ({"sd_entries": [line]}, {}), ({"sd_entries": [{"id": "b", "name": "Léa"}]}, {}))
    assert found.lines == {"sd.sd_entries": ({"name": "Zoé", "currency": "CDN"},)}


def test_a_list_that_nothing_names_has_no_line_of_before(learnt):
    assert learnt("jour", ({"jour_adj_notes": [{"id": "a", "dept": "cafe"}]}, {})).lines["jour.jour_adj_notes"] == ()


def test_the_texts_of_a_column_are_known_the_most_frequent_first(learnt):
    lines = [{"id": str(n), "raison": text} for n, text in enumerate(("Poste", "Poste", "Film", ""))]
    found = learnt("jour", ({"jour_adj_notes": lines[:2]}, {}), ({"jour_adj_notes": lines[2:]}, {}))
    assert found.texts == {"jour_adj_notes.raison": ("Poste", "Film")}


def test_a_first_night_has_no_habit(learnt):
    assert learnt("dueback") == module.Usual((), {"dueback.dueback_entries": ()})
