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
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from database import outbox
from database.outbox import Mail
from database.transaction import read, write
from utils.notifications import smtp

PATIENCE: Final = timedelta(hours=48)
"""How long a mail is tried before it is said to have failed."""

TRIES: Final = 60
"""How many times, at most: more than the back-off allows in that long, whatever the clock did meanwhile."""

DROPPED: Final = 3
"""How many mails in a row may lose the connection before the server is said to be gone."""

_UNWRITTEN: Final = "Ce courriel ne peut pas partir tel qu’il est écrit. Le journal technique dit pourquoi."
_INTERRUPTED: Final = "L’envoi de ce courriel s’est interrompu à chaque essai."

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


@dataclass(slots=True)
class _Turn:
    """One turn at the outbox: under which name mails are claimed, by which clock, what became of them.

    ``dropped``: how many mails in a row lost the connection.
    """

    clock: Callable[[], datetime]
    done: Drained = field(default_factory=Drained)
    owner: str = field(default_factory=lambda: f"{os.getpid()}-{secrets.token_hex(8)}")
    dropped: int = 0


def drain(clock: Callable[[], datetime]) -> Drained:
    """Send the mails that are due, up to a turn; without a server they are kept, to be read on the page.

    Never raises for a mail, and none holds back the others: what goes wrong with one is written on that one.
    """
    turn = _Turn(clock)
    with read() as connection:
        if not outbox.anything_due(connection, clock()):
            return turn.done
    if not smtp.configured():
        turn.done.more = _fills_a_turn(turn, partial(_keep_one, turn))
        return turn.done
    try:
        with smtp.opened() as server:
            turn.done.more = _fills_a_turn(turn, partial(_send_one, turn, server))
    except smtp.Unreachable as error:  # it is written on the first mail that waits; the others keep their turn
        turn.done.unreachable = True
        if mail := _claimed(turn):
            _delay(turn, mail, str(error))
    return turn.done


def _fills_a_turn(turn: _Turn, take_one: Callable[[], bool]) -> bool:
    """Take mail after mail; true when the turn ended before there was none left."""
    end = turn.clock() + A_TURN
    for _ in range(AT_ONCE):
        if not take_one():
            return False
        if turn.clock() >= end:
            break
    return True


def _send_one(turn: _Turn, server: smtp.Patient) -> bool:
    """Claim and send one mail; false when none is due or the server is gone."""
    server.make_ready()
    mail = _claimed(turn)
    if mail is None:
        return False
    if mail.interrupted and _tried_enough(mail, turn.clock()):
        _fail(turn, mail, _INTERRUPTED)
        return True
    trouble: smtp.Delayed | smtp.Refused | None = None
    try:
        smtp.deliver(server, mail)
    except (smtp.Delayed, smtp.Refused) as error:
        trouble = error
    except Exception:
        log.exception("courriel impossible à écrire", courriel_id=mail.id)
        trouble = smtp.Refused(_UNWRITTEN)
    turn.dropped = turn.dropped + 1 if isinstance(trouble, smtp.Dropped) else 0
    if trouble is None:
        with write() as transaction:
            outbox.mark_sent(transaction, mail, turn.owner, turn.clock())
        turn.done.sent += 1
    elif isinstance(trouble, smtp.Delayed):
        _delay(turn, mail, str(trouble))
    else:
        _fail(turn, mail, str(trouble))
    turn.done.unreachable = isinstance(trouble, smtp.Unreachable) or turn.dropped >= DROPPED
    return not turn.done.unreachable


def _claimed(turn: _Turn) -> Mail | None:
    with write() as connection:
        return outbox.claim(connection, turn.owner, turn.clock())


def _delay(turn: _Turn, mail: Mail, error: str) -> None:
    """Try again later, unless it was tried for too long."""
    at = turn.clock()
    if _tried_enough(mail, at):
        _fail(turn, mail, error)
        return
    turn.done.delayed += 1
    log.warning("courriel remis à plus tard", courriel_id=mail.id, essais=mail.attempts, erreur=error)
    with write() as connection:
        outbox.put_back(connection, mail, turn.owner, at + outbox.wait_after(mail.attempts), error)


def _tried_enough(mail: Mail, at: datetime) -> bool:
    return at - mail.created_at > PATIENCE or mail.attempts >= TRIES


def _fail(turn: _Turn, mail: Mail, error: str) -> None:
    turn.done.failed += 1
    log.error("courriel refusé", courriel_id=mail.id, essais=mail.attempts, erreur=error)
    with write() as connection:
        outbox.give_up(connection, mail, turn.owner, error)


def _keep_one(turn: _Turn) -> bool:
    """Keep one mail; false when none is due."""
    mail = _claimed(turn)
    if mail is None:
        return False
    with write() as connection:
        outbox.keep(connection, mail, turn.owner)
    turn.done.kept += 1
    return True
