"""What a night says aloud without stopping a save: one rule, one sentence, at the field it speaks of."""

from decimal import Decimal

import pytest

from tests.utils.rj.build import night as a_night
from tests.utils.rj.golden import COMPLETE, night
from utils.rj.reason import RULE
from utils.rj.remarks import Remark, digits_swapped, remarks, thin_reasons

CLOSED = {"jour_opening_balance": "0.00", "jour_new_balance": "0.00"}
BASE = {"mtd": {"room_revenue": "0.00"}}


def said(of):
    """Field and sentence of each remark, with plain spaces and signs."""
    plain = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{MINUS SIGN}": "-"})
    return [(remark.field, remark.message.translate(plain)) for remark in remarks(of)]


def closed(**tabs):
    """A night that says nothing by itself."""
    jour = CLOSED | tabs.pop("jour", {})
    return a_night(previous=tabs.pop("previous", None), jour=jour, **tabs)


def test_a_night_in_order_says_nothing():
    assert said(closed()) == []


SIGNS = [
    ("recap", {"remb_client_lecture": "1067.61"}, "remb_client_lecture", "Le remboursement doit être négatif."),
    ("recap", {"remb_gratuite_lecture": "0.01"}, "remb_gratuite_lecture", "Le remboursement doit être négatif."),
    ("recap", {"remb_loterie_lecture": "5.00"}, "remb_loterie_lecture", "Le remboursement doit être négatif."),
    ("recap", {"dueback_nb_lecture": "-1.00"}, "dueback_nb_lecture", "Le montant doit être positif."),
    ("recap", {"cash_ls_lecture": "-1.00"}, "cash_ls_lecture", "Le montant doit être positif."),
    ("internet", {"internet_ls_365": "48.27"}, "internet_ls_365", "Le montant doit être négatif."),
    ("jour", {"jour_forfait_sj": "106.95"}, "jour_forfait_sj", "Le montant doit être négatif."),
    ("jour", {"g4_montant": "-40.00"}, "g4_montant", "Le montant doit être positif."),
    ("jour", {"jour_ar_paiements": "-1.00"}, "jour_ar_paiements", "Le montant doit être positif."),
]


@pytest.mark.parametrize(("tab", "given", "field", "sentence"), SIGNS)
def test_a_wrong_sign_is_said(tab, given, field, sentence):
    (where, message), *_ = said(closed(**{tab: given}))
    assert where == f"{tab}.{field}"
    assert message.endswith(f" : {sentence}")


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_a_right_sign_and_nought_are_not(amount):
    assert said(closed(recap={"remb_client_lecture": amount})) == []


def test_a_wrong_sign_is_said_of_a_batch_and_of_a_column():
    batches = {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "-1.00"}}}}
    assert said(closed(transelect=batches)) == [
        ("transelect.transelect_restaurant.visa.terminals", "Lots Visa : Le montant doit être positif.")
    ]
    bill = {"area": "link", "raison": "r", "autorise_par": "a"}
    assert said(closed(hp_admin={"hp_admin_entries": [bill, bill | {"nourriture": "-1.00"}]})) == [
        ("hp_admin.hp_admin_entries[1].nourriture", "Nourriture : Le montant doit être avant taxes et positif.")
    ]


