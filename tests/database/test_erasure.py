"""A person erased: the name is gone, the figures stay, the chain verifies."""

import json
from unicodedata import normalize

import pytest

from database import journal
from database.chain import PARTS, leaf
from database.erasure import erase_person
from database.journal import Actor, Entry
from database.transaction import write
from database.verification import _listed
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
    parts = {0: ["actor_label"], 1: ["new"], 2: ["reason"], 4: ["actor_label", "old"]}
    declared = [[story + row, story + row, what] for row, what in parts.items()]
    assert content(story) == [
        (None, '"459.40"', '"459.45"', None),
        (auditor, None, None, None),
        (auditor, None, '"1.00"', None),
        (auditor, None, '"2.00"', None),
        (None, None, '"Luc Roy"', None),
        (admin, None, json.dumps(declared).replace(" ", ""), None),
    ]
    assert problems(hotel) == []


@pytest.mark.parametrize("name", ["MARIE TREMBLÉ", normalize("NFD", "Marie Tremblé"), "Marie\u3000Tremblé\u200b"])
def test_the_name_goes_in_any_spelling(hotel, name):
    with write() as connection:
        entry = Entry("saisie", tab="dueback", field="name", new=f'"{name}"', reason=f"vu avec {name}")
        seq = journal.append(connection, hotel, AUDITOR, NOW, [entry])
    assert erase(hotel, names=("Marie Tremblé",)) == 1
    assert content(seq)[0] == (AUDITOR.label, None, None, None)
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


def rewrite(tamper, seq, erasure, **columns):
    """Give a row another erasure and other parts, as whoever has the database in hand."""
    given = ", ".join(f"{name} = :{name}" for name in columns)
    tamper(f"UPDATE changes SET erasure = :e, {given} WHERE seq = :s", s=seq, e=json.dumps(erasure), **columns)  # noqa: S608


def erasure_of(seq):
    [(found,)] = rows("SELECT erasure FROM changes WHERE seq = :s", s=seq)
    return json.loads(found)


def test_letters_of_a_value_moved_into_its_salt_are_named(hotel, story, tamper):
    erase(hotel)
    erasure = erasure_of(story)
    erasure["salts"]["new"] += b'"459'.hex()
    rewrite(tamper, story, erasure, new='.45"')
    assert [place for place, _ in problems(hotel)] == [f"ligne {story}"]


def test_a_part_that_the_erasure_did_not_name_is_not_erased_quietly(hotel, story, tamper):
    erase(hotel)
    erasure = erasure_of(story)
    erasure["leaves"]["new"] = leaf(bytes.fromhex(erasure["salts"].pop("new")), '"459.45"').hex()
    rewrite(tamper, story, erasure, new=None)
    message = "Le contenu a été retiré sans que le journal en garde l’effacement."
    assert problems(hotel) == [(f"ligne {story}", message)]


def test_leaves_run_together_are_named(hotel, story, tamper):
    erase(hotel)
    erasure = erasure_of(story)
    kept = {
        part: leaf(bytes.fromhex(salt), text)
        for part, salt, text in [
            ("old", erasure["salts"]["old"], '"459.40"'),
            ("new", erasure["salts"]["new"], '"459.45"'),
        ]
    }
    erasure["leaves"]["actor_label"] += kept["old"].hex() + kept["new"].hex()
    erasure["leaves"] |= {"old": "", "new": ""}
    rewrite(tamper, story, erasure, old=None, new=None)
    assert problems(hotel)[0][0] == f"ligne {story}"


def test_an_erasure_declared_before_the_parts_were_named_still_holds():
    assert _listed("[[1, 3]]") == [(1, 3, PARTS)]
    assert _listed('[[1, 3, ["new"]], [7, 7, ["old"]]]') == [(1, 3, ["new"]), (7, 7, ["old"])]
    assert _listed('[["x"]]') == _listed("7") == _listed("not json") == []
