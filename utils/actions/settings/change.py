"""Put settings in force from a date: today or later, after the last closed night, never silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from database import nights, properties
from database.properties import DatedSettings
from database.transaction import read, write
from utils import dates
from utils.actions.person import Person, actor
from utils.actions.refusals import Unreadable
from utils.actions.settings.fields import PRICE, RATE, Section, Setting, nested, value_in
from utils.actions.settings.typed import Form, TypedError, read_typed
from utils.actions.state import LOCKED, SUBMITTED, domain_settings
from utils.rj.reading import Problem, Reader
from utils.rj.settings import read_settings
from utils.shapes import Document

DATE: Final = "des_le"


@dataclass(frozen=True, slots=True)
class Standing:
    """The settings of a hotel on a date, and the first date that a change may take."""

    day: date
    first: date
    document: Document


def standing(person: Person, day: date | None, at: datetime) -> Standing:
    """What is in force on a date; without one, on the first that a change may take."""
    with read() as connection:
        closed, today = _last_closed(connection, person.property_id), _today(connection, person.property_id, at)
        first = today if closed is None or closed < today else closed + timedelta(days=1)
        on = day or first
        return Standing(on, first, properties.settings_document(connection, person.property_id, on).values)


def history(person: Person) -> list[DatedSettings]:
    """Every change of the settings, the latest to take effect first."""
    with read() as connection:
        return properties.settings_history(connection, person.property_id)


def change_settings(person: Person, section: Section, form: Form, at: datetime) -> int:
    """Read what was typed and put what differs in force; returns how many settings changed.

    Nothing is kept when one of them cannot be read: the refusal names each field.
    """
    try:
        day = dates.read_date(form.get(DATE, "").strip())
    except dates.DateError as error:
        raise Unreadable(str(error), [Problem(DATE, str(error))]) from None
    with write() as connection:
        today, closed = _today(connection, person.property_id, at), _last_closed(connection, person.property_id)
        sentence = ""
        if day < today:
            sentence = f"Un changement prend effet aujourd’hui ({today}) ou plus tard."
        elif closed is not None and day <= closed:
            sentence = f"La nuit du {closed} est fermée : un changement prend effet après elle."
        if sentence:
            raise Unreadable(sentence, [Problem(DATE, sentence)])
        document = properties.settings_document(connection, person.property_id, day).values
        changes = _typed_changes(section, form, document)
        if not changes:
            return 0
        partial: Document = {}
        for setting, value in changes.items():
            partial = properties.merged(partial, nested(setting.path, value))
        merged, reader = properties.merged(document, partial), Reader()
        read_settings(domain_settings(merged), reader)
        if reader.problems:  # what the formulas would refuse to read is not kept
            problems = [Problem(one.path.removeprefix("property."), one.message) for one in reader.problems]
            raise Unreadable(f"Rien n’est enregistré : {problems[0].message}", problems)
        properties.write_settings(connection, person.property_id, day, partial, actor(person), at)
    return len(changes)


def _typed_changes(section: Section, form: Form, document: Document) -> dict[Setting, Any]:
    """The settings of a section that are not what they were."""
    problems, changes = [], {}
    for setting in section.settings:
        try:
            value = read_typed(setting, form)
        except TypedError as error:
            problems.append(Problem(setting.path, f"{setting.label} : {error}"))
            continue
        old = value_in(document, setting)
        is_decimal = setting.kind in (RATE, PRICE)
        same = bare_decimal(value) == bare_decimal(old) if is_decimal else value == old  # « 1,70 » is « 1,7 »
        if not same:
            changes[setting] = value
    if problems:
        raise Unreadable("Rien n’est enregistré : corriger les champs marqués.", problems)
    return changes


def bare_decimal(text: str) -> str:
    """A decimal text without the zeros that change nothing."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _today(connection: Connection, property_id: int, at: datetime) -> date:
    return dates.local(at, properties.property_by_id(connection, property_id).time_zone).date()


def _last_closed(connection: Connection, property_id: int) -> date | None:
    """The latest night that nobody may change any more without a correction."""
    return nights.latest_in(connection, property_id, (SUBMITTED, LOCKED))
