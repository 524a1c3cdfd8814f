"""The guide of the night: every tab has its hour, every term one meaning."""

import re

from utils.presentation.help import GLOSSARY, HOURS
from utils.presentation.night_page import short
from utils.rj.catalogue import NUMBERS, TABS


def test_every_tab_has_its_hour_under_the_name_of_the_rail():
    found = {}
    for entry in (entry for hour in HOURS for entry in hour.tabs.split(" · ") if entry):
        number, _, name = entry.partition(", ")
        found[int(number)] = name.partition(" (")[0]
    assert found == {NUMBERS[tab.key]: short(tab) for tab in TABS}


def test_the_two_set_hours_are_named_by_their_setting_and_come_last():
    assert [hour.when for hour in HOURS if not re.match(r"\d", hour.when)] == ["rj_attendu", "digest"]
    assert [hour.when for hour in HOURS[-2:]] == ["rj_attendu", "digest"]


def test_somebody_does_something_at_each_hour():
    assert all(hour.back or hour.front for hour in HOURS)


def test_each_term_is_told_once():
    terms = [term for term, _ in GLOSSARY]
    assert len(terms) == len(set(terms))
    assert all(term and meaning for term, meaning in GLOSSARY)
    assert not any("'" in text for pair in GLOSSARY for text in pair)
