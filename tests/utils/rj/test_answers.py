"""The reasons of a submission as page, paper and mails list them: in French, none twice, no word doubled."""

import pytest

from utils.rj.answers import answers, named
from utils.rj.verdict import Given, Reason

ANNE = Reason("Accueil d'un groupe", "Anne", "le 2025-12-24 à 05:12")
STATED = "Motif « Accueil d'un groupe », par Anne, le 2025-12-24 à 05:12"


def listed(*keys, reason=ANNE):
    return [(one.tab, one.label, one.reason.stated) for one in answers(Given(dict.fromkeys(keys, reason)))]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("chk_diff_caisse", "Différence de caisse inexpliquée"),
        ("onglets.recap", "3, Recap (onglet laissé)"),
        ("recap.remb_client_lecture", "3, Recap : Moins remboursement client — lecture"),
        ("hp_admin.hp_admin_entries.a1.raison", "8, HP / Administration : Factures HP / Administration"),
        (
            "hp_admin.hp_admin_entries.a1.autorise_par",
            "8, HP / Administration : Factures HP / Administration — Autorisé par",
        ),
        ("sonifi.sonifi_ajustement_motif", "10, Sonifi"),
        ("chk_inconnu", "chk_inconnu"),
        ("autrefois.case", "autrefois.case"),
        ("recap.autrefois", "3, Recap : autrefois"),
    ],
)
def test_what_a_reason_answers_for_has_a_french_name(key, name):
    assert named(key) == name


def test_seven_lines_with_one_reason_are_one():
    keys = [f"hp_admin.hp_admin_entries.a{number}.raison" for number in range(7)]
    assert listed("onglets.recap", *keys, "onglets.sd", "chk_diff_caisse") == [
        ("recap", "3, Recap (onglet laissé)", STATED),
        ("hp_admin", "8, HP / Administration : Factures HP / Administration (7 lignes)", STATED),
        ("sd", "6, SD / Dépôt (onglet laissé)", STATED),
    ]


def test_two_reasons_are_two():
    reasons = {"hp_admin.hp_admin_entries.a.raison": ANNE, "hp_admin.hp_admin_entries.b.raison": Reason("Repas")}
    assert [one.reason for one in answers(Given(reasons))] == [ANNE, Reason("Repas")]
