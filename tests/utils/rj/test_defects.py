"""The defects of the hotel's workbook, one test each: ours does not have it, or says it aloud."""

from decimal import Decimal

import pytest

from tests.utils.rj.build import figure, figures
from tests.utils.rj.build import night as a_night
from tests.utils.rj.golden import COMPLETE, document, night
from utils.rj.calculate import recalculate
from utils.rj.carry_forward import next_block
from utils.rj.cash_difference import decompose
from utils.rj.night_file import read_night
from utils.rj.reading import Refused
from utils.rj.remarks import remarks
from utils.rj.writing import write_differences

CARDS = ("debit", "visa", "mc", "discover", "amex")


def complete(**tabs):
    """2025-12-23 with some values changed, tab by tab; None takes one away."""
    given = document(COMPLETE)
    for tab, values in tabs.items():
        given["tabs"].setdefault(tab, {}).update(values)
    return read_night(given)


def sentences(of):
    plain = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{MINUS SIGN}": "-"})
    return " ".join(remark.message.translate(plain) for remark in remarks(of))


def changed(of, name, by):
    """The night after a person typed an amount that much greater."""
    return recalculate(of, {name: of.values.get(name, Decimal(0)) + Decimal(by)})[0]


# Values pasted once and gone stale


@pytest.mark.parametrize(
    ("typed", "cell", "gap"),
    [
        ("recap.cash_ls_lecture", "jour.jour_argent_recu", "10.00"),
        ("recap.remb_client_lecture", "jour.jour_remb_client", "10.00"),
        ("recap.remb_loterie_lecture", "jour.jour_remb_client", "10.00"),
        ("recap.remb_gratuite_corr", "jour.jour_remb_gratuite", "10.00"),
        ("recap.deposit_us", "jour.jour_depot_us", "10.00"),
        ("recap.dueback_reception_corr", "jour.jour_dueback_reception", "-10.00"),
        ("recap.exchange_us_lecture", "jour.jour_exchange_us", "-10.00"),
        ("recap.surplus_deficit_lecture", "jour.jour_surplus_deficit", "-10.00"),
        ("transelect.transelect_reception.visa.fusebox", "jour.jour_carte_visa", "10.00"),
        ("transelect.transelect_reception.amex.fusebox", "jour.jour_carte_amex_elavon", "10.00"),
        ("geac.geac_balance_sheet.facture_ar", "jour.jour_ar_transferts", "10.00"),
        ("jour.jour_internet", "internet.internet_rj", "10.00"),
        ("sonifi.sonifi_cd_352", "sonifi.sonifi_rj", "10.00"),
        ("recap.surplus_deficit_lecture", "setd.setd_rj_balance", "10.00"),
        ("recap.dueback_reception_corr", "dueback.dueback_rj", "-10.00"),
    ],
)
def test_no_macro_pastes_a_value_that_goes_stale(typed, cell, gap):
    """In the workbook a button copies the Recap, the cards and the side sheets once; here they are live."""
    before = night(COMPLETE)
    after = changed(before, typed, "10.00")
    assert after.values[cell] - before.values.get(cell, 0) == Decimal(gap)


def test_the_transfers_stay_nil_whatever_is_corrected_late():
    after = changed(changed(night(COMPLETE), "recap.remb_client_corr", "-3.21"), "recap.cash_pos_corr", "55.55")
    assert figures(after, "sommaire", "chk_recap_transfert", "chk_cartes_transfert") == ["0.00", "0.00"]


def test_a_value_typed_over_its_source_is_kept_and_said():
    """A pasted value: it wins, its source stays visible, the difference is listed and the check is red."""
    pasted = complete(jour={"jour_argent_recu": "4070.43"})
    after = changed(pasted, "recap.cash_ls_lecture", "100.00")
    assert figure(after, "jour.jour_argent_recu") == "4070.43"
    assert write_differences(after) == [
        {"champ": "jour.jour_argent_recu", "saisi": "4070.43", "source": "4170.43", "ecart": "-100.00"}
    ]
    assert figures(after, "sommaire", "chk_recap_transfert", "statuts.chk_recap_transfert") == [
        "100.00",
        "avertissement",
    ]
    assert "Argent reçu : saisi 4 070,43 $, la source donne 4 170,43 $." in sentences(after)


def test_setd_follows_its_own_night_and_not_another_copy_of_the_file():
    """2025-12-23: column B of the workbook links to another copy and is stale; ours closes at 0.00."""
    assert figures(night(COMPLETE), "setd", "setd_rj_balance", "setd_total", "setd_controle") == [
        *("1532.47", "1532.47", "0.00")
    ]


# Due back