REASONS = [
    (
        {"recap": {"cash_ls_corr": "1.00"}},
        ("recap.recap_corr_notes", "Une correction demande un motif."),
    ),
    (
        {"sonifi": {"sonifi_ajustement": "-1.00"}},
        ("sonifi.sonifi_ajustement_motif", "Un ajustement de film demande un motif."),
    ),
    (
        {"hp_admin": {"hp_admin_entries": [{"area": "link", "nourriture": "1.00", "raison": "r"}]}},
        ("hp_admin.hp_admin_entries[0].autorise_par", "Motif et autorisation obligatoires."),
    ),
    (
        {"hp_admin": {"hp_admin_entries": [{"nourriture": "1.00", "raison": "r", "autorise_par": "a"}]}},
        ("hp_admin.hp_admin_entries[0].area", "Facture sans point de vente : elle n'est déduite nulle part."),
    ),
    (
        {"jour": {"jour_adj_notes": [{"montant": "1.00", "raison": "r"}]}},
        ("jour.jour_adj_notes[0].dept", "Ajustement sans département : il ne compte nulle part."),
    ),
    (
        {"jour": {"jour_adj_notes": [{"dept": "cafe", "montant": "1.00"}]}},
        ("jour.jour_adj_notes[0].raison", "Ajustement sans motif."),
    ),
    (
        {"jour": {"diff_caisse_entries": [{"montant": "0.00"}]}},
        ("jour.diff_caisse_entries[0].note", "Une explication demande une note."),
    ),
    (
        {"sd": {"sd_entries": [{"amount": "5.00"}, {"amount": "5.01"}, {"amount": "-9.00", "note": "vu"}, {}]}},
        ("sd.sd_entries[1].note", "Un écart de -5,01 $ demande une note."),
    ),
]


@pytest.mark.parametrize(("tabs", "remark"), REASONS)
def test_a_missing_reason_is_asked_for(tabs, remark):
    assert said(closed(**tabs)) == [remark]
    assert all(found.asked for found in remarks(closed(**tabs)))


GIVEN = [
    {"recap": {"cash_ls_corr": "1.00", "recap_corr_notes": "motif"}},
    {"recap": {"cash_ls_corr": "0.00"}},
    {"sonifi": {"sonifi_ajustement": "-1.00", "sonifi_ajustement_motif": "chambre 412"}},
    {"sonifi": {"sonifi_ajustement": "0.00"}},
    {"hp_admin": {"hp_admin_entries": [{"area": "link", "raison": "r", "autorise_par": "a"}]}},
    {"jour": {"jour_adj_notes": [{}], "diff_caisse_entries": [{"note": "n"}]}},
]


@pytest.mark.parametrize("tabs", GIVEN)
def test_a_given_reason_is_not_asked_for_again(tabs):
    assert said(closed(**tabs)) == []


def on_second_line(tab, lines, column):
    """The cell of a reason on the second of two lines, and the tab that holds it."""
    return f"{tab}.{lines}[1].{column}", lambda why: {tab: {lines: [{}, {column: why}]}}


WHY = "Chèque du 22 compté deux fois"
TYPED = [
    ("recap.recap_corr_notes", lambda why: {"recap": {"cash_ls_corr": "1.00", "recap_corr_notes": why}}),
    (
        "sonifi.sonifi_ajustement_motif",
        lambda why: {"sonifi": {"sonifi_ajustement": "-1.00", "sonifi_ajustement_motif": why}},
    ),
    on_second_line("hp_admin", "hp_admin_entries", "raison"),
    on_second_line("jour", "jour_adj_notes", "raison"),
    on_second_line("jour", "diff_caisse_entries", "note"),
    (
        "sd.sd_entries[0].note",
        lambda why: {"sd": {"sd_entries": [{"name": "Un", "amount": "10.00", "verified": "2.00", "note": why}]}},
    ),
]


@pytest.mark.parametrize(("field", "typed"), TYPED, ids=[field for field, _ in TYPED])
def test_a_reason_that_says_nothing_is_asked_again_at_submission_only(field, typed):
    thin = closed(**typed("ok ok ok ok ok"))
    [remark] = thin_reasons(thin)
    assert (remark.field, remark.asked) == (field, True)
    assert remark.message.endswith(f" : « ok ok ok ok ok » ne dit pas pourquoi, il faut {RULE}.")
    assert field not in [where for where, _ in said(thin)]
    assert list(thin_reasons(closed(**typed(WHY)))) == []


def test_a_reason_that_is_not_given_or_that_no_figure_asks_for_is_not_thin():
    absent = {"recap": {"cash_ls_corr": "1.00"}, "jour": {"diff_caisse_entries": [{"montant": "1.00"}]}}
    assert list(thin_reasons(closed(**absent))) == []
    assert list(thin_reasons(closed(recap={"recap_corr_notes": "ok", "cash_ls_corr": "0.00"}))) == []


