"""Security events: a line in the technical log without name nor address, an alert when people must hear of it."""

import pytest

from database.transaction import write
from tests.applications import settle
from tests.utils.accounts.conftest import AT, HERE
from utils.accounts import heard
from utils.accounts.attempts import LOGIN, count

EMAIL = "auditeur@demo.hotel"


class Journal:
    """A technical journal that keeps its lines."""

    def __init__(self):
        self.lines = []

    def warning(self, event, **told):
        self.lines.append({"event": event, **told})

    error = exception = warning


class Telling:
    """People who hear, and what they heard."""

    def __init__(self):
        self.said = []

    def tell_hotel(self, _, property_id, cause, sentence, __):
        self.said.append(("hotel", property_id, cause, sentence))

    def note_in_hotel(self, _, property_id, cause, sentence, __):
        self.said.append(("note", property_id, cause, sentence))

    def warn_person(self, _, where, sentence, __):
        self.said.append(("personne", where, sentence))


@pytest.fixture
def people(app_sqlite, accounts):
    """Who hears, in place of those whom the application tells."""
    made = Telling()
    app_sqlite.extensions[heard.TELLING] = made
    return made


@pytest.fixture
def lines(monkeypatch):
    """The lines of the technical journal."""
    journal = Journal()
    monkeypatch.setattr(heard, "log", journal)
    return journal.lines


def test_one_refusal_is_only_a_line_without_name_nor_address(people, accounts, lines):
    heard.refused(LOGIN, EMAIL, HERE, AT)
    settle()
    (line,) = lines
    assert (line["event"], line["quoi"], line["compte"], line["repetee"]) == (
        *("tentative refusée", "connexion", accounts["auditeur"], False),
    )
    assert HERE.address not in str(line)
    assert EMAIL not in str(line)
    assert people.said == []


def test_repeated_refusals_are_told_in_the_hotels_of_the_account(people, accounts):
    with write() as connection:
        for _ in range(6):
            count(connection, LOGIN, EMAIL, HERE, AT)
    heard.refused(LOGIN, EMAIL, HERE, AT)
    settle()
    user_id = accounts["auditeur"]
    ((_, hotel, cause, sentence),) = people.said
    assert (hotel, cause) == (1, f"refus connexion {user_id}")
    assert sentence.endswith(" est visé par des refus répétés (connexion).")


def test_refusals_of_nobody_are_told_to_nobody(people, lines):
    with write() as connection:
        for _ in range(6):
            count(connection, LOGIN, "personne@demo.hotel", HERE, AT)
    heard.refused(LOGIN, "personne@demo.hotel", HERE, AT)
    settle()
    assert (lines[0]["compte"], lines[0]["repetee"]) == (None, True)
    assert people.said == []


def test_a_new_browser_is_noted_and_a_right_is_told(people, accounts):
    user_id = accounts["auditeur"]
    with write() as connection:
        heard.new_browser(connection, user_id, HERE, AT)
        heard.said(connection, user_id, "droit donné", "a changé de rôle", AT)
        heard.warn(connection, user_id, "Votre mot de passe a été changé.", AT)
    note, told, mailed = people.said
    assert (note[0], note[2]) == ("note", f"appareil {user_id}")
    assert note[3].endswith(" s’est connecté dans un navigateur nouveau.")
    assert (told[0], told[2]) == ("hotel", f"droit donné {user_id}")
    assert told[3].endswith(" a changé de rôle.")
    assert mailed == ("personne", (1, user_id), "Votre mot de passe a été changé.")


def test_an_account_of_no_hotel_is_told_to_nobody(people):
    with write() as connection:
        heard.said(connection, 999, "droit donné", "a changé de rôle", AT)
        heard.warn(connection, 999, "x", AT)
    assert people.said == []
