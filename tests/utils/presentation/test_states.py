"""A state is an icon and a word, never a colour alone; of three axes a tab shows the one that matters."""

import pytest

from utils.presentation.states import CHECK_STATES, IMPORTED, NIGHT_STATES, TAB_STATES, strip_state, tab_state
from utils.presentation.words import STATUSES
from utils.rj.standing import StripAmount, TabStanding


def axes(state="complet", balance="ok", source="manual", **more):
    return TabStanding(state, balance, source, **more)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (axes(source="error", balance="ecart"), "erreur"),
        (axes(state="vide", balance="ecart"), "ecart"),
        (axes(balance="a_expliquer", waits=("Recap",)), "a_expliquer"),
        (axes(state="sans_activite"), "sans_activite"),
        (axes(state="en_cours", waits=("Recap",)), "en_cours"),
        (axes(waits=("Daily Revenue",)), "attente"),
        (axes(waits=()), "equilibre"),
        (axes(balance="na", source="synced"), "synchronise"),
        (axes(balance="na"), "complet"),
    ],
)
def test_an_error_comes_before_a_gap_a_gap_before_what_is_left_and_papers_last(given, shown):
    assert tab_state(given) == shown


@pytest.mark.parametrize(
    ("key", "state", "value", "papers", "shown"),
    [
        ("recap", "ok", "0.00", (), "equilibre"),
        ("recap", "ecart", "12.00", (), "ecart"),
        ("recap", "ecart", "12.00", ("Daily Revenue",), "attente"),
        ("recap", "na", None, (), "na"),
        ("diff_caisse", "ok", "-54.00", (), "expliquee"),
        ("diff_caisse", "ok", None, (), "equilibre"),
        ("recap", "ok", "54.00", (), "equilibre"),
    ],
)
def test_an_amount_of_the_strip_waits_before_it_is_judged(key, state, value, papers, shown):
    assert strip_state(StripAmount(key, key, "", "", value, state, papers)) == shown


@pytest.mark.parametrize("states", [TAB_STATES, CHECK_STATES, NIGHT_STATES])
def test_no_state_is_told_by_its_colour_alone(states):
    assert all(state.icon and state.word for state in states.values())
    words = [state.word for state in states.values()]
    assert len(words) == len(set(words))
    assert {state.meaning for state in states.values()} <= {"", "ok", "wait", "diff"}


def test_every_status_of_a_night_is_shown():
    assert set(STATUSES) == set(NIGHT_STATES) - {"absente", IMPORTED}