DISAGREEMENTS = [
    (
        {"transelect": {"transelect_reception": {"visa": {"fusebox": "7625.85", "daily_rev": "7600.00"}}}},
        (
            "transelect.transelect_rec_total_visa",
            "Visa réception : FreedomPay 7 625,85 $ ≠ Daily Revenue 7 600,00 $ (écart 25,85 $).",
        ),
    ),
    (
        {"geac": {"geac_balance_sheet": {"facture_dr": "48997.77", "facture_ar": "48775.55"}}},
        (
            "geac.geac_balance_sheet.facture_dr",
            "Facture directe : 222,22 $ de différence entre le Daily Revenue et les comptes à recevoir.",
        ),
    ),
    (
        {"previous": {"geac_newbal_gl": "100.00"}, "geac": {"geac_balance_sheet": {"prev_gl": "90.00"}}},
        (
            "geac.geac_balance_sheet.prev_gl",
            "Le solde de la veille (90,00 $) ne correspond pas à la nuit précédente (100,00 $).",
        ),
    ),
    (
        {"jour": {"jour_guest_ledger": "-10.00"}, "geac": {"geac_balance_sheet": {"newbal_gl": "11.00"}}},
        ("jour.jour_guest_ledger", "Le grand livre du Jour (-10,00 $) diffère du GEAC (11,00 $)."),
    ),
    (
        {"sd": {"depot_data": {"client6": {"amounts": ["393.90"]}}}, "recap": {"deposit_cdn": "459.40"}},
        ("sd.depot_total", "Le total des enveloppes (393,90 $) diffère du dépôt compté (459,40 $)."),
    ),
    (
        {"sonifi": {"sonifi_email": "60.97"}, "jour": {"jour_sonifi": "22.99"}},
        ("sonifi.sonifi_total", "Le courriel Sonifi (60,97 $) diffère du Jour (22,99 $)."),
    ),
]


@pytest.mark.parametrize(("tabs", "remark"), DISAGREEMENTS)
def test_two_readings_that_disagree_are_said_without_being_asked_about(tabs, remark):
    assert said(closed(**tabs)) == [remark]
    assert not any(found.asked for found in remarks(closed(**tabs)))


def test_two_readings_within_the_tolerance_or_of_opposite_signs_agree():
    sheet = {"geac_balance_sheet": {"newbal_gl": "10.00", "facture_dr": "1.00", "facture_ar": "1.01"}}
    assert said(closed(jour={"jour_guest_ledger": "-10.00"}, geac=sheet)) == []


BALANCES = [
    (
        {"recap": {"cash_ls_lecture": "12.40", "deposit_cdn": "0.00"}},
        "Le Recap ne balance pas : il manque 12,40 $ au dépôt compté.",
    ),
    (
        {"recap": {"cash_ls_lecture": "0.00", "deposit_cdn": "12.40"}},
        "Le Recap ne balance pas : il y a 12,40 $ de trop au dépôt compté.",
    ),
    ({"setd": {"setd_residuel": "0.00"}, "jour": {"jour_surplus_deficit": "-15.20"}}, "Il reste 15,20 $ à répartir."),
    (
        {"setd": {"setd_residuel": "20.00"}, "jour": {"jour_surplus_deficit": "-15.20"}},
        "4,80 $ de trop ont été répartis.",
    ),
    (
        {"dueback": {"sans_activite": True}, "jour": {"jour_dueback_reception": "100.00"}},
        "Due back : 100,00 $ de plus dans l'onglet que dans le Jour.",
    ),
    (
        {"dueback": {"sans_activite": True}, "jour": {"jour_dueback_reception": "-100.00"}},
        "Due back : 100,00 $ de moins dans l'onglet que dans le Jour.",
    ),
    (
        {"transelect": {"transelect_reception": {"visa": {"fusebox": "2992.24"}}}, "jour": {"jour_carte_visa": "0.00"}},
        "Quasimodo : 2 992,24 $ d'écart entre les cartes et le net du RJ.",
    ),
    (
        {"transelect": {"transelect_reception": {"visa": {"fusebox": "0.00"}}}, "jour": {"jour_carte_visa": "2992.24"}},
        "Quasimodo : -2 992,24 $ d'écart entre les cartes et le net du RJ.",
    ),
]


