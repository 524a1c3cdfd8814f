"""A sum over a period of which a night lacks is absent, with its reason: never smaller."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from database import notifications
from database.transaction import read, write
from tests.utils.actions.nights import Person
from utils import dates
from utils.actions.night_remarks import _year_lacks
from utils.actions.notifications.facts import facts_of
from utils.actions.notifications.morning import digest_of
from utils.actions.notifications.week import week_of
from utils.actions.state import find_night
from utils.notifications.chosen import read_chosen
from utils.notifications.rules import evaluate
from utils.rj.history import Gap

BALANCES = {"jour_opening_balance": "0.00", "jour_guest_ledger": "0.00", "jour_deposit_on_hand": "0.00"}
FOOD = {"jour_pos_cafe_nourriture": "50.00"}
NO_FOOD = {"jour_rooms_total": 100, "jour_adultes": 120, "jour_room_revenue_brut": "1000.00", **BALANCES}
ROOMS = NO_FOOD | FOOD


@pytest.fixture
def month(app):
    """The first three nights of December 2025; what each is given is the test's."""
    first = Person(app, day="2025-12-01").open()
    return app, [first, first.on("2025-12-02"), first.on("2025-12-03"), first.on("2025-12-04")]


def to_date(one):
    return one.computed("jour").get("jour_mtd_room_revenue")


def test_a_whole_month_adds_up(month):
    _, nights = month
    for one in nights:
        one.open().save("jour", ROOMS)
    assert [to_date(one) for one in nights] == ["1000.00", "2000.00", "3000.00", "4000.00"]


@pytest.mark.parametrize("left", ["not opened", "empty", "no rooms", "no revenue"])
def test_a_night_that_lacks_makes_the_sum_absent_and_is_named(month, left):
    app, nights = month
    no_rooms, no_revenue = {"jour_room_revenue_brut": "1000.00"}, {"jour_rooms_total": 100, "jour_adultes": 120}
    given = {"no rooms": no_rooms, "no revenue": no_revenue | BALANCES | FOOD}.get(left, {})
    for one in nights:
        if one.day != "2025-12-02":
            one.open().save("jour", ROOMS)
        elif left != "not opened":
            one.open().save("jour", given) if given else one.open()
    assert to_date(nights[0]) == "1000.00"
    assert [to_date(one) for one in nights[2:]] == [None, None]
    named, part = "sommes, moyennes, REVCD et taux", ""
    if left == "no revenue":
        named = "revenu chambres, total revenus, différence de caisse, moyenne/chambre, REVCD, moyenne/client"
        part = "« revenu chambres » "
    assert_said(nights[3], f"Mois à date inconnu ({named}) : il manque {part}la nuit du 2025-12-02.")
    with app.app_context(), read() as connection:
        shown = digest_of(connection, 1, date(2025, 12, 4))
    measures = {one.label: one for one in (*shown.revenues, *shown.indicators)}
    for label in ("Chambres", "Moyenne/chambre (ADR)", "REVCD (RevPAR)"):
        assert measures[label].beside == "—"
        assert f"mois à date : il manque {part}la nuit du 2025-12-02" in measures[label].against
    assert "mois à date : se calcule pour la nuit seulement" in measures["TRevPAR"].against


def assert_said(one, sentence):
    """The reason of the month is said once: to the API, on the page, on the paper."""
    [found] = [said for said in one.remarks() if "Mois à date" in said]
    assert found == sentence
    for address in ("jour", "jour/imprimer", "imprimer"):
        assert found in one.client.get(f"/rj/native/{one.day}/{address}").text


def measures_of(app, day):
    """The figures of the digest of a date, by label."""
    with app.app_context(), read() as connection:
        shown = digest_of(connection, 1, date.fromisoformat(day))
    return {one.label: one for one in (*shown.revenues, *shown.indicators)}


