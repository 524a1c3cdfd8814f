"""The brand's form: lines of revenue, rows of the market, the segments they make."""

from tests.utils.presentation.shown import blocks, fr, row, rows
from tests.utils.rj.build import night
from utils.rj.tabs.dbrs import FORM_ROWS, MARKET_ROWS

OF = night(
    dbrs={
        "dbrs_daily_rev": {"room_chrg_premium": "1000.00", "room_chrg_govt_mi": "250.50"},
        "dbrs_market_rows": {"5": 4, "9": 1, "14": 2, "62": 1},
        "dbrs_otb_data": [{"label": "Congrès", "rooms": 12}],
    }
)


def test_each_line_of_revenue_is_in_one_of_two_halves_in_the_order_of_the_form():
    found = blocks("dbrs", OF)
    first, second = found["Daily Revenue, charges de chambres"], found["Daily Revenue, suite"]
    labels = [label for label, _ in rows(first) + rows(second)]
    assert labels == [name.replace("_", " ") for name in FORM_ROWS]
    assert len(rows(first)) - len(rows(second)) in (0, 1)


def test_a_line_of_revenue_says_its_line_of_the_form_and_is_english():
    first = blocks("dbrs", OF)["Daily Revenue, charges de chambres"].groups[0].rows[0]
    assert (first.label, first.sub, first.lang) == ("room chrg premium", "ligne 2", "en")
    assert first.cells[0].text == fr("1 000,00")


def test_the_rows_of_the_market_are_in_three_parts_without_a_gap():
    parts = [grid for title, grid in blocks("dbrs", OF).items() if title.startswith("Market Segment")]
    assert [grid.title for grid in parts] == [
        "Market Segment, 3 à 32",
        "Market Segment, 33 à 62",
        "Market Segment, 63 à 91",
    ]
    assert [label for grid in parts for label, _ in rows(grid)] == [f"Ligne {one}" for one in MARKET_ROWS]
    assert [grid.anchor for grid in parts] == ["dbrs.dbrs_market_rows", "", ""]


def test_a_row_of_the_market_says_its_segment():
    parts = [grid for title, grid in blocks("dbrs", OF).items() if title.startswith("Market Segment")]
    said = {one.label: one.sub for grid in parts for one in grid.groups[0].rows}
    assert said["Ligne 14"] == "Gouvernement"
    assert said["Ligne 62"] == "Complimentaires"
    assert said["Ligne 58"] == "Contrat"
    assert said["Ligne 3"] == ""


def test_a_segment_is_followed_by_its_total_where_the_paper_has_one():
    grid = blocks("dbrs", OF)["Segments"]
    order = [label for label, _ in rows(grid)]
    assert order[:4] == ["Détail (retail)", "Corporatif négocié", "Gouvernement", "Total prime"]
    assert order.index("Total rabais") + 1 == order.index("Total passagers")
    assert order[-3:] == ["Total groupes", "Contrat", "Total du jour"]
    assert [one.style for one in grid.groups[0].rows if one.style] == [
        *("total light", "total light", "total", "total light", "total final"),
    ]


def test_rooms_of_the_market_make_the_segments():
    grid = blocks("dbrs", OF)["Segments"]
    assert row(grid, "Détail (retail)")[0] == "5"
    assert row(grid, "Gouvernement")[0] == "2"
    assert row(grid, "Total prime")[0] == "7"


def test_the_form_and_the_summary_have_their_rows():
    found = blocks("dbrs", OF)
    assert [label for label, _ in rows(found["Segments, résumé"])] == ["Passagers", "Groupes", "Contrat", "Autres"]
    assert row(found["Formulaire"], "Total charges chambres") == [fr("1 250,50")]
    assert found["Sur les livres (OTB)"].add == "Ajouter un groupe"


def test_nothing_typed_shows_no_zero():
    grid = blocks("dbrs", night())["Segments"]
    assert {text for _, found in rows(grid) for text in found} == {""}