@pytest.mark.parametrize(("tabs", "sentence"), BALANCES)
def test_what_does_not_balance_says_which_way(tabs, sentence):
    assert sentence in [message for _, message in said(closed(**tabs))]


@pytest.mark.parametrize("deposit", ["0.00", "112.40"])
def test_a_recap_that_does_not_balance_accuses_no_envelope_alone(deposit):
    recap = {"cash_ls_lecture": "12.40", "deposit_cdn": deposit}
    alone = [message for field, message in said(closed(recap=recap)) if field == "recap.recap_balance"]
    assert alone[1:] == ["Ou une ligne du Recap est fausse : relisez lectures, corrections et signes."]


def test_a_float_taken_back_that_is_not_that_of_the_night_before():
    lines = [
        {"name": "A", "previous": "-300.00"},
        {"name": "B", "previous": "-10.00"},
        {"name": "C", "nouveau": "1.00"},
        {"name": "D", "previous": "-1.00"},
    ]
    before = [{"name": "A", "nouveau": "350.00"}, {"name": "B", "nouveau": "10.00"}, {"name": "C", "nouveau": "9.00"}]
    given = closed(previous={"dueback": before}, dueback={"dueback_entries": lines})
    assert (
        "dueback.dueback_entries[0].previous",
        "Le solde repris (-300,00 $) diffère du due back d'hier (350,00 $).",
    ) in said(given)
    assert [where for where, _ in said(given) if where.startswith("dueback.dueback_entries")] == [
        "dueback.dueback_entries[0].previous"
    ]


def test_a_night_that_is_not_closed_says_what_is_missing():
    assert said(a_night()) == [("jour.jour_new_balance", "La nuit n'est pas fermée : il manque le nouveau solde.")]
    assert said(a_night(jour={"jour_new_balance": "0.00"})) == [
        ("jour.jour_opening_balance", "Il manque la balance d'ouverture.")
    ]


def test_a_month_that_is_not_known_is_said_rather_than_counted():
    rooms = {"jour_room_revenue": "1.00", "jour_rooms_simple": 1}
    assert said(closed(jour=rooms)) == [
        ("jour.jour_mtd_room_revenue", "Mois à date inconnu : il manque le cumul de la veille.")
    ]
    assert said(closed(previous=BASE, jour=rooms)) == []


@pytest.mark.parametrize(
    ("first", "second", "swapped"),
    [
        ("44.65", "44.56", True),
        ("44.65", "-44.56", True),
        ("1.00", "10.0", False),
        ("12.34", "12.34", False),
        ("100.10", "101.00", True),
        ("44.65", "44.66", False),
    ],
)
def test_two_amounts_of_the_same_digits(first, second, swapped):
    assert digits_swapped(Decimal(first), Decimal(second)) is swapped


def test_a_remark_as_the_interface_shows_it():
    assert Remark("recap.deposit_us", "Une phrase.").as_json() == {
        **{"champ": "recap.deposit_us", "message": "Une phrase.", "demande": True}
    }


def test_the_complete_night_says_what_its_auditor_must_hear():
    fields = [remark.field for remark in remarks(night(COMPLETE))]
    assert "jour.jour_adj_notes[0].raison" not in fields
    assert fields.count("hp_admin.hp_admin_entries[0].raison") == 1
    assert len(fields) == 7


@pytest.mark.parametrize(
    ("typed", "said_aloud"),
    [("653.10", []), ("653.01", ["Due back réception — lecture : saisi 653,01 $, la source donne 653,10 $."])],
)
def test_a_value_typed_over_its_source_is_said_when_it_differs(typed, said_aloud):
    given = closed(dueback={"dueback_entries": [{"nouveau": "653.10"}]}, recap={"dueback_reception_lecture": typed})
    heard = [message for where, message in said(given) if where == "recap.dueback_reception_lecture"]
    hint = " Les mêmes chiffres dans un autre ordre : erreur de frappe probable."
    assert heard == [message + hint for message in said_aloud]
