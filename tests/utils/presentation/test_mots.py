"""Sentences that once said something else than what is: a synchronisation, the cash difference, what is searched."""

import pytest

from utils.actions.lightspeed.words import BY_HAND
from utils.presentation.lightspeed import reached, sync_page
from utils.presentation.search import searched
from utils.presentation.states import strip_state
from utils.rj.catalogue import FIELDS
from utils.rj.standing import StripAmount


@pytest.mark.parametrize(
    ("tabs", "reports", "said"),
    [
        (5, 8, "5 onglets remplis sur 5, 8 rapports lus sur 8"),
        (1, 1, "1 onglet rempli sur 5, 1 rapport lu sur 8"),
        (0, 0, "0 onglet rempli sur 5, 0 rapport lu sur 8"),
    ],
)
def test_how_far_a_synchronisation_came_is_its_own(tabs, reports, said):
    advance = {"onglets_remplis": tabs, "onglets_a_remplir": 5, "rapports_lus": reports, "rapports_a_lire": 8}
    assert reached(advance) == said


@pytest.mark.parametrize(
    ("requests", "said"), [(None, ""), (0, ""), (1, "1 requête en 0,21\u00a0s"), (8, "8 requêtes en 0,21\u00a0s")]
)
def test_what_was_not_asked_is_not_counted(requests, said):
    advance = {"onglets_remplis": 0, "onglets_a_remplir": 5, "rapports_lus": 0, "rapports_a_lire": 8}
    lists = dict.fromkeys(("controles", "propositions", "apercu"), ())
    standing = {"statut": None, "onglets": {}, "message": None, "requetes": requests, "duree_ms": 214}
    assert sync_page(standing | lists | advance, None)["demandes"] == said


def test_the_codes_that_fill_the_jour_are_not_said_to_be_missing():
    assert "le total des codes 36.1 et 36.5, qui entre au Jour" in BY_HAND["internet"]
    assert "36" not in BY_HAND["internet"].partition("; ")[2]


@pytest.mark.parametrize(
    ("value", "state"), [("0.00", "equilibre"), (None, "equilibre"), ("-54.00", "expliquee"), ("54.00", "expliquee")]
)
def test_nothing_is_not_said_to_be_explained(value, state):
    assert strip_state(StripAmount("diff_caisse", "", "jour", "", value, "ok")) == state


def test_what_can_be_typed_is_found_before_what_is_calculated():
    typed = [FIELDS[name].typed for name, _ in searched()]
    assert typed == sorted(typed, reverse=True)
    first = next(name for name, label in searched() if label.lower().startswith("due back n"))
    assert first == "recap.dueback_nb_lecture"
