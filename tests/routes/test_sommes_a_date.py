"""A sum over a period of which a night lacks is absent, with its reason: never smaller."""

import re
from datetime import date

import pytest

from database.transaction import read
from tests.utils.actions.nights import Person
from utils.actions.notifications.morning import digest_of
from utils.actions.notifications.week import week_of

ROOMS = {"jour_rooms_total": 100, "jour_adultes": 120, "jour_room_revenue_brut": "1000.00"}


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
    given = {"no rooms": {"jour_room_revenue_brut": "1000.00"}, "no revenue": {"jour_rooms_total": 100}}.get(left, {})
    for one in nights:
        if one.day != "2025-12-02":
            one.open().save("jour", ROOMS)
        elif left != "not opened":
            one.open().save("jour", given) if given else one.open()
    assert to_date(nights[0]) == "1000.00"
    assert [to_date(one) for one in nights[2:]] == [None, None]
    named = (
        "revenu chambres, .*moyenne/chambre, REVCD, moyenne/client"
        if left == "no revenue"
        else "sommes, moyennes, REVCD et taux"
    )
    assert_said(nights[3], rf"Mois à date inconnu \({named}\) : il manque la nuit du 2025-12-02\.")
    with app.app_context(), read() as connection:
        shown = digest_of(connection, 1, date(2025, 12, 4))
    measures = {one.label: one for one in (*shown["revenus"], *shown["indicateurs"])}
    for label in ("Chambres", "Moyenne/chambre (ADR)", "REVCD (RevPAR)"):
        assert measures[label].beside == "—"
        assert "mois à date : il manque la nuit du 2025-12-02" in measures[label].against
    assert "mois à date : se calcule pour la nuit seulement" in measures["TRevPAR"].against


def assert_said(one, pattern):
    """The reason of the month is said once: to the API, on the page, on the paper."""
    [found] = [said for said in one.remarks() if "Mois à date" in said]
    assert re.fullmatch(pattern, found)
    for address in ("jour", "jour/imprimer", "imprimer"):
        assert found in one.client.get(f"/rj/native/{one.day}/{address}").text


def test_a_month_whose_beginning_is_unknown_says_so_in_the_digest(app):
    first = Person(app, day="2025-12-20").open()
    first.save("jour", ROOMS)
    assert "Mois à date inconnu : il manque le cumul de la veille." in first.remarks()
    with app.app_context(), read() as connection:
        shown = digest_of(connection, 1, date(2025, 12, 20))["indicateurs"]
    revpar = next(one for one in shown if one.label == "REVCD (RevPAR)")
    assert revpar.against == ("mois à date : il manque le cumul de la veille",)


def test_a_night_still_empty_says_in_its_digest_alone_what_its_month_lacks(month):
    app, nights = month
    nights[0].open().save("jour", ROOMS)
    nights[3].open()
    assert not any("Mois à date" in said for said in nights[3].remarks())
    with app.app_context(), read() as connection:
        rooms = digest_of(connection, 1, date(2025, 12, 4))["revenus"][0]
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
        sums = {one.label: one for one in week_of(connection, 1, date(2025, 12, 4))["totaux"]}
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
