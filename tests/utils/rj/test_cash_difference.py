"""The cash difference taken apart: its causes, its remainder, and the sentence that says it."""

import pytest

from tests.utils.rj.build import figure
from tests.utils.rj.build import night as a_night
from tests.utils.rj.golden import COMPLETE, night
from utils.rj.cash_difference import CAUSE_LABELS, decompose
from utils.rj.waiting import waiting

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def closed(difference="0.00", entries=(), **more):
    """A night whose cash difference is this; `more` may bring cards, GEAC or the night before."""
    jour = {"jour_opening_balance": "0.00", "jour_new_balance": difference, "diff_caisse_entries": list(entries)}
    return a_night(jour=jour | more.pop("jour", {}), **more)


def cards(variance):
    """A variance of the cards."""
    return {"transelect_reception": {"visa": {"fusebox": variance, "daily_rev": "0.00"}}}


def said(of):
    return decompose(of).sentence.replace(NBSP, " ").replace(MINUS, "-")


def test_the_complete_night_is_explained_by_its_cards():
    """2025-12-23: −9,609.77 = X20, nothing remains."""
    assert decompose(night(COMPLETE)).as_json() == {
        "difference": "-9609.77",
        "causes": [
            {
                **{"libelle": "Variance des cartes", "montant": "-9609.77"},
                **{"champ": "jour.jour_diff_caisse_transelect", "note": ""},
            }
        ],
        "reste": "0.00",
        "dont_recap": None,
        "propre_au_jour": "0.00",
        "expliquee": True,
        "phrase": f"La différence de caisse de {MINUS}9{NBSP}609,77{NBSP}$ est expliquée par la variance des cartes "
        f"({MINUS}9{NBSP}609,77{NBSP}$).",
    }


def test_a_direct_bill_explains_with_the_opposite_sign():
    """2024-12-19: facture directe 48,997.77 against 48,775.55, difference −222.22."""
    sheet = {"geac_balance_sheet": {"facture_dr": "48997.77", "facture_ar": "48775.55"}}
    jour = {"jour_opening_balance": "0.00", "jour_new_balance": "48553.33"}
    given = a_night("2024-12-19", jour=jour | {"jour_autres_gl": "97551.10"}, geac=sheet)
    assert figure(given, "geac.geac_var_facture") == "222.22"
    found = decompose(given)
    assert [(cause.label, str(cause.amount)) for cause in found.causes] == [("Facture directe", "-222.22")]
    assert (str(found.difference), str(found.remainder), found.explained) == ("-222.22", "0.00", True)


@pytest.mark.parametrize("cause", CAUSE_LABELS)
def test_a_typed_line_explains(cause):
    found = decompose(closed("25.85", [{"cause": cause, "montant": "25.85", "note": "vu avec A"}]))
    assert found.explained
    assert [(c.label, c.field, c.note) for c in found.causes] == [
        (CAUSE_LABELS[cause], "jour.diff_caisse_entries[0].montant", "vu avec A")
    ]


def test_what_remains_is_never_hidden():
    found = decompose(closed("100.00", [{"montant": "60.00"}, {"cause": "depot"}], transelect=cards("14.15")))
    assert [(cause.label, str(cause.amount)) for cause in found.causes] == [
        ("Variance des cartes", "14.15"),
        ("Autre cause", "60.00"),
    ]
    assert (str(found.remainder), found.explained) == ("40.00", False)
    assert said(closed("100.00", [{"montant": "60.00"}], transelect=cards("14.15"))) == (
        "La différence de caisse de 114,15 $ est expliquée en partie par la variance des cartes (14,15 $) et une ligne "
        "« Autre cause » (60,00 $). Reste à expliquer : 40,00 $."
    )


NOTHING = "La différence de caisse de 0,00 $"
ONE = "une ligne « Autre cause » (1,00 $)"
SENTENCES = [
    (closed("0.00"), "Il n'y a pas de différence de caisse."),
    (closed("0.01"), "La différence de caisse de 0,01 $ est dans la tolérance."),
    (closed("-5.00"), "La différence de caisse de -5,00 $ n'est pas expliquée. Reste à expliquer : -5,00 $."),
    (
        closed("14.08", previous={"jour_diff_caisse_residu": "-14.08"}),
        "Probable décalage : -14,08 $ hier, 14,08 $ aujourd'hui.",
    ),
    (
        closed("0.00", [{"cause": "depot", "montant": "2.00"}, {"cause": "decalage", "montant": "-2.00"}]),
        f"{NOTHING} est expliquée par une ligne « Dépôt » (2,00 $) et une ligne « Décalage » (-2,00 $).",
    ),
    (
        closed("3.00", [{"montant": "1.00"}] * 3),
        f"La différence de caisse de 3,00 $ est expliquée par {ONE}, {ONE} et {ONE}.",
    ),
]


