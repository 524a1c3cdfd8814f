"""The papers of a night: each line knows its field, and typing them makes a night file."""

from decimal import Decimal

from utils.demo.papers import Line, Paper, Table, typed

LINES = (Line("Dépôt", "recap.deposit_cdn", Decimal("459.4")), Line("Date", "sd.depot_data.client6.date", "2025-12-23"))
ENVELOPES = Table("sd.depot_data.client6.amounts", (("", "Montant"),), ({"": Decimal("1")}, {"": Decimal("2.5")}))
FILMS = Table(
    "sonifi.sonifi_unites", (("prix", "Prix"), ("quantite", "Quantité")), ({"prix": Decimal("14.99"), "quantite": 2},)
)


def paper(*lines, table=None):
    return Paper("p", "Titre", "Source", "recap", lines, table)


def test_a_paper_says_every_tab_that_it_feeds():
    assert paper(*LINES).areas == {"recap", "sd"}
    assert paper(table=FILMS).areas == {"sonifi"}
    assert paper().areas == frozenset()


def test_a_table_knows_its_figures():
    assert FILMS.figures == {"prix", "quantite"}
    words = Table("x.y", (("name", "Nom"), ("net", "Net")), ({"name": "A"}, {"name": "B", "net": Decimal("1")}))
    assert words.figures == {"net"}


def test_what_is_typed_is_nested_as_the_night_file_is():
    assert typed([paper(*LINES, table=ENVELOPES), paper(table=FILMS)]) == {
        "recap": {"deposit_cdn": "459.40"},
        "sd": {"depot_data": {"client6": {"date": "2025-12-23", "amounts": ["1.00", "2.50"]}}},
        "sonifi": {"sonifi_unites": [{"prix": "14.99", "quantite": 2}]},
    }


def test_a_table_without_rows_types_nothing():
    empty = Table("sonifi.sonifi_unites", (("prix", "Prix"),), ())
    assert typed([paper(table=empty), paper()]) == {}
