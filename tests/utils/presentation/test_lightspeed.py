"""The page of Lightspeed in words: the connection, a synchronisation, the controls, the history."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from tests.utils.presentation.shown import fr
from utils.presentation.lightspeed import (
    GRANT_LOST,
    KEY_CHANGED,
    NEVER,
    RUN_STATES,
    SYNC_STATES,
    attempt_words,
    connection_words,
    sync_page,
)
from utils.presentation.lightspeed_history import history_rows
from utils.rj.catalogue import TABS

STANDING = {
    "mode": "reel",
    "enabled": True,
    "message": "Arrêté par la direction.",
    "configured": True,
    "requires_re_auth": False,
    "secrets_lost": False,
    "connected": True,
    "token_expired": False,
    "last_attempt_status": None,
}
SYNC = {
    "statut": "partielle",
    "onglets": {},
    "message": "Il manque l'onglet 5.",
    "controles": (),
    "propositions": (),
    "apercu": (),
    "onglets_remplis": 1,
    "onglets_a_remplir": 5,
    "rapports_lus": 2,
    "rapports_a_lire": 8,
    "requetes": 1234,
    "duree_ms": 61_005,
}


@pytest.mark.parametrize(
    ("more", "word", "meaning", "sentence"),
    [
        ({"mode": "demo", "enabled": False}, "démonstration", "ok", "Hôtel de démonstration : ses chiffres sont"),
        ({"enabled": False}, "arrêté", "diff", "Arrêté par la direction."),
        ({"configured": False, "connected": False}, "pas configuré", "", "Aucune liaison"),
        ({"requires_re_auth": True}, "à rétablir", "diff", GRANT_LOST),
        ({"requires_re_auth": True, "secrets_lost": True}, "à rétablir", "diff", KEY_CHANGED),
        ({"connected": False}, "à autoriser", "wait", "La configuration est là"),
        ({"token_expired": True}, "relié", "ok", "Le jeton est échu"),
        ({}, "relié", "ok", "Lightspeed répond au nom de l’hôtel."),
    ],
)
def test_a_connection_has_one_word_and_one_sentence(more, word, meaning, sentence):
    said = connection_words(STANDING | more)
    assert (said["etat"].word, said["etat"].meaning) == (word, meaning)
    assert said["phrase"].startswith(sentence)


@pytest.mark.parametrize(("status", "state"), [(None, NEVER), ("inconnu", NEVER), ("echouee", RUN_STATES["echouee"])])
def test_the_last_attempt_is_told_even_when_there_was_none(status, state):
    assert attempt_words(STANDING | {"last_attempt_status": status}) == state
    assert connection_words(STANDING | {"last_attempt_status": status})["essai"] == state


def test_a_night_that_is_not_open_has_no_synchronisation():
    assert sync_page(None, date(2025, 12, 23)) is None


def test_a_synchronisation_says_how_far_it_came_and_what_it_cost():
    page = sync_page(SYNC, date(2025, 12, 23))
    assert page["etat"] == RUN_STATES["partielle"]
    assert page["message"] == "Il manque l’onglet 5."
    assert page["rempli"] == "1 onglet rempli sur 5, 2 rapports lus sur 8"
    assert page["demandes"] == f"{fr('1 234')} requêtes en {fr('61,01 s')}"
    assert page["jour"] == date(2025, 12, 23)


def test_every_tab_has_its_indicator_in_the_order_of_the_paper():
    tabs = {
        "recap": {"etat": "synchronise", "revision": 2, "ecrits": 1, "a_cote": 3, "message": "L'autre."},
        "geac": {"etat": "erreur", "ecrits": 0},
        "jour": {"etat": "synchronise", "ecrits": 41, "a_cote": 1},
    }
    found = sync_page(SYNC | {"onglets": tabs}, date(2025, 12, 23))["indicateurs"]
    assert [(one.number, one.key) for one in found] == list(enumerate((tab.key for tab in TABS), 1))
    by_key = {one.key: one for one in found}
    assert by_key["recap"].detail == "révision 2, 1 case écrite, 3 chiffres gardés à côté"
    assert by_key["recap"].message == "L’autre."
    assert by_key["jour"].detail == "41 cases écrites, 1 chiffre gardé à côté"
    assert (by_key["geac"].state, by_key["geac"].detail) == (SYNC_STATES["erreur"], "")
    assert by_key["dbrs"].state == SYNC_STATES["attente"]


@pytest.mark.parametrize(
    ("control", "told"),
    [
        (
            {"genre": "money", "base": "", "pms": "100.00", "nuit": "90.00"},
            {"pms": fr("100,00 $"), "nuit": fr("90,00 $"), "ecart": fr("10,00 $"), "notre": ""},
        ),
        (
            {"genre": "money", "base": "", "pms": "100.00", "nuit": "100.00"},
            {"pms": fr("100,00 $"), "nuit": fr("100,00 $"), "ecart": "—", "notre": ""},
        ),
        (
            {"genre": "money", "base": "", "pms": "100.01", "nuit": "100.00"},
            {"pms": fr("100,01 $"), "nuit": fr("100,00 $"), "ecart": fr("0,01 $"), "notre": ""},
        ),
        (
            {
                "genre": "percent",
                "base": "louées",
                "pms": "29.38",
                "nuit": "29.37",
                "notre": "34.26",
                "notre_base": "o",
            },
            {"pms": fr("29,38 %"), "nuit": fr("29,37 %"), "ecart": "—", "notre": fr("34,26 %")},
        ),
        (
            {"genre": "percent", "base": "louées", "pms": "29.39", "nuit": "29.37"},
            {"pms": fr("29,39 %"), "nuit": fr("29,37 %"), "ecart": fr("0,02 %"), "notre": ""},
        ),
        (
            {"genre": "count", "base": "", "pms": 74, "nuit": None},
            {"pms": "74", "nuit": "", "ecart": "", "notre": ""},
        ),
        (
            {"genre": "count", "base": "", "pms": 0, "nuit": 2},
            {"pms": "0", "nuit": "2", "ecart": fr("-2"), "notre": ""},
        ),
    ],
)
def test_a_control_shows_both_figures_and_how_far_apart_they_are(control, told):
    (shown,) = sync_page(SYNC | {"controles": [control]}, date(2025, 12, 23))["controles"]
    assert {key: shown[key] for key in told} == told
    assert shown["notre_base"] == control.get("notre_base", "")


def test_what_is_proposed_and_what_is_seen_beforehand_are_in_french():
    given = [{"pms": "1234.50", "nuit": None, "champ": "a"}, {"pms": 74, "nuit": 75, "champ": "b"}]
    page = sync_page(SYNC | {"propositions": given, "apercu": given[:1]}, date(2025, 12, 23))
    assert [(one["champ"], one["pms"], one["nuit"]) for one in page["propositions"]] == [
        ("a", fr("1 234,50 $"), ""),
        ("b", "74", "75"),
    ]
    assert page["apercu"][0]["pms"] == fr("1 234,50 $")


def test_the_history_tells_who_how_far_and_when_on_the_clock_of_the_hotel():
    night = SimpleNamespace(audit_date=date(2025, 12, 23), status="submitted")
    run = {
        "etat": "complete",
        "actor": None,
        "started_at": datetime(2025, 12, 24, 3, 59, tzinfo=UTC),
        "ended_at": None,
        "avancement": SYNC | {"completude": "23.08"},
        "written": 60,
    }
    never, alone, done = history_rows(
        [
            {"nuit": night, "run": None},
            {"nuit": night, "run": run},
            {
                "nuit": night,
                "run": run | {"actor": "Auditrice", "ended_at": datetime(2025, 12, 24, 10, 3, 7, tzinfo=UTC)},
            },
        ],
        "America/Toronto",
    )
    assert (alone.share, alone.written, never.share) == (23, "60 chiffres", None)
    assert (never.run, never.who, never.filled, never.updated) == (NEVER, "", "", "")
    assert (alone.who, alone.updated) == ("Lightspeed", "2025-12-23 22:59:00")
    assert (done.who, done.updated) == ("Auditrice", "2025-12-24 05:03:07")
    assert done.filled == "1 onglet rempli sur 5, 2 rapports lus sur 8"
