"""What stands in the band for chosen cells: exact, and only of what is a number."""

import pytest

from tests.static.js.grille import laid

pytestmark = pytest.mark.e2e

SUM = """const { resumer } = await import("/static/js/somme.js");
return resumer([...document.querySelectorAll(donne[0])]);"""


def test_figures_and_calculations_are_added_and_what_is_empty_or_a_text_is_not_counted(desk):
    found = laid(desk).run(SUM, ".dense [data-case], .dense [data-chiffre]")
    assert found == {"compte": 3, "somme": "1020.25", "moyenne": "340.08"}


def test_cells_without_a_number_have_no_sum(desk):
    assert laid(desk).run(SUM, "[data-liste] [data-case]") is None


def test_a_tenth_added_ten_times_is_one(desk):
    found = laid(desk).run(
        """const { resumer } = await import("/static/js/somme.js");
        const champ = document.querySelector("[data-genre=money]");
        champ.value = "0,10";
        return resumer(Array(10).fill(champ));"""
    )
    assert found == {"compte": 10, "somme": "1.00", "moyenne": "0.10"}
