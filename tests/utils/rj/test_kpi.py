"""Indicators of the night by the house's and by USALI's definitions, each labelled with its basis."""

from decimal import Decimal

from tests.utils.rj.build import night as a_night
from tests.utils.rj.golden import COMPLETE, night
from utils.rj.kpi import indicators


def shown(of):
    return {one["libelle"]: one for one in (indicator.as_json() for indicator in indicators(of))}


def test_the_indicators_of_the_complete_night():
    """The figures of section F: 74 rooms of 252, ADR 191.82, REVCD 56.33, and the ratios of sums to date."""
    found = shown(night(COMPLETE))
    assert list(found) == [
        *("Chambres occupées", "Chambres louées", "Chambres disponibles", "% louées", "% occupées"),
        *("Occupation opérationnelle", "Moyenne/chambre (ADR)", "REVCD (RevPAR)", "Moyenne/client", "TRevPAR"),
        "N&B par client",
    ]
    assert found["% louées"] == {
        **{"libelle": "% louées", "base": "maison et USALI"},
        "definition": "louées ÷ disponibles (occupation payante)",
        **{"nuit": "29.37", "mois": "74.43", "annee": "81.36"},
    }
    rows = {label: tuple(one.get(key) for key in ("nuit", "mois", "annee")) for label, one in found.items()}
    assert rows == {
        "Chambres occupées": (74, 4330, None),
        "Chambres louées": (74, 4314, 60484),
        "Chambres disponibles": (252, 5796, 74340),
        "% louées": ("29.37", "74.43", "81.36"),
        "% occupées": ("29.37", "74.71", None),
        "Occupation opérationnelle": ("34.26", None, None),
        "Moyenne/chambre (ADR)": ("191.82", "209.09", "225.04"),
        "REVCD (RevPAR)": ("56.33", "155.62", "183.10"),
        "Moyenne/client": ("105.15", "155.81", None),
        "TRevPAR": ("111.39", None, None),
        "N&B par client": ("98.44", None, None),
    }


def test_each_basis_is_named():
    bases = {label: one["base"] for label, one in shown(night(COMPLETE)).items()}
    assert bases["TRevPAR"] == "USALI"
    assert bases["Chambres occupées"] == bases["Occupation opérationnelle"] == bases["Moyenne/client"] == "maison"
    assert bases["Moyenne/chambre (ADR)"] == "maison et USALI"


def test_an_indicator_that_is_not_known_has_no_figure():
    assert [one.tonight for one in indicators(a_night())] == [None, None, 252] + [None] * 8
    assert "nuit" not in shown(a_night())["% louées"]


def test_without_rooms_sold_there_is_no_average_rate():
    given = a_night(jour={"jour_rooms_total": 3, "jour_rooms_comp": 3, "jour_room_revenue": "0.00"})
    figures = {one.label: one.tonight for one in indicators(given)}
    assert figures["Moyenne/chambre (ADR)"] is None
    assert (figures["% louées"], figures["REVCD (RevPAR)"], figures["% occupées"]) == (0, 0, Decimal("1.19"))


def test_rooms_out_of_order_stay_available_except_in_the_view_of_the_house():
    given = a_night(jour={"jour_rooms_total": 100, "jour_rooms_hors_usage": 52})
    figures = {one.label: one.tonight for one in indicators(given)}
    assert (figures["Chambres disponibles"], figures["% louées"]) == (252, Decimal("39.68"))
    assert figures["Occupation opérationnelle"] == 50


def test_a_hotel_whose_rooms_are_all_out_of_order_has_no_operating_occupancy():
    given = a_night(jour={"jour_rooms_total": 1, "jour_rooms_hors_usage": 253})
    assert {one.label: one.tonight for one in indicators(given)}["Occupation opérationnelle"] is None
