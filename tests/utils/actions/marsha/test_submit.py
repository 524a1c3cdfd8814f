"""« Envoyer à MARSHA » : refused of who may not, of a night that is not locked, of a hotel without a connection."""

from types import SimpleNamespace

import pytest
from sqlalchemy import text

from database.transaction import read, write
from utils import dates
from utils.actions.marsha.submit import gap_sentence, submit_dbrs
from utils.actions.refusals import Conflict, Forbidden, NoSuchNight, NotEditable


@pytest.fixture
def person(brand):
    """Somebody who directs the hotel."""
    return SimpleNamespace(property_id=brand.hotel.id, user_id=1, label="Essai", role="gm", may=lambda *_: True)


def test_who_may_not_is_refused_before_anything_is_read(brand, person):
    person.may = lambda *_: False
    with pytest.raises(Forbidden):
        submit_dbrs(person, brand.day, dates.now())


def test_a_night_that_is_not_there_or_not_locked_is_refused(brand, person):
    with pytest.raises(NoSuchNight):
        submit_dbrs(person, brand.hotel.opening_date, dates.now())
    with read() as connection:
        opened = connection.execute(
            text("SELECT max(audit_date) FROM night_audit_sessions WHERE status <> 'locked'")
        ).scalar_one()
    if opened is not None:
        with pytest.raises(NotEditable):
            submit_dbrs(person, dates.read_date(str(opened)), dates.now())


def test_a_hotel_that_sends_nowhere_is_refused(brand, person, monkeypatch):
    monkeypatch.setattr("utils.actions.marsha.submit.is_linked", lambda *_: False)
    with pytest.raises(Conflict, match="relié"):
        submit_dbrs(person, brand.day, dates.now())


def test_one_that_waits_for_its_hour_goes_to_the_head_of_the_line(brand, person):
    brand.running.fault("status", detail="503", times=1)
    brand.round()
    assert brand.round().received == 0
    submit_dbrs(person, brand.day, brand.clock())
    assert brand.round().received == 1
    with write() as connection:
        count = connection.execute(text("SELECT count(*) FROM changes WHERE action = 'marsha'")).scalar_one()
    assert count


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        ({"libelle": "Chambres", "dbrs": 74, "jour": 76}, "Chambres : 74 d’une part, 76 de l’autre."),
        ({"libelle": "Chiffre absent", "dbrs": None, "jour": None}, "Chiffre absent."),
    ],
)
def test_a_gap_is_a_sentence(gap, sentence):
    assert gap_sentence(gap) == sentence