@pytest.mark.parametrize(("given", "sentence"), SENTENCES)
def test_the_sentence(given, sentence):
    assert said(given) == sentence


@pytest.mark.parametrize(
    ("tonight", "before", "paired"),
    [("14.08", "-14.08", True), ("14.08", "-14.07", True), ("14.08", "-14.06", False), ("0.01", "-0.01", False)],
)
def test_a_timing_pair_reverses_the_night_before_within_the_tolerance(tonight, before, paired):
    given = closed(tonight, previous={"jour_diff_caisse_residu": before})
    assert figure(given, "jour.jour_diff_caisse_paire") is paired


def test_without_the_night_before_there_is_no_pair_to_speak_of():
    assert figure(closed("14.08"), "jour.jour_diff_caisse_paire") is None


def test_what_waits_for_papers_is_not_yet_to_be_explained():
    given = closed("-5.00")
    found = decompose(given, settled=False)
    assert found.waits == waiting(given)["chk_diff_caisse"]
    assert {"Recap", "Jour"} <= set(found.waits)
    plain = found.sentence.replace(NBSP, " ").replace(MINUS, "-")
    assert plain == f"En attente : {', '.join(found.waits)}. La différence de caisse est de -5,00 $ d'ici là."
    assert (str(found.difference), str(found.remainder), found.explained) == ("-5.00", "-5.00", False)
    assert "waits" not in found.as_json()
    assert decompose(given).waits == ()


def of_the_recap(receipt="100.00", kept="10.00", counted="112.40", **more):
    """A night whose Recap holds a receipt and a float, and whose counted side agrees wherever it stands."""
    envelopes = {"client6": {"amounts": [more.pop("envelope", counted)]}}
    line = {"name": "A", "amount": counted, "verified": counted}
    people = [{"name": "A", "previous": "-10.00", "nouveau": kept}]
    recap = {"cash_ls_lecture": receipt} | more.pop("recap", {})
    papers = {"sd": {"sd_entries": [line], "depot_data": envelopes}, "dueback": {"dueback_entries": people}}
    return closed("41.60", recap=recap, **papers, **more)


IF = "(si un encaissement, un remboursement ou le due back N/B y est à corriger)"


def test_the_part_of_the_recap_is_what_righting_a_receipt_would_take_away():
    """100.00 read for 112.40 counted: righted, the remainder is what was said to be the Jour's own."""
    wrong, righted = of_the_recap(), of_the_recap(receipt="112.40")
    assert figure(wrong, "recap.recap_balance") == "-12.40"
    assert said(wrong).endswith(f"Reste à expliquer : 141,60 $, dont Recap -12,40 $ {IF}; propre au Jour 154,00 $.")
    assert figure(righted, "recap.recap_balance") == "0.00"
    assert said(righted).endswith("Reste à expliquer : 154,00 $.")
    parts = {"dont_recap": "-12.40", "propre_au_jour": "154.00"}
    assert parts.items() <= decompose(wrong).as_json().items()
    assert {"dont_recap": None, "propre_au_jour": "154.00"}.items() <= decompose(righted).as_json().items()


def test_righting_a_float_takes_nothing_away_hence_the_condition():
    righted = of_the_recap(kept="22.40")
    assert figure(righted, "recap.recap_balance") == "0.00"
    assert said(righted).endswith("Reste à expliquer : 141,60 $.")


@pytest.mark.parametrize(
    "more",
    [
        {"envelope": "112.39"},  # within the tolerance
        {"recap": {"exchange_us_lecture": "0.00"}},
    ],
)
def test_the_part_of_the_recap_is_said_while_its_counted_side_is_proven(more):
    assert "dont Recap -12,40 $" in said(of_the_recap(**more))


@pytest.mark.parametrize(
    "more",
    [
        {"envelope": "112.38"},
        {"counted": "115.00", "envelope": "112.40", "recap": {"deposit_cdn": "112.40"}},
        {"jour": {"jour_argent_recu": "99.00"}},
        {"recap": {"exchange_us_lecture": "5.00"}},
        {"recap": {"deposit_cdn": "112.42"}},
        {"recap": {"surplus_deficit_lecture": "1.00"}},
        {"recap": {"dueback_reception_lecture": "5.00"}},
    ],
)
def test_the_part_of_the_recap_is_not_said_on_a_counted_side_that_is_not_proven(more):
    assert "Reste à expliquer" in said(of_the_recap(**more))
    assert "dont Recap" not in said(of_the_recap(**more))


def test_a_night_that_is_not_closed_has_no_difference():
    assert decompose(a_night(jour={"jour_opening_balance": "-3554670.64", "jour_pourboires": "10.00"})) is None