def test_a_night_without_food_leaves_the_month_without_its_total(month):
    """The night has some total of revenue, without its food: the month does not add it as if it were whole."""
    app, nights = month
    for one in nights:
        one.open().save("jour", NO_FOOD if one.day == "2025-12-02" else ROOMS)
    assert to_date(nights[3]) == "4000.00"
    assert (
        not {"jour_mtd_total_fb", "jour_mtd_total_revenue", "jour_mtd_diff_caisse"} & nights[3].computed("jour").keys()
    )
    why = "il manque « nourriture et boisson » la nuit du 2025-12-02"
    names = "nourriture et boisson, total revenus, différence de caisse"
    assert_said(nights[3], f"Mois à date inconnu ({names}) : {why}.")
    shown = measures_of(app, "2025-12-04")
    assert shown["Total des revenus"].value.endswith("1\u00a0050,00\u00a0$")
    for label in ("Nourriture et boisson", "Total des revenus"):
        assert (shown[label].beside, shown[label].against) == ("—", (f"mois à date : {why}",))
    nights[1].save("jour", FOOD)
    assert nights[3].computed("jour")["jour_mtd_total_revenue"] == "4200.00"


def test_a_night_without_food_says_why_its_own_month_is_not_known(month):
    app, nights = month
    nights[0].open().save("jour", ROOMS)
    nights[1].open().save("jour", NO_FOOD)
    assert "jour_mtd_total_revenue" not in nights[1].computed("jour")
    why = "il manque « nourriture et boisson » cette nuit"
    names = "nourriture et boisson, total revenus, différence de caisse"
    assert_said(nights[1], f"Mois à date inconnu ({names}) : {why}.")
    shown = measures_of(app, "2025-12-02")
    assert shown["Nourriture et boisson"].against == (f"mois à date : {why}",)
    assert shown["Total des revenus"].against == (why, f"mois à date : {why}")
    assert shown["TRevPAR"].against[0] == why
    assert shown["Chambres"].against == ()


def test_a_night_without_food_after_another_names_both(month):
    app, nights = month
    for one, given in zip(nights, (ROOMS, NO_FOOD, NO_FOOD), strict=False):
        one.open().save("jour", given)
    why = "il manque « nourriture et boisson » la nuit du 2025-12-02 et cette nuit"
    names = "nourriture et boisson, total revenus, différence de caisse"
    assert_said(nights[2], f"Mois à date inconnu ({names}) : {why}.")
    assert measures_of(app, "2025-12-03")["Nourriture et boisson"].against == (f"mois à date : {why}",)


def test_a_total_without_food_is_held_against_nothing(month):
    """Neither the budget, nor last year, nor the labour: it is smaller than the truth."""
    app, nights = month
    day = date(2025, 12, 1)
    nights[0].open().save("jour", NO_FOOD)
    day_plan = {"revenue": Decimal("4000.00"), "labour_budget": Decimal("100.00"), "labour_cost": Decimal("900.00")}
    given = {"span": "jour", "day": day, "updated_at": dates.now(), "updated_by": None, **day_plan}
    with app.app_context(), write() as connection:
        notifications.write_budget(connection, 1, given)
        shown, state = digest_of(connection, 1, day), find_night(connection, 1, day)
        said = evaluate(facts_of(connection, state), read_chosen({}))
    why = "il manque « nourriture et boisson » cette nuit"
    assert {one.kind for one in said} & {"revenue_variance", "labour_variance"} == set()
    assert shown.revenues[2].against[:2] == ("budget du jour 4\u00a0000,00\u00a0$", why)
    assert ("Part des revenus", f"— ({why})") in shown.labour
    nights[0].save("jour", FOOD)
    with app.app_context(), read() as connection:
        shown, state = digest_of(connection, 1, day), find_night(connection, 1, day)
        said = evaluate(facts_of(connection, state), read_chosen({}))
    assert {one.kind for one in said} >= {"revenue_variance", "labour_variance"}
    assert "budget du jour 4\u00a0000,00\u00a0$ (-73,75\u00a0%)" in shown.revenues[2].against[0].replace("−", "-")
    assert dict(shown.labour)["Part des revenus"].startswith("85,71")


