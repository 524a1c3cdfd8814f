"""The figures of a night as a workbook gives them, then as the tabs keep them."""

from datetime import date
from decimal import Decimal

from utils.imports.figures import BookMonth, BookNight, Figure, line_id
from utils.imports.places import Place

HERE = Place("jour", "J5")


def night():
    return BookNight(date(2025, 12, 3))


def test_an_empty_cell_gives_no_figure_and_nil_is_one():
    one = night()
    one.money("jour.jour_divers", None, HERE)
    one.add("controle.auditor_name", "", HERE)
    one.money("jour.jour_divers", Decimal("0"), HERE)
    one.add("jour.jour_rooms_comp", 0, HERE)
    assert [(figure.field, figure.value) for figure in one.figures] == [
        ("jour.jour_divers", "0.00"),
        ("jour.jour_rooms_comp", 0),
    ]


def test_a_figure_names_its_tab_and_its_cell():
    figure = Figure("sd.sd_entries", "12.00", HERE, "enveloppe-0009", "amount")
    assert (figure.tab, figure.cell) == ("sd", "sd_entries.enveloppe-0009.amount")


def test_figures_nest_as_the_tabs_keep_them():
    one = night()
    one.money("recap.cash_ls_lecture", Decimal("521.2"), HERE)
    one.money("transelect.transelect_restaurant.visa.terminals", Decimal(3), HERE, part="bar_a")
    for number in (2, 1):
        one.add("sd.sd_entries", f"Personne {number}", HERE, line_id("enveloppe", number), "name")
        one.money("sd.sd_entries", Decimal(number), HERE, line_id("enveloppe", number), "amount")
    assert one.inputs() == {
        "recap": {"cash_ls_lecture": "521.20"},
        "transelect": {"transelect_restaurant.visa.terminals": {"bar_a": "3.00"}},
        "sd": {
            "sd_entries": [
                {"id": "enveloppe-0002", "name": "Personne 2", "amount": "2.00"},
                {"id": "enveloppe-0001", "name": "Personne 1", "amount": "1.00"},
            ]
        },
    }


def test_what_a_month_leaves_aside_is_noted_with_its_cell():
    month = BookMonth("rj", "abc", date(2025, 12, 1), "Hôtel")
    month.note("Laissé de côté.", HERE)
    month.note("Sans case.")
    assert month.notes == [(HERE, "Laissé de côté."), (None, "Sans case.")]
