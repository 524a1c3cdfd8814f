"""« Envoyer à MARSHA » : what a person asks for; the worker sends, and asking twice sends once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from database import journal, marsha, proven
from database.journal import Entry
from database.marsha import Sent
from database.models.marsha import REFUSED, WAITING, WITHDRAWN
from database.transaction import write
from utils.actions.marsha.clients import is_linked
from utils.actions.marsha.documents import write_down
from utils.actions.marsha.events import say_standing
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Forbidden, NotEditable, Unreadable
from utils.actions.state import LABELS, LOCKED, need_night
from utils.rj.reading import Problem

NOT_LINKED: Final = "Cet hôtel n’est pas relié à MARSHA : rien ne peut être envoyé."


def submit_dbrs(person: Person, day: date, at: datetime) -> Sent:
    """The submission of a locked night, written if it was not, put at the head of the line if it waits.

    Raises ``NoSuchNight``, ``NotEditable`` (423, not locked), ``Conflict`` (not connected), ``Unreadable`` (it does not
    foot: the two figures, and the field of each).
    """
    if not person.may("envoyer_marsha"):
        raise Forbidden("Votre rôle ne permet pas d’envoyer le DBRS.")
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        if state.status != LOCKED:
            raise NotEditable(f"La nuit est {LABELS[state.status].lower()} : le DBRS part d’une nuit verrouillée.")
        if not is_linked(connection, state.hotel):
            raise Conflict(NOT_LINKED)
        known = marsha.of_date(connection, state.hotel.id, day)
        current = next((one for one in known if one.revision == state.row["revision"]), None)
        # one that was given up can never leave when it has no bytes, or when they are not those of the journal
        is_spoilt = (
            current is not None
            and current.status == REFUSED
            and (not current.body or not proven.submitted(connection, current))
        )
        if current is None or current.status == WITHDRAWN or is_spoilt:
            current = write_down(connection, state, at)
        elif current.attempts and marsha.retry(connection, current, at):
            say_standing(connection, state.hotel.id, (current,), WAITING, at)
        assert current is not None  # noqa: S101 - the hotel is connected
        entry = Entry("marsha", field=day.isoformat(), new=f'"envoi {current.sequence} demandé"')
        journal.append(connection, person.property_id, actor(person), at, [entry])
        sent = marsha.of_date(connection, state.hotel.id, day)[0]
    if sent.status == REFUSED and not sent.body:
        raise Unreadable(sent.error or "", gap_problems(sent))
    return sent


def gap_problems(sent: Sent) -> list[Problem]:
    """What keeps a night from leaving, at each field concerned, with the two figures."""
    return [Problem(name, gap_sentence(one)) for one in sent.errors for name in one.get("champs", ())]


def gap_sentence(gap: dict[str, str | int | None]) -> str:
    """« Chambres des segments et chambres louées : 74 au DBRS, 76 au Jour. »."""
    if gap.get("dbrs") is None:
        return f"{gap['libelle']}."
    return f"{gap['libelle']} : {gap['dbrs']} d’une part, {gap['jour']} de l’autre."
