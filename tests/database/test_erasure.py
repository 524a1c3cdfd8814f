"""A person erased: the name is gone, the figures stay, the chain verifies."""

import json

import pytest

from database import journal
from database.erasure import erase_person
from database.journal import Actor, Entry
from database.transaction import write
from tests.database.conftest import AUDITOR, NOW, problems, rows

ADMIN = Actor(7, "Administrateur de démonstration")
MARIE = Actor(2, "Marie Tremblay")


@pytest.fixture
def story(hotel):
    """Six rows where Marie acts, is named, or has nothing to do."""
    entries = [
        (MARIE, Entry("saisie", tab="recap", field="deposit_cdn", old='"459.40"', new='"459.45"')),
        (AUDITOR, Entry("saisie", tab="dueback", field="name", new='"Marie Tremblay"')),
        (AUDITOR, Entry("saisie", tab="recap", field="cash_ls_corr", new='"1.00"', reason="vu avec marie tremblay")),
        (AUDITOR, Entry("saisie", tab="recap", field="cash_ls_lecture", new='"2.00"')),
        (MARIE, Entry("saisie", tab="dueback", field="name", old='"Marie Tremblay"', new='"Luc Roy"')),
    ]
    with write() as connection:
        for actor, entry in entries:
            last = journal.append(connection, hotel, actor, NOW, [entry])
    return last - 4


def erase(hotel, user_id=2, names=("Marie Tremblay",)):
    """Erase somebody."""
    with write() as connection:
        return erase_person(connection, hotel, user_id, names, ADMIN, NOW)


def content(first):
    """The erasable parts of the rows of the story and of what follows."""
    statement = "SELECT actor_label, old, new, reason FROM changes WHERE seq >= :f ORDER BY seq"
    return [tuple(row) for row in rows(statement, f=first)]


def test_the_name_goes_and_the_figures_stay(hotel, story):
    assert erase(hotel) == 4
    auditor, admin = AUDITOR.label, ADMIN.label
    assert content(story) == [
        (None, '"459.40"', '"459.45"', None),
        (auditor, None, None, None),
        (auditor, None, '"1.00"', None),
        (auditor, None, '"2.00"', None),
        (None, None, '"Luc Roy"', None),
        (admin, None, json.dumps([[story, story + 2], [story + 4, story + 4]]).replace(" ", ""), None),
    ]
    assert problems(hotel) == []


def test_nothing_of_the_person_is_left_in_the_journal(hotel, story):
    erase(hotel)
    everything = " ".join(str(row) for row in rows("SELECT * FROM changes"))
    assert "tremblay" not in everything.casefold()
    assert {row.salt for row in rows("SELECT salt FROM changes WHERE erasure IS NOT NULL")} == {None}


def test_what_is_left_of_an_erased_row_is_still_proved(hotel, story, tamper):
    erase(hotel)
    tamper("UPDATE changes SET new = :v WHERE seq = :s", v='"999.00"', s=story)
    assert [place for place, _ in problems(hotel)] == [f"ligne {story}"]


def test_what_was_erased_cannot_be_written_again(hotel, story, tamper):
    erase(hotel)
    tamper("UPDATE changes SET actor_label = 'Quelqu''un d''autre' WHERE seq = :s", s=story)
    assert [place for place, _ in problems(hotel)] == [f"ligne {story}"]


def test_a_second_person_can_be_erased_from_the_same_row(hotel, story):
    erase(hotel)
    assert erase(hotel, None, ["Luc Roy"]) == 1
    assert content(story)[4] == (None, None, None, None)
    assert problems(hotel) == []


def test_erasing_nobody_writes_nothing(hotel, story):
    assert erase(hotel, 999, ["Personne", " "]) == 0
    assert len(content(story)) == 5


def test_an_erasure_that_the_journal_does_not_know_is_named(hotel, story, tamper):
    erase(hotel)
    tamper("UPDATE journal_heads SET seq = seq - 1, hash = (SELECT prev_hash FROM changes ORDER BY seq DESC LIMIT 1)")
    tamper("DELETE FROM changes WHERE action = 'effacement'")
    message = "Le contenu a été retiré sans que le journal en garde l’effacement."
    places = [(f"ligne {seq}", message) for seq in (story, story + 1, story + 2, story + 4)]
    assert problems(hotel)[:4] == places