def test_a_due_back_cannot_lose_its_link():
    """Z follows both sides: a line added in the due backs reaches the Recap and the Jour, and Z stays 0.00."""
    lines = [
        *night(COMPLETE).values["dueback.dueback_entries"],
        {"name": "Réceptionniste 3", "nouveau": Decimal("100.00")},
    ]
    after, _ = recalculate(night(COMPLETE), {"dueback.dueback_entries": tuple(lines)})
    assert figures(after, "dueback", "dueback_total", "dueback_rj", "dueback_z") == ["753.10", "-753.10", "0.00"]


def test_a_due_back_posted_without_its_line_is_said():
    """2025-12-21: 2,370.37 against 2,270.37, Z = 100.00."""
    given = a_night(
        dueback={"dueback_entries": [{"name": "A", "nouveau": "2370.37"}]}, jour={"jour_dueback_reception": "-2270.37"}
    )
    assert figures(given, "sommaire", "chk_dueback", "statuts.chk_dueback") == ["100.00", "avertissement"]
    assert "Due back : 100,00 $ de plus dans l'onglet que dans le Jour." in sentences(given)


# The night that is not closed


def test_a_night_without_closing_balance_shows_no_difference():
    """The workbook shows a difference of millions there; here nothing, and the night says what it misses."""
    given = document(COMPLETE)
    del given["tabs"]["jour"]["jour_guest_ledger"]
    open_night = read_night(given)
    keys = ("jour_new_balance", "jour_diff_caisse", "jour_diff_caisse_residu", "jour_balance_fermeture")
    assert figures(open_night, "jour", *keys) == [None] * 4
    assert figures(open_night, "sommaire", "statuts.chk_diff_caisse", "statuts.chk_cloture") == ["na", "na"]
    assert decompose(open_night) is None
    assert "La nuit n'est pas fermée : il manque le nouveau solde." in sentences(open_night)
    assert figure(open_night, "jour.jour_mtd_diff_caisse") is None
    assert "jour_new_balance" not in next_block(open_night)


def test_a_reading_of_nought_closes_the_night():
    """Missing and zero are not the same: a ledger read at 0.00 is a reading."""
    closed = complete(jour={"jour_guest_ledger": "0.00", "jour_deposit_on_hand": "0.00"})
    assert figures(closed, "jour", "jour_new_balance", "jour_balance_fermeture") == ["0.00", "0.00"]


# Month and year to date


def test_an_empty_day_lowers_no_average_of_the_month():
    """A night without rooms has no month to date, rather than one in which its 252 empty rooms count."""
    given = document(COMPLETE)
    given["tabs"] = {"controle": {"notes": "panne"}}
    empty = read_night(given)
    assert figures(empty, "jour", "jour_mtd_rooms_louees", "jour_mtd_occupancy_rate", "jour_mtd_revpar") == [None] * 3
    assert "rooms_louees" not in next_block(empty)["mtd"]


def test_a_ratio_to_date_is_a_ratio_of_sums():
    """Never the mean of the ratios: 10 rooms at 100.00 then 90 at 200.00 make 190.00."""
    first = a_night("2025-12-01", jour={"jour_room_revenue": "1000.00", "jour_rooms_simple": 10})
    second = {"jour_room_revenue": "18000.00", "jour_rooms_simple": 90}
    after = read_night({"audit_date": "2025-12-02", "previous": next_block(first), "tabs": {"jour": second}})
    assert figure(after, "jour.jour_mtd_adr") == "190.00"
    assert figure(after, "jour.jour_mtd_occupancy_rate") == "19.84"


# Totals that skip cards


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize(
    ("reading", "total"),
    [
        ("transelect_restaurant.{}.positouch", "transelect_positouch_total"),
        ("transelect_reception.{}.daily_rev", "transelect_rec_daily_rev_total"),
        ("transelect_reception.{}.fusebox", "transelect_rec_total"),
        ("transelect_reception.{}.term8", "transelect_rec_total"),
        ("transelect_reception.{}.k053", "transelect_rec_total"),
    ],
)
def test_a_total_adds_the_five_cards(card, reading, total):
    """The workbook of 2024 adds two of five in its POSitouch and Daily Revenue totals."""
    before = night(COMPLETE)
    after = changed(before, f"transelect.{reading.format(card)}", "7.00")
    assert after.values[f"transelect.{total}"] - before.values[f"transelect.{total}"] == 7


@pytest.mark.parametrize("card", CARDS)
def test_every_card_reaches_the_jour_and_the_quasimodo(card):
    before = night(COMPLETE)
    after = changed(before, f"transelect.transelect_reception.{card}.fusebox", "1000.00")
    assert after.values["jour.jour_total_cartes"] - before.values["jour.jour_total_cartes"] == 1000
    assert figure(after, "quasimodo.quasi_variance") == "0.00"


