"""Named reads and writes of second factors and of their recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from database import passes
from database.models import RecoveryCode, SecondFactor
from utils.dates import DRIFT

AHEAD: Final = 2 + int(DRIFT / timedelta(seconds=30))
"""How many steps of thirty seconds after the one of a code the last one may be: clocks differ."""


class Device(NamedTuple):
    """The device of an account; its secret is sealed."""

    secret: str
    last_step: int


def device_of(connection: Connection, user_id: int) -> Device | None:
    """The device of an account, or nothing."""
    statement = select(SecondFactor.secret, SecondFactor.last_step).where(SecondFactor.user_id == user_id)
    row = connection.execute(statement).one_or_none()
    return Device(*row) if row else None


def enrol(connection: Connection, user_id: int, device: Device, codes: Iterable[str], at: datetime) -> None:
    """Give an account a device and fresh recovery codes; the old ones are forgotten."""
    forget(connection, user_id)
    row = {"user_id": user_id, "secret": device.secret, "created_at": at, "last_step": device.last_step}
    connection.execute(insert(SecondFactor).values(**row))
    hashed = [{"user_id": user_id, "code_hash": digest(user_id, code), "used_at": None} for code in codes]
    connection.execute(insert(RecoveryCode), hashed)


def reseal(connection: Connection, user_id: int, secret: str) -> None:
    """Keep the same secret under the current key."""
    connection.execute(update(SecondFactor).where(SecondFactor.user_id == user_id).values(secret=secret))


def forget(connection: Connection, user_id: int) -> None:
    """Forget the device and its codes; what spared a code ends with it."""
    passes.end_all(connection, user_id)
    connection.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))
    connection.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def accept_step(connection: Connection, user_id: int, step: int) -> bool:
    """Note that the code of a time step was used; false when it, or a later one, was already.

    A step far ahead was used under a clock that was set back since: it would refuse every code until then.
    """
    last = SecondFactor.last_step
    newer = (SecondFactor.user_id == user_id, or_(last < step, last > step + AHEAD))
    return connection.execute(update(SecondFactor).where(*newer).values(last_step=step)).rowcount == 1


def use_code(connection: Connection, user_id: int, code: str, at: datetime) -> bool:
    """Use a recovery code up; false when there is no such code left."""
    unused = (
        RecoveryCode.user_id == user_id,
        RecoveryCode.code_hash == digest(user_id, code),
        RecoveryCode.used_at.is_(None),
    )
    return connection.execute(update(RecoveryCode).where(*unused).values(used_at=at)).rowcount == 1


def codes_left(connection: Connection, user_id: int) -> int:
    """How many recovery codes can still be used."""
    unused = (RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return int(connection.execute(select(func.count()).select_from(RecoveryCode).where(*unused)).scalar_one())


def digest(user_id: int, code: str) -> str:
    """What the table keeps of a code: 80 random bits need no slow hash."""
    return sha256(f"{user_id}|{code}".encode()).hexdigest()
