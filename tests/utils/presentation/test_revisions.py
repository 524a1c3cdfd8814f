"""Revisions in words: when each was submitted, why it was opened, what moved between two of them."""

import json

from tests.utils.presentation.shown import fr
from utils.presentation.revisions import Figure, Opened, comparison, opened

ZONE, BASE = "America/Toronto", "/rj/native/2025-12-23"
FIRST = {
    **{"numero": 1, "soumise_a": "2025-12-24T04:12:44-05:00", "par": "Auditrice"},
    **{"ouverte_par": None, "motif": None},
}
SECOND = {"numero": 2, "soumise_a": None, "par": "", "ouverte_par": "Contrôleur", "motif": "Facture retrouvée"}
CHANGE = {
    **{"a": "2025-12-24T15:00:00+00:00", "par": "Contrôleur", "action": "saisie", "onglet": "recap"},
    **{"champ": "deposit_cdn", "libelle": "Dépôt canadien (compté)", "motif": "Facture retrouvée"},
    **{"avant": None, "apres": json.dumps("459.40")},
}


def test_a_revision_says_when_it_was_submitted_and_why_it_was_opened():
    assert opened([FIRST, SECOND], ZONE) == (
        Opened(1, "soumise le 2025-12-24 à 04:12:44 par Auditrice", ""),
        Opened(2, "pas encore soumise", "Facture retrouvée (Contrôleur)"),
    )


def test_changes_come_in_the_order_of_the_paper_each_with_the_reason_of_its_correction():
    other = CHANGE | {"onglet": "controle", "champ": "temperature", "apres": "3", "motif": None}
    figure = {"champ": "recap.recap_total_recettes", "libelle": "Total", "avant": None, "apres": "459.40"}
    found = comparison({"de": 1, "a": 2, "changements": [CHANGE, other], "chiffres": [figure]}, ZONE, BASE)
    assert found.title == "Ce qui a changé depuis la révision 1"
    assert [(one.tab, one.reason) for one in found.changes] == [("1, Contrôle", ""), ("3, Recap", "Facture retrouvée")]
    assert found.changes[1].clock == "2025-12-24 à 10:00:00"
    assert found.figures == (Figure("Total", "", fr("459,40 $")),)
