"""The direction's morning: six figures held against what the book knows, and what there is to see with its reason."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.presentation.test_sommaire import RED, made, needed
from tests.utils.rj.build import night
from utils.presentation.direction import Against, figures, heads, rooms_sold, to_see
from utils.rj.verdict import Given, Reason

BASE = "/rj/native/2025-12-23"
DAY = date(2025, 12, 23)


def beside(**known):
    usual = {"eve": {}, "week": {}, "year": {}, "budget": None, "month_budget": None, "people": 0}
    return SimpleNamespace(**(usual | known))


def shown(known, sums=None):
    return {one.label: one for one in figures(NIGHT, known, sums or {}, BASE)}


def test_six_figures_each_leading_to_its_own():
    found = shown(beside())
    assert list(found) == ["Occupation", "Prix moyen", "RevPAR", "Chambres", "Restauration", "Total des revenus"]
    assert found["Chambres"].href == f"{BASE}/jour#jour.jour_room_revenue"
    assert found["Chambres"].night == fr(f"{NIGHT.values['jour.jour_room_revenue']:,}").replace(",", fr(" ")).replace(
        ".", ","
    )


def test_a_share_moves_by_points_and_an_amount_by_per_cent():
    occupancy, adr = NIGHT.values["jour.jour_occupancy_rate"], NIGHT.values["jour.jour_adr"]
    eve = {"occupancy": occupancy - Decimal("2.00"), "adr": adr * 2, "revpar": Decimal(0)}
    found = shown(beside(eve=eve))
    assert found["Occupation"].beside[0].gap == fr("+2,0 pt")
    assert found["Prix moyen"].beside[0].gap == fr("-50,0 %")
    assert found["RevPAR"].beside[0] == Against("", "0,00")
    assert found["Chambres"].beside[0] == Against()


def test_a_budget_and_a_year_have_their_columns_only_where_the_book_has_them():
    bare = heads(DAY, beside(), date(2024, 12, 23), {})
    assert [(one.over, one.under, one.narrow) for one in bare.beside] == [
        ("Veille", "lun. 22", True),
        ("Même jour", "mar. 16", True),
    ]
    assert (bare.month, bare.month_beside) == ("Mois au 23", ())
    known = beside(budget=Decimal("1000.00"), month_budget=Decimal("23000.00"), year={"adr": Decimal("1.00")})
    sums = {"room_revenue": Decimal("200.00"), "rooms_louees": 2}
    whole = heads(DAY, known, date(2024, 12, 23), sums)
    assert [(one.over, one.narrow) for one in whole.beside] == [
        ("Veille", False),
        ("Même jour", True),
        ("Budget", True),
        ("An dernier", False),
    ]
    assert [(one.over, one.under) for one in whole.month_beside] == [("Budget", "à date"), ("An dernier", "au 23")]
    found = shown(known, sums)
    assert all(len(one.beside) == 4 and len(one.month_beside) == 2 for one in found.values())
    assert found["Total des revenus"].beside[2].base == fr("1 000,00")
    assert found["Chambres"].beside[2] == Against()
    assert (found["Prix moyen"].month_beside[1].base, found["Chambres"].month_beside[1].base) == ("100,00", "200,00")


def test_a_night_without_figures_is_held_against_nothing():
    found = figures(night(), beside(eve={"adr": Decimal("5.00")}), {}, BASE)
    assert [one.night for one in found] == [""] * 6
    assert found[1].beside[0] == Against("", "5,00")
    assert rooms_sold(night()) == ""
    assert rooms_sold(NIGHT).endswith("sur 252")


def test_what_was_let_pass_comes_first_then_what_is_out_each_with_its_reason():
    passed = {"chk_recap": Reason("Enveloppe recomptée à deux.", "Anne", "le 2025-12-24 à 05:12")}
    first, *others = to_see(made(RED, given=Given({}, passed), settled=True), 2, BASE)
    assert (first.title, first.state.icon, first.state.meaning) == (
        *(f"Balance du Recap : {fr('60,00 $')}, dérogation", "lock", "diff"),
    )
    assert "Enveloppe recomptée à deux." in first.reason
    assert not [one for one in others if one.title.startswith("Balance du Recap")]
    assert (others[-1].title, others[-1].href) == ("2 personnes au-dessus de l’écart permis", f"{BASE}/sd")


def test_a_tab_that_was_left_says_why():
    given = Given({"onglets.sonifi": Reason("Courriel non reçu.", "Anne", "")})
    last = to_see(made(given=given, settled=True), 0, BASE)[-1]
    assert (last.title, last.href) == ("10, Sonifi (onglet laissé)", f"{BASE}/sonifi")
    assert "Courriel non reçu." in last.reason


def test_tabs_that_lack_are_counted_only_when_one_was_left():
    count = "Onglets incomplets : "
    left = to_see(made(RED, needed(tabs=("sonifi",)), settled=True), 0, BASE)
    assert [one for one in left if one.title.startswith(count)]
    assert not [one for one in to_see(made(RED, settled=True), 0, BASE) if one.title.startswith(count)]
