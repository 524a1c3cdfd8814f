"""A check waits until the papers it depends on are there: every one of the thirty-five, from whole nights."""

import copy
from datetime import date

import pytest

from tests.utils.demo.saisies import filled, nights, reports_of
from tests.utils.rj import golden
from tests.utils.rj.build import night as a_night
from utils.demo.hotel import DemoHotel
from utils.demo.reprise import reprise_of
from utils.lightspeed.figures import figures_of
from utils.rj.checks import CHECKS
from utils.rj.night_file import read_night
from utils.rj.summary import check_results
from utils.rj.waiting import is_half_fed, waiting, waits_for_nothing

HOTEL, DAY = DemoHotel("DEMO"), date(2026, 3, 14)
CARD = "transelect.transelect_restaurant"
DESK = "transelect.transelect_reception"
BILAN = "geac.geac_balance_sheet"


def some(night):
    """The checks that wait, and for what."""
    return {key: papers for key, papers in waiting(night).items() if papers}


def placed(figures):
    """Figures by whole name, as a night file nests them."""
    tabs = {}
    for name, value in figures.items():
        *above, last = name.split(".")
        place = tabs
        for key in above:
            place = place.setdefault(key, {})
        place[last] = value
    return tabs


def without(tabs, *names):
    """The same tabs without some of their fields."""
    left = copy.deepcopy(tabs)
    for name in names:
        *above, last = name.split(".")
        place = left
        for key in above:
            place = place[key]
        del place[last]
    return left


def whole():
    """Everything typed and everything read of one demonstration night."""
    return filled(HOTEL, DAY, reports_of(HOTEL, DAY))


def of(tabs):
    return read_night({"audit_date": DAY.isoformat(), "previous": reprise_of(HOTEL, DAY), "tabs": tabs})


def synced():
    """Only what the PMS says."""
    return placed({name: value for one in reports_of(HOTEL, DAY).values() for name, value in figures_of(one).items()})


def test_nothing_waits_in_thirty_whole_nights():
    assert [(day, some(night)) for day, _, night in nights(HOTEL, date(2026, 2, 20), 30) if some(night)] == []


def test_the_golden_night_waits_only_for_the_sheets_it_does_not_hold():
    """Its figures are all of papers given, by hand where a sheet lacks; what waits has no figure."""
    night = golden.night(golden.COMPLETE)
    lacking = {("GEAC",), ("SD",), ("Internet",), ("Sonifi",), ("DBRS",)}
    assert set(some(night).values()) == lacking
    assert {night.values[f"sommaire.statuts.{key}"] for key in some(night)} == {"na"}


# input removed from the golden night, checks that must wait for it, the paper
REMOVED = [
    ("dueback.dueback_entries", {"chk_recap", "chk_dueback", "chk_diff_caisse", "chk_quasimodo"}, "Due back"),
    ("sd.depot_data.client6.amounts", {"chk_depot"}, "Enveloppes du dépôt"),
    *(
        (f"recap.{key}_lecture", {"chk_recap", "chk_recap_transfert", "chk_diff_caisse", "chk_quasimodo"}, "Recap")
        for key in ("cash_ls", "cash_pos", "remb_gratuite", "remb_client")
    ),
    ("recap.surplus_deficit_lecture", {"chk_recap", "chk_sd_surplus", "chk_setd", "chk_diff_caisse"}, "SD"),
    ("recap.deposit_cdn", {"chk_recap", "chk_depot", "chk_sd_depot"}, "SD"),
    *((f"{CARD}.{c}.positouch", {"chk_transelect_x20"}, "Transelect restaurant") for c in ("debit", "visa", "amex")),
    *(
        (f"{CARD}.{card}.terminals", {"chk_transelect_x20", "chk_quasimodo", "chk_cartes_transfert"}, None)
        for card in ("debit", "visa", "mc", "discover", "amex")
    ),
    (f"{DESK}.visa.fusebox", {"chk_transelect_reception", "chk_transelect_x20", "chk_geac_reception"}, None),
    (f"{DESK}.mc.daily_rev", {"chk_transelect_reception", "chk_transelect_x20"}, "Transelect réception"),
    ("geac.geac_daily_rev.visa", {"chk_geac_cartes"}, "GEAC"),
    *(
        (f"{BILAN}.{line}", {"chk_geac_bilan"}, "GEAC")
        for line in ("prev_dr", "today_dr", "facture_dr", "advdep_ad", "movein_gl", "moveout_dr", "newbal_dr")
    ),
    (f"{BILAN}.prev_gl", {"chk_geac_veille"}, "GEAC"),
    (f"{BILAN}.today_gl", {"chk_geac_identite"}, "GEAC"),
    (f"{BILAN}.newbal_gl", {"chk_guest_ledger"}, "GEAC"),
    (f"{BILAN}.facture_ar", {"chk_diff_caisse"}, "GEAC"),
    ("hp_admin.hp_admin_entries", {"chk_hp", "chk_hp_motif", "chk_diff_caisse", "chk_cloture"}, "HP / Admin"),
    ("jour.jour_guest_ledger", {"chk_guest_ledger", "chk_geac_identite", "chk_diff_caisse", "chk_cloture"}, "Jour"),
    ("jour.jour_deposit_on_hand", {"chk_diff_caisse", "chk_cloture"}, "Jour"),
    ("jour.jour_room_revenue", {"chk_diff_caisse", "chk_cloture", "chk_taxe_heb"}, "Jour"),
    ("jour.jour_taxe_hebergement", {"chk_diff_caisse", "chk_taxe_heb"}, "Jour"),
    *((f"jour.jour_{tax}", {"chk_tvq_tps", "chk_diff_caisse"}, "Jour") for tax in ("tvq_pms", "tvq_pos", "tps_pos")),
    ("jour.jour_rooms_simple", {"chk_chambres", "chk_clients", "chk_dbrs_chambres"}, "Jour"),
    ("jour.jour_adultes", {"chk_clients"}, "Jour"),
]


