"""Prepared statements give what SQLAlchemy gives, and take what it takes."""

from decimal import Decimal

import pytest
from sqlalchemy import bindparam, insert, select, update

from database.models import NightAuditSession, NightLine
from database.prepared import Prepared
from database.transaction import Busy, StorageUnavailable, read, write
from tests.database.conftest import DAY, NOW, rows

_night = NightAuditSession.__table__.c
READ = Prepared(select(_night.id, _night.version).where(_night.audit_date == bindparam("day")).order_by(_night.id))
SAVE = Prepared(
    update(NightAuditSession).where(_night.id == bindparam("n")), ["room_revenue", "submitted_at", "previous"]
)
LINE = Prepared(insert(NightLine), [column.name for column in NightLine.__table__.columns if column.name != "id"])


def test_rows_come_back_as_tuples(app, night):
    with read() as connection:
        assert READ.first(connection, {"day": DAY}) == (night, 1)
        assert READ.all(connection, {"day": DAY}) == [(night, 1)]
        assert READ.first(connection, {"day": DAY.replace(year=2001)}) is None


def test_values_pass_through_their_types(app, night):
    values = {"n": night, "room_revenue": Decimal("13611579.65"), "submitted_at": NOW, "previous": {"é": "1.00"}}
    with write() as connection:
        assert SAVE.run(connection, values) == 1
        assert SAVE.run(connection, values | {"n": 999}) == 0
    with read() as connection:
        row = connection.execute(select(_night.room_revenue, _night.submitted_at, _night.previous)).one()
    assert tuple(row) == (Decimal("13611579.65"), NOW, {"é": "1.00"})
    assert rows("SELECT room_revenue, previous FROM night_audit_sessions") == [(1361157965, '{"é":"1.00"}')]


def test_many_rows_go_in_one_call(app, hotel, night):
    line = {"property_id": hotel, "night_id": night, "audit_date": DAY, "tab": "sd", "line_id": "", "person": "A"}
    with write() as connection:
        many = [line | {"position": n, "measure": "amount", "amount": Decimal(n)} for n in range(3)]
        LINE.run_many(connection, many)
    assert rows("SELECT position, amount FROM night_lines ORDER BY id") == [(0, 0), (1, 100), (2, 200)]


def test_a_wrong_value_is_refused_as_elsewhere(app, night):
    with pytest.raises(TypeError), write() as connection:
        SAVE.run(connection, {"n": night, "room_revenue": 0.1, "submitted_at": None, "previous": None})


def test_a_read_cannot_write_either(app, night):
    with pytest.raises(Exception, match=r"(?i)read-?only") as caught, read() as connection:
        SAVE.run(connection, {"n": night, "room_revenue": None, "submitted_at": None, "previous": None})
    assert not isinstance(caught.value, Busy | StorageUnavailable)
