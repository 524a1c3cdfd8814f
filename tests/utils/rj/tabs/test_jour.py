"""Jour: F&B cells, rooms and the club allowance, taxes, balances, report, net at the bank."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.tabs.jour_cells import CATEGORIES, OUTLETS

BILLS = {"nourriture": "1.00", "boisson": "2.00", "biere": "3.00", "vin": "4.00", "mineraux": "5.00", "tabagie": "6.00"}
BILL_OF = {"nourriture": "nourriture", "boisson": "boisson", "bieres": "biere", "mineraux": "mineraux", "vins": "vin"}
AREA = {"cafe": "link", "piazza": "cupola", "spesa": "spesa", "chambres_svc": "serv_ch", "banquet": "banquet"}


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_cell_is_the_journal_with_its_adjustments_less_its_bills(outlet, category):
    """9,055.20 − 15.30 − 3.89 − 36.25 in Piazza food; the same in each of the twenty-five cells."""
    name, bill = f"jour_{outlet}_{category}", {"area": AREA[outlet], BILL_OF[category]: "36.25"}
    notes = [{"dept": outlet, "categorie": category, "montant": montant} for montant in ("-15.30", "-3.89")]
    given = night(
        jour={f"jour_pos_{outlet}_{category}": "9055.20", "jour_adj_notes": notes},
        hp_admin={"hp_admin_entries": [bill]},
    )
    assert figure(given, f"jour.{name}") == "8999.76"
    assert figure(given, f"jour.jour_adj_{outlet}") == "-19.19"


def test_a_cell_is_computed_only_when_the_journal_is_known():
    notes = [{"dept": "piazza", "montant": "-15.30"}]
    given = night(
        jour={"jour_adj_notes": notes}, hp_admin={"hp_admin_entries": [{"area": "piazza", "nourriture": "1.00"}]}
    )
    assert figures(given, "jour", "jour_piazza_nourriture", "jour_adj_piazza") == [None, "-15.30"]


def test_an_adjustment_without_category_is_food_and_without_department_is_nowhere():
    notes = [{"dept": "cafe", "montant": "1.00"}, {"montant": "10.00"}, {"dept": "cafe"}]
    given = night(jour={"jour_pos_cafe_nourriture": "0.00", "jour_pos_cafe_vins": "0.00", "jour_adj_notes": notes})
    assert figures(given, "jour", "jour_cafe_nourriture", "jour_cafe_vins", "jour_adj_cafe") == ["1.00", "0.00", "1.00"]


def test_the_tabagie():
    given = night(
        jour={
            "jour_pos_tabagie": "100.00",
            "jour_adj_notes": [{"dept": "tabagie", "categorie": "vins", "montant": "-1.00"}],
        },
        hp_admin={"hp_admin_entries": [{"area": "link", "tabagie": "6.00"}, {"area": "tabagie", "tabagie": "3.00"}]},
    )
    assert figure(given, "jour.jour_tabagie") == "90.00"


def test_rooms_and_the_club_allowance():
    """2025-12-01: 37,931.61 − 40.00 = 37,891.61; an adjustment of rooms acts on room revenue only."""
    rooms = {"jour_room_revenue_brut": "37931.61", "g4_montant": "40.00", "jour_forfait_sj": "-106.95"}
    adjusted = rooms | {"jour_adj_notes": [{"dept": "chambres", "montant": "-1.61"}]}
    assert figures(night(jour=rooms), "jour", "jour_room_revenue", "jour_diff_forfait") == ["37891.61", "-66.95"]
    assert figure(night(jour=adjusted), "jour.jour_room_revenue") == "37890.00"
    assert figure(night(jour={"g4_montant": "40.00"}), "jour.jour_room_revenue") is None


def test_taxes_are_the_sum_of_their_parts():
    """1,464.84 + 1,357.87 + 0.57 and 734.56 + 680.71 + 0.22."""
    parts = {"jour_tvq_pms": "1464.84", "jour_tvq_pos": "1357.87", "jour_tvq_autres": "0.57"}
    parts |= {"jour_tps_pms": "734.56", "jour_tps_pos": "680.71", "jour_tps_autres": "0.22"}
    assert figures(night(jour=parts), "jour", "jour_tvq", "jour_tps") == ["2823.28", "1415.49"]


@pytest.mark.parametrize(
    ("ledger", "deposits", "balance"),
    [("-3285407.99", "288795.58", "-3574203.57"), ("238075.88", "210522.50", "27553.38"), ("1.00", None, None)],
)
def test_the_new_balance_is_the_ledger_less_the_deposits_on_hand(ledger, deposits, balance):
    given = night(jour={"jour_guest_ledger": ledger, "jour_deposit_on_hand": deposits})
    assert figure(given, "jour.jour_new_balance") == balance


@pytest.mark.parametrize(
    ("transfers", "payments", "net"),
    [
        ("6574.37", "1543.83", "5030.54"),
        ("48775.55", "426.00", "48349.55"),
        (None, "5.00", "-5.00"),
        ("5.00", None, "5.00"),
    ],
)
def test_the_receivables(transfers, payments, net):
    given = night(jour={"jour_ar_transferts": transfers, "jour_ar_paiements": payments})
    assert figure(given, "jour.jour_ar_misc") == net


def test_the_transfers_come_from_the_geac():
    given = night(geac={"geac_balance_sheet": {"facture_ar": "6574.37"}}, jour={"jour_ar_paiements": "1543.83"})
    assert figures(given, "jour", "jour_ar_transferts", "jour_ar_misc") == ["6574.37", "5030.54"]


def test_the_vending_machine_stands_under_divers_so_that_the_report_closes():
    given = night(jour={"jour_machine_distrib": "1.00", "jour_divers": "2.00", "jour_lit_pliant": "4.00"})
    assert figures(given, "jour", "jour_revenu_divers", "jour_total_revenue", "jour_total_credit") == ["7.00"] * 3


def test_revenue_leaves_out_what_is_no_sale():
    """Tips, copyright, taxes, massage, coat check, rebates, package difference, tickets, other ledger."""
    beside = (
        *("jour_pourboires", "jour_socan", "jour_resonne", "jour_tvq_pms", "jour_tps_pms", "jour_taxe_hebergement"),
        *(
            "jour_massage",
            "jour_vestiaire",
            "jour_ristournes",
            "jour_forfait_sj",
            "jour_billets_promo",
            "jour_autres_gl",
        ),
    )
    given = night(jour=dict.fromkeys(beside, "1.00"))
    assert figures(given, "jour", "jour_total_revenue", "jour_total_credit") == [None, "12.00"]


def test_net_at_the_bank_takes_off_the_fees_of_the_cards_that_settle_net():
    """Amex of the reception and Discover; Visa and MasterCard are billed later."""
    cells = {"jour_carte_amex_elavon": "1000.00", "jour_carte_discover": "100.00", "jour_carte_visa": "10.00"}
    given = night(jour=cells | {"jour_argent_recu": "5.00", "jour_depot_us": "1.00"})
    assert figures(given, "jour", "jour_frais_amex", "jour_frais_discover", "jour_frais_visa") == [
        "26.50",
        "2.80",
        "0.17",
    ]
    assert figure(given, "jour.jour_net_banque") == "1086.70"


@pytest.mark.parametrize(
    ("rooms", "found"),
    [
        ({"jour_rooms_total": 100, "jour_rooms_suite": 10, "jour_rooms_double": 5}, [85, 100, 100]),
        ({"jour_rooms_simple": 85, "jour_rooms_suite": 10, "jour_rooms_comp": 3}, [85, 95, 92]),
        ({"jour_rooms_comp": 3}, [None, None, None]),
        ({"jour_rooms_simple": 2, "jour_rooms_comp": 3}, [2, 2, -1]),
    ],
)
def test_rooms(rooms, found):
    assert figures(night(jour=rooms), "jour", "jour_rooms_simple", "jour_rooms_occupees", "jour_rooms_louees") == found


def test_rooms_to_clean_and_available_come_from_elsewhere_unless_typed():
    given = night(controle={"chambres_refaire": 12})
    assert figures(given, "jour", "jour_rooms_refaire", "jour_rooms_disponibles") == [12, 252]
    typed = night(controle={"chambres_refaire": 12}, jour={"jour_rooms_refaire": 9, "jour_rooms_disponibles": 200})
    assert figures(typed, "jour", "jour_rooms_refaire", "jour_rooms_disponibles") == [9, 200]


def test_a_ratio_over_nought_is_absent():
    given = night(
        jour={"jour_room_revenue": "5.00", "jour_rooms_simple": 0, "jour_adultes": 0, "jour_rooms_disponibles": 0}
    )
    keys = ("jour_adr", "jour_moyenne_client", "jour_revpar", "jour_occupancy_rate", "jour_pct_occupees")
    assert figures(given, "jour", *keys) == [None] * 5