@pytest.mark.parametrize(("name", "checks", "paper"), REMOVED, ids=[name for name, *_ in REMOVED])
def test_an_input_removed_makes_its_checks_wait(name, checks, paper):
    document = golden.document(golden.COMPLETE)
    found = some(read_night({**document, "tabs": without(document["tabs"], name)}))
    assert checks <= found.keys()
    assert all(paper in found[key] for key in checks if paper)


def test_each_check_but_the_count_of_tabs_waits_in_a_night_that_has_nothing():
    night = a_night()
    never = {"chk_ouverture", "chk_completude"}
    assert waiting(night).keys() - some(night).keys() == never
    assert {check.key for check in CHECKS} == waiting(night).keys()


def test_right_after_a_synchronisation_what_needs_papers_waits_and_what_does_not_is_judged():
    found = some(of(synced()))
    assert found["chk_transelect_x20"] == ("Transelect restaurant",)
    assert found["chk_quasimodo"] == ("Due back", "Recap", "Transelect restaurant", "SD")
    assert found["chk_diff_caisse"] == ("Due back", "Recap", "Transelect restaurant", "SD", "HP / Admin", "Jour")
    assert found["chk_recap"] == ("Due back", "Recap", "SD")
    judged = {"chk_transelect_reception", "chk_geac_cartes", "chk_geac_reception", "chk_geac_bilan", "chk_ar"}
    assert judged.isdisjoint(found)


def test_no_activity_counts_as_given():
    tabs = without(whole(), "hp_admin", "sd.sd_entries", "dueback")
    assert {"HP / Admin", "SD", "Due back"} <= {paper for papers in some(of(tabs)).values() for paper in papers}
    for tab in ("hp_admin", "sd", "dueback"):
        tabs.setdefault(tab, {})["sans_activite"] = True
    assert some(of(tabs)) == {}


@pytest.mark.parametrize("said", ["amount", "verified"])
def test_an_envelope_half_said_is_waited_for(said):
    tabs = whole()
    tabs["sd"]["sd_entries"].append({"name": "Personne 1", said: "286.06"})
    assert {"chk_sd_personne", "chk_recap", "chk_diff_caisse"} <= some(of(tabs)).keys()
    tabs["sd"]["sd_entries"][-1] |= {"amount": "286.06", "verified": "286.06"}
    assert some(of(tabs)) == {}


def test_what_waits_is_neither_passed_nor_red_until_the_night_is_submitted():
    results = {one.check.key: one for one in check_results(of(synced()))}
    passed, red = results["chk_quasimodo"], results["chk_diff_caisse"]
    assert (passed.status, red.status) == ("ok", "avertissement")  # the night file says what figures say
    assert {one.standing(settled=False) for one in (passed, red)} == {"attente"}
    assert (passed.standing(settled=True), red.standing(settled=True)) == ("attente", "avertissement")
    assert passed.said(settled=False) == "En attente : Due back, Recap, Transelect restaurant, SD."


def test_a_figure_typed_in_place_of_its_source_stands_for_the_paper():
    recap = {"cash_ls_lecture": "1.00", "cash_pos_lecture": "0.00", "remb_gratuite_lecture": "0.00"}
    recap |= {"remb_client_lecture": "0.00", "dueback_reception_lecture": "0.00"}
    assert some(a_night(recap=recap))["chk_recap"] == ("SD",)
    by_hand = recap | {"surplus_deficit_lecture": "0.00", "deposit_cdn": "1.00"}
    assert "chk_recap" not in some(a_night(recap=by_hand))


def test_a_tab_that_gives_one_side_of_its_own_comparison_is_half_fed():
    """The revenue of the cards without the Cash Out; without either, the check takes nothing from the others."""
    one_side = a_night(geac={"geac_daily_rev": {"visa": "10.00"}})
    assert is_half_fed("chk_geac_cartes", one_side, "geac")
    assert not is_half_fed("chk_geac_reception", one_side, "geac")
    assert not is_half_fed("chk_geac_cartes", a_night(geac={"geac_chk_nodeposit": True}), "geac")
    both = a_night(geac={"geac_daily_rev": {"visa": "10.00"}, "geac_cashout": {"co1_visa": "10.00"}})
    assert not is_half_fed("chk_geac_cartes", both, "geac")


def test_a_night_that_came_closed_waits_for_no_paper_though_it_lacks_some():
    lacking = a_night(geac={"geac_daily_rev": {"visa": "10.00"}})
    assert some(lacking)
    closed = a_night(geac={"geac_daily_rev": {"visa": "10.00"}})
    waits_for_nothing(closed)
    assert waiting(closed).keys() == waiting(lacking).keys()
    assert not some(closed)
