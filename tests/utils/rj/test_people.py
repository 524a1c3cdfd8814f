"""Somebody who stands twice in a list is named once more, however the name is spelled."""

from utils.rj.people import said_twice


def test_the_same_person_is_named_at_each_line_too_many():
    lines = [{"name": "Zoé Roy"}, {"name": "zoe  roy"}, {}, {"name": "Léa"}, {"name": "Zoé Roy"}]
    assert list(said_twice(lines, "currency")) == [
        (1, "« zoe  roy » est la même personne qu'à la ligne 1, écrite « Zoé Roy » : une ligne de trop ?"),
        (4, "« Zoé Roy » est la même personne qu'à la ligne 1 : une ligne de trop ?"),
    ]


def test_two_currencies_of_one_person_are_two_envelopes():
    assert list(said_twice([{"name": "Zoé"}, {"name": "Zoé", "currency": "US"}], "currency")) == []
    assert list(said_twice([{"name": "Zoé"}, {"name": "Zoé", "currency": "CDN"}], "currency")) != []
