"""The guide of the night: every tab has its hour, every term one meaning."""

import re

from utils.presentation.help import GLOSSARY, HOURS
from utils.presentation.night_page import short
from utils.rj.catalogue import BY_KEY, NUMBERS, TABS


def test_every_tab_has_its_hour_under_the_name_of_the_rail():
    placed = {one.partition(" ")[0] for hour in HOURS for one in hour.tabs}
    assert [tab.key for tab in TABS if tab.key not in placed] == [], (
        "Onglet sans heure : écrire sa clé dans HOURS, de utils/presentation/help.py, à l’heure où on le remplit."
    )
    assert placed <= BY_KEY.keys()
    said = " · ".join(hour.named for hour in HOURS)
    assert [tab.key for tab in TABS if f"{NUMBERS[tab.key]}, {short(tab)}" not in said] == []


def test_a_tab_filled_at_two_hours_says_what_of_it():
    (found,) = (hour for hour in HOURS if hour.when == "02:30 à 02:55")
    assert found.named == "4, Transelect (restaurant)"


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
