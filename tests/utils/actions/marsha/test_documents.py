"""What leaves is written with the lock; what does not foot is written with its two figures, and never leaves."""

from dataclasses import replace

from database import marsha
from database.models.marsha import ACCEPTED, REFUSED
from database.transaction import read, write
from utils.actions.marsha import documents
from utils.actions.marsha.sent_form import reproaches
from utils.actions.state import need_night


def written(brand, **moved):
    """Write the night again, some of its figures moved."""
    with write() as connection:
        state = need_night(connection, brand.hotel.id, brand.day)
        values = {**state.night.values, **{f"jour.{name}": value for name, value in moved.items()}}
        moved_night = replace(state, night=replace(state.night, values=values))
        return documents.write_down(connection, moved_night, brand.clock())


def rooms(brand):
    """Rooms sold of the night."""
    with read() as connection:
        return need_night(connection, brand.hotel.id, brand.day).night.values["jour.jour_rooms_louees"]


def test_rooms_that_differ_refuse_it_with_both_figures_and_a_link_to_each(brand):
    sold = rooms(brand)
    sent = written(brand, jour_rooms_louees=sold + 2)
    assert (sent.status, sent.body, sent.error) == (REFUSED, None, documents.UNFOOTED)
    said = {one.field: one.sentence for one in reproaches(sent)}
    sentence = f"Chambres des segments et chambres louées : {sold} d’une part, {sold + 2} de l’autre."
    assert said["dbrs.dbrs_daily_rooms"] == said["jour.jour_rooms_louees"] == sentence
    brand.rounds(3)
    assert brand.running.held() == []


def test_a_figure_that_lacks_refuses_it_and_names_the_field(brand):
    sent = written(brand, jour_total_fb=None)
    assert (sent.status, sent.error) == (REFUSED, documents.LACKING)
    assert [one.field for one in reproaches(sent)] == ["jour.jour_total_fb"]


def test_the_books_of_the_nights_to_come_go_with_it(brand):
    with read() as connection:
        booked = documents.booked(connection, brand.hotel, brand.day)
    assert 0 < len(booked) <= documents.AHEAD
    assert all(one.rooms == sum(one.by_group.values()) for one in booked)
    assert '"onTheBooks":{"asOf":' in brand.one().body
    brand.rounds(3)
    assert brand.one().status == ACCEPTED
    with read() as connection:
        assert marsha.of_date(connection, brand.hotel.id, brand.day)[0].body == brand.one().body
