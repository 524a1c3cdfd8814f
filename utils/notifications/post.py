"""Empty the outbox: claim a mail, hand it over, mark it; several processes may do so at once.

    drained = drain(dates.now)

Exactly once, as far as SMTP allows: a mail is claimed in one statement, so one process sends it. Between the moment
when the server says yes and the moment when the book says « envoyé », a process that dies leaves a doubt that nobody
can lift. The mail is then sent again, with the same Message-ID, by which mailboxes drop the second one: twice the same
message costs less than an alert that nobody got.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog

from database import outbox
from database.transaction import read, write
from utils.notifications import smtp

BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60))
"""How long a mail waits after each refusal; the last one repeats."""

PATIENCE: Final = timedelta(hours=48)
"""How long a mail is tried before it is said to have failed."""

AT_ONCE: Final = 200
A_TURN: Final = timedelta(seconds=30)
"""What one turn sends at most, and how long it lasts: who called looks at what else is due, then goes on."""

log = structlog.get_logger("rj.courriel")


@dataclass(slots=True)
class Drained:
    """What became of the mails that were due; ``more``: the turn was full, others may be due still."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0
    kept: int = 0
    unreachable: bool = False
    more: bool = False


def drain(clock: Callable[[], datetime]) -> Drained:
    """Send the mails that are due, up to a turn; without a server they are kept, to be read on the page.

    Never raises for a mail.
    """
    done, owner = Drained(), f"{os.getpid()}-{secrets.token_hex(8)}"
    if not _something_due(clock()):
        return done
    if not smtp.configured():
        done.more = _fills_a_turn(partial(_keep_one, done, owner, clock), clock)
        return done
    try:
        with smtp.opened() as connection:
            done.more = _fills_a_turn(partial(_send_one, connection, done, owner, clock), clock)
    except smtp.Unreachable as error:
        done.unreachable = True
        _blame_server(done, owner, clock, str(error))
    return done


def _fills_a_turn(take_one: Callable[[], bool], clock: Callable[[], datetime]) -> bool:
    """Take mail after mail; true when the turn ended before there was none left."""
    end = clock() + A_TURN
    for _ in range(AT_ONCE):
        if not take_one():
            return False
        if clock() >= end:
            break
    return True


def _something_due(at: datetime) -> bool:
    with read() as connection:
        waits = outbox.next_due(connection)
    return waits is not None and waits <= at


def _send_one(connection: Any, done: Drained, owner: str, clock: Callable[[], datetime]) -> bool:  # noqa: ANN401
    """Claim and send one mail; false when none is due or the server is gone."""
    mail = _claimed(owner, clock())
    if mail is None:
        return False
    try:
        smtp.deliver(connection, mail)
    except smtp.Unreachable as error:
        done.unreachable = True
        _delay(done, mail, owner, clock(), str(error))
        return False
    except smtp.Delayed as error:
        _delay(done, mail, owner, clock(), str(error))
    except smtp.Refused as error:
        done.failed += 1
        _fail(mail, owner, str(error))
    else:
        with write() as transaction:
            outbox.mark_sent(transaction, mail, owner, clock())
        done.sent += 1
    return True


def _claimed(owner: str, at: datetime) -> dict[str, Any] | None:
    with write() as connection:
        return outbox.claim(connection, owner, at)


def _delay(done: Drained, mail: Mapping[str, Any], owner: str, at: datetime, error: str) -> None:
    """Try again later, unless it was tried for too long."""
    if at - mail["created_at"] > PATIENCE:
        done.failed += 1
        _fail(mail, owner, error)
        return
    done.delayed += 1
    wait = BACK_OFF[min(mail["attempts"], len(BACK_OFF)) - 1]
    log.warning("courriel remis à plus tard", courriel_id=mail["id"], essais=mail["attempts"], erreur=error)
    with write() as connection:
        outbox.put_back(connection, mail, owner, at + wait, error)


def _fail(mail: Mapping[str, Any], owner: str, error: str) -> None:
    log.error("courriel refusé", courriel_id=mail["id"], essais=mail["attempts"], erreur=error)
    with write() as connection:
        outbox.give_up(connection, mail, owner, error)


def _blame_server(done: Drained, owner: str, clock: Callable[[], datetime], error: str) -> None:
    """No server: the error is written on the first mail that waits; the others keep their turn."""
    mail = _claimed(owner, clock())
    if mail is not None:
        _delay(done, mail, owner, clock(), error)


def _keep_one(done: Drained, owner: str, clock: Callable[[], datetime]) -> bool:
    """Keep one mail; false when none is due."""
    mail = _claimed(owner, clock())
    if mail is None:
        return False
    with write() as connection:
        outbox.keep(connection, mail, owner)
    done.kept += 1
    return True
