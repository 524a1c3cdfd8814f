"""A state is an icon and a word, never a colour alone; of three axes a tab shows the one that matters."""

import pytest

from utils.presentation.states import (
    CHECK_STATES,
    IMPORTED,
    NIGHT_STATES,
    TAB_STATES,
    strip_state,
    tab_state,
    tab_verdict,
    verdict_state,
    waiting_for,
)
from utils.presentation.words import STATUSES
from utils.rj.standing import StripAmount, TabStanding
from utils.rj.verdict import Verdict


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


def test_what_waits_says_for_how_many_papers_and_has_no_colour():
    assert waiting_for(("Recap",))[1:] == ("en attente", "", " : 1 papier")
    assert waiting_for(("Recap", "SD")).more == " : 2 papiers"


@pytest.mark.parametrize(
    ("given", "word", "more"),
    [
        (axes(state="en_cours", balance="na", waits=("Recap", "SD")), "en attente", " : 2 papiers"),
        (axes(waits=("Recap",), balance="na"), "en attente", " : 1 papier"),
        (axes(state="vide", balance="na", waits=("Recap",)), "vide", ""),
        (axes(state="en_cours", balance="ecart"), "écart", ""),
        (axes(), "équilibré", ""),
    ],
)
def test_beside_its_title_a_tab_says_what_it_waits_for(given, word, more):
    assert (tab_verdict(given).word, tab_verdict(given).more) == (word, more)


@pytest.mark.parametrize(
    ("code", "icon", "meaning"),
    [
        ("equilibree", "ok", "ok"),
        ("bloquee", "stop", "diff"),
        ("en_attente", "stop", "diff"),
        ("derogation", "warn", "wait"),
    ],
)
def test_what_a_night_is_has_an_icon_and_its_own_words(code, icon, meaning):
    assert verdict_state(Verdict(code, "ses mots", "")) == (icon, "ses mots", meaning, "")