def test_a_terminal_of_the_list_is_in_one_total_and_one_only():
    batches = {"bar_a": "1.00", "banquet_12": "10.00", "extra_3": "100.00"}
    given = a_night(transelect={"transelect_restaurant": {"visa": {"terminals": batches}}})
    assert figures(given, "transelect", "transelect_total1", "transelect_total2") == ["101.00", "10.00"]


# Rooms


def test_more_rooms_than_the_hotel_has_are_said():
    """2025-12-03: 240 + 23 = 263 rooms of 252; suites were not subtracted that day."""
    given = night("jour-2025-12-03")
    assert figure(given, "jour.jour_rooms_occupees") == 263
    assert figure(given, "sommaire.chk_chambres") == 263 + given.values.get("jour.jour_rooms_hors_usage", 0) - 252
    assert figure(given, "sommaire.statuts.chk_chambres") == "avertissement"
    assert "263 chambres occupées pour 252 disponibles : les suites ont-elles été soustraites ?" in sentences(given)


def test_suites_are_subtracted_from_the_report_by_themselves():
    given = a_night(jour={"jour_rooms_total": 240, "jour_rooms_suite": 23, "jour_rooms_comp": 4})
    keys = ("jour_rooms_simple", "jour_rooms_occupees", "jour_rooms_louees")
    assert figures(given, "jour", *keys) == [217, 240, 236]
    assert figure(given, "sommaire.chk_chambres") == 0


def test_fewer_guests_than_rooms_are_said():
    given = a_night(jour={"jour_rooms_simple": 74, "jour_adultes": 60, "jour_enfants": 6})
    assert figures(given, "sommaire", "chk_clients", "statuts.chk_clients") == [8, "avertissement"]


# Figures that two sheets disagree about


def test_two_digits_swapped_between_two_sheets_are_said():
    """2025-12-16: the Jour has 44.65 where the HP bills make 44.56."""
    given = a_night(
        "2025-12-16",
        hp_admin={"hp_admin_entries": [{"area": "link", "paiement": "administration", "pourboire": "44.56"}]},
        jour={"jour_hp_admin": "44.65"},
    )
    assert figures(given, "sommaire", "chk_hp", "statuts.chk_hp") == ["0.09", "avertissement"]
    assert "H/P Administration au Jour (44,65 $) diffère des factures HP (44,56 $). Les mêmes chiffres" in sentences(
        given
    )
    assert "saisi 44,65 $, la source donne 44,56 $. Les mêmes chiffres dans un autre ordre" in sentences(given)


def test_a_ledger_typed_twice_differently_is_said():
    given = complete(geac={"geac_balance_sheet": {"newbal_gl": "3285470.99"}})
    assert figures(given, "sommaire", "chk_guest_ledger", "statuts.chk_guest_ledger") == ["-63.00", "avertissement"]
    assert "Le grand livre du Jour (-3 285 407,99 $) diffère du GEAC (3 285 470,99 $)." in sentences(given)


def test_a_direct_bill_that_differs_explains_the_cash_difference():
    """2024-12-19: 48,997.77 against 48,775.55, exactly the opposite of that night's difference."""
    given = a_night(
        "2024-12-19",
        geac={"geac_balance_sheet": {"facture_dr": "48997.77", "facture_ar": "48775.55"}},
        jour={"jour_opening_balance": "49220.00", "jour_new_balance": "222.23", "jour_autres_gl": "-0.00"},
    )
    assert figure(given, "geac.geac_var_facture") == "222.22"
    assert decompose(given).causes[0].amount == Decimal("-222.22")
    assert "Facture directe : 222,22 $ de différence" in sentences(given)


def test_an_opening_that_does_not_follow_the_closing_blocks():
    given = complete(jour={"jour_opening_balance": "-3554670.00"})
    assert figures(given, "sommaire", "chk_ouverture", "statuts.chk_ouverture") == ["0.64", "bloquant"]


@pytest.mark.parametrize(
    ("gap", "status"),
    [("0.00", "ok"), ("0.01", "bloquant"), ("-100.00", "bloquant")],
)
def test_one_cent_at_the_opening_is_one_cent_too_many(gap, status):
    opening = f"{Decimal('-3554670.64') + Decimal(gap):.2f}"
    assert figure(complete(jour={"jour_opening_balance": opening}), "sommaire.statuts.chk_ouverture") == status


# Signs


@pytest.mark.parametrize("row", ["remb_gratuite", "remb_client", "remb_loterie"])
def test_a_refund_typed_without_its_minus_is_said(row):
    """It is added as it stands, as in the workbook; but the night says it, and the Recap shows twice the amount."""
    given = complete(recap={f"{row}_lecture": "100.00"})
    assert "Le remboursement doit être négatif." in sentences(given)
    assert figure(given, "sommaire.statuts.chk_recap") == "bloquant"