def test_last_year_without_food_is_held_against_nothing(app):
    year_ago, night = Person(app, day="2024-12-02").open(), Person(app, day="2025-12-01")
    year_ago.save("jour", NO_FOOD)
    night.open().save("jour", ROOMS)
    total = measures_of(app, "2025-12-01")["Total des revenus"]
    why = "il manque « nourriture et boisson » la nuit du 2024-12-02"
    assert f"même jour l’an dernier : {why}" in total.against
    year_ago.save("jour", FOOD)
    total = measures_of(app, "2025-12-01")["Total des revenus"]
    assert any(said.startswith("même jour l’an dernier 1\u00a0050,00\u00a0$ (") for said in total.against)


def test_a_month_whose_beginning_is_unknown_says_so_in_the_digest(app):
    first = Person(app, day="2025-12-20").open()
    first.save("jour", ROOMS)
    assert "Mois à date inconnu : il manque le cumul de la veille." in first.remarks()
    with app.app_context(), read() as connection:
        shown = digest_of(connection, 1, date(2025, 12, 20)).indicators
    revpar = next(one for one in shown if one.label == "REVCD (RevPAR)")
    assert revpar.against == ("mois à date : il manque le cumul de la veille",)


def test_a_night_still_empty_says_in_its_digest_alone_what_its_month_lacks(month):
    app, nights = month
    nights[0].open().save("jour", ROOMS)
    nights[3].open()
    assert not any("Mois à date" in said for said in nights[3].remarks())
    with app.app_context(), read() as connection:
        rooms = digest_of(connection, 1, date(2025, 12, 4)).revenues[0]
    assert rooms.against == ("mois à date : il manque les nuits du 2025-12-02 et du 2025-12-03",)


def test_it_comes_back_when_the_night_is_filled(month):
    _, nights = month
    for one in nights:
        if one.day != "2025-12-02":
            one.open().save("jour", ROOMS)
    nights[1].open().save("jour", ROOMS)
    assert to_date(nights[3]) == "4000.00"
    assert not any("Mois à date" in said for said in nights[3].remarks())


def test_a_week_without_one_of_its_nights_has_no_sums_but_their_reason(month):
    app, nights = month
    for one in nights:
        one.open().save("jour", ROOMS)
    with app.app_context(), read() as connection:
        sums = {one.label: one for one in week_of(connection, 1, date(2025, 12, 4)).totals}
    assert {one.value for one in sums.values()} == {"—"}
    assert sums["Chambres"].against == ("il manque les nuits du 2025-11-28, du 2025-11-29 et du 2025-11-30",)


def test_the_year_says_what_it_lacks(app):
    january = Person(app, day="2025-01-01").open()
    january.save("jour", ROOMS)
    later = january.on("2025-02-01").open()
    later.save("jour", ROOMS)
    assert later.computed("jour")["jour_mtd_room_revenue"] == "1000.00"
    assert "jour_ytd_room_revenue" not in later.computed("jour")
    assert any(said.startswith("Année à date inconnue : il manque les nuits du 2025-01-02") for said in later.remarks())


def test_the_year_says_which_of_its_sums_lacks_what():
    """The food of one night keeps the total of revenue alone from being known."""
    gaps = {"ytd_avant_mois.total_revenue": (Gap(date(2025, 1, 31), ("total_fb",)),)}
    values = {f"jour.jour_{period}_room_revenue": 1 for period in ("mtd", "ytd")} | {"jour.jour_mtd_total_revenue": 1}
    [said] = _year_lacks(SimpleNamespace(lacking=gaps, night=SimpleNamespace(values=values)))
    assert said.field == "jour.jour_ytd_total_revenue"
    assert said.message == (
        "Année à date inconnue (total revenus) : il manque « nourriture et boisson » la nuit du 2025-01-31."
    )
