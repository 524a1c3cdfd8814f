"""Yesterday's figure and that of the weekday, beside each cell of a tab; lists and texts have none."""

from datetime import date, timedelta

import pytest

from tests.utils.actions.nights import DAY, Person, after, good


@pytest.fixture
def anne(app):
    """The auditor, after four nights of the same weekday and the night before."""
    anne = Person(app)
    for weeks, amount in ((4, "10.00"), (3, "40.00"), (2, "20.00"), (1, "30.00")):
        past = anne.on(after(DAY, -7 * weeks)).open()
        past.save(
            "recap", {"cash_ls_lecture": amount, "cash_pos_lecture": "1.00", "recap_corr_notes": "rien de spécial"}
        )
        past.save("jour", {"jour_rooms_simple": int(amount[:2])})
        past.save("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_a": amount}}}})
    anne.on(after(DAY, -1)).open().save("recap", {"cash_ls_lecture": "99.00", "cheque_dr_lecture": "7.00"})
    return anne.on(DAY).open()


def test_each_cell_has_yesterday_s_figure_and_the_usual_one_with_its_range(anne):
    found = good(anne.get("/habitudes/recap"))
    assert found["jour"] == "mardi"
    assert found["nuits"] == ["mar. 16", "mer. 17", "jeu. 18", "ven. 19", "sam. 20", "dim. 21", "lun. 22"]
    none = [None] * 5
    assert found["cases"] == {
        "cash_ls_lecture": {
            **{"sept": ["30.00", *none, "99.00"], "traits": [10, *[0] * 5, 36], "hier": "99.00"},
            **{"bas": "10.00", "habituel": "20.00", "haut": "40.00", "nuits": 4},
        },
        "cash_pos_lecture": {
            **{"sept": ["1.00", *none, None], "traits": [36, *[0] * 6]},
            **{"bas": "1.00", "habituel": "1.00", "haut": "1.00", "nuits": 4},
        },
        "cheque_dr_lecture": {"sept": [None, *none, "7.00"], "traits": [*[0] * 6, 36], "hier": "7.00"},
    }
    counted = {"bas": 10, "habituel": 20, "haut": 40, "nuits": 4}
    seven = {"sept": [30, *none, None], "traits": [36, *[0] * 6]}
    assert good(anne.get("/habitudes/jour"))["cases"] == {"jour_rooms_simple": seven | counted}
    batch = "transelect_restaurant.visa.terminals.bar_a"
    assert good(anne.get("/habitudes/transelect"))["cases"][batch]["habituel"] == "20.00"


def test_a_night_that_is_not_open_or_a_tab_that_does_not_exist_has_none(anne):
    assert anne.on((date.fromisoformat(DAY) + timedelta(days=1)).isoformat()).get("/habitudes/recap").status_code == 404
    assert anne.get("/habitudes/rien").status_code == 404