def test_the_negative_sign_of_the_ledger_is_kept():
    """Column D keeps its sign: the identity proves it, magnitudes would not."""
    given = complete(jour={"jour_guest_ledger": "3285407.99"})
    assert figure(given, "sommaire.statuts.chk_guest_ledger") == "ok"
    assert figures(given, "sommaire", "chk_geac_identite", "statuts.chk_geac_identite") == [
        *("-6570815.98", "avertissement")
    ]


def test_the_receivables_are_a_positive_debit():
    """6,574.37 − 1,543.83 = 5,030.54."""
    assert figure(night(COMPLETE), "jour.jour_ar_misc") == "5030.54"


# Definitions that the workbook states twice


def test_the_discount_plays_no_part_in_the_general_variance():
    given = document(COMPLETE)
    given["property"]["rates"]["transelect"] = dict.fromkeys(CARDS, "50.00")
    dear = read_night(given)
    assert figure(dear, "transelect.transelect_variance") == figure(night(COMPLETE), "transelect.transelect_variance")
    assert figure(dear, "jour.jour_total_cartes") == "29842.56"


def test_both_visa_rates_are_kept():
    """1.75 % on the cards, 1.70 % in the report."""
    assert figures(night(COMPLETE), "transelect", "transelect_rec_esc_visa") == ["133.45"]
    assert figures(night(COMPLETE), "jour", "jour_frais_visa") == ["171.36"]


def test_the_quasimodo_does_not_show_half_a_cent():
    """The workbook, unrounded, shows −0.0047."""
    assert figure(night(COMPLETE), "quasimodo.quasi_variance") == "0.00"


def test_the_discover_fee_leaves_no_false_variance():
    """The report nets it, the workbook's journal does not: taken off both sides."""
    sold = {"discover": {"fusebox": "1000.00", "daily_rev": "1000.00"}}
    given = complete(
        transelect={"transelect_reception": document(COMPLETE)["tabs"]["transelect"]["transelect_reception"] | sold}
    )
    assert figures(given, "quasimodo", "quasi_frais_discover", "quasi_variance") == ["28.00", "0.00"]


def test_two_amex_rates_that_differ_show_in_the_variance():
    given = document(COMPLETE)
    given["property"]["rates"]["rj"]["amex"] = "2.75"
    assert figure(read_night(given), "quasimodo.quasi_variance") == "5.72"


def test_the_club_allowance_moves_between_two_cells_and_changes_no_total():
    """2025-12-01: 37,931.61 − 40.00 and −106.95 + 40.00."""
    rooms = {"jour_room_revenue_brut": "37931.61", "jour_forfait_sj": "-106.95"}
    without, moved = a_night(jour=rooms), a_night(jour=rooms | {"g4_montant": "40.00"})
    assert figures(moved, "jour", "jour_room_revenue", "jour_diff_forfait") == ["37891.61", "-66.95"]
    key = "jour.jour_total_credits_colonnes"
    assert moved.values[key] == without.values[key]


def test_a_third_decimal_is_refused_rather_than_rounded():
    """One verified amount of 2025-11-01 reads 136.354 in the workbook."""
    with pytest.raises(Refused, match=r"Montant invalide : « 136\.354 »"):
        a_night(sd={"sd_entries": [{"verified": "136.354"}]})


def test_an_empty_ledger_of_over_and_short_shows_no_control():
    """2025-12-05: the row was left empty; the workbook shows the whole amount as a difference."""
    given = night("dueback-setd-2025-12-05")
    assert figures(given, "setd", "setd_total", "setd_controle") == [None, None]
    assert figure(given, "sommaire.statuts.chk_setd") == "na"


def test_nil_is_not_missing():
    """A tab declared nil has a total of 0.00 and its controls run."""
    surplus = {"surplus_deficit_lecture": "15.20"}
    declared = a_night(setd={"sans_activite": True}, recap=surplus)
    assert figures(declared, "setd", "setd_total", "setd_controle") == ["0.00", "15.20"]
    assert figure(a_night(recap=surplus), "setd.setd_controle") is None


def test_a_tax_imported_twice_is_not_added_twice():
    """Each part of a tax is stored by its source: the second reading replaces the first."""
    after, _ = recalculate(night(COMPLETE), {"jour.jour_tvq_pms": Decimal("1464.84")})
    assert figure(after, "jour.jour_tvq") == "2823.28"


def test_a_bill_is_deducted_once():
    """HP bills leave the cell that sold them; the adjustment typed for the same reason is another line."""
    keys = ("hp_deductions.jour_piazza_nourriture", "hp_deductions.jour_spesa_nourriture")
    assert figures(night(COMPLETE), "hp_admin", *keys) == ["36.25", "105.30"]
    assert figures(night(COMPLETE), "jour", "jour_piazza_nourriture", "jour_spesa_nourriture") == ["8999.76", "348.87"]
