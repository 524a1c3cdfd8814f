"""What a night is, in words, from the book: its checks, the reasons that people gave, the overrides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from database import properties, revisions, users
from database.revisions import Overridden, Submitted
from database.transaction import read
from utils.actions.person import Person
from utils.actions.state import LABELS, LOCKED, SUBMITTED, NightState
from utils.dates import local
from utils.rj import verdict
from utils.rj.catalogue import FIELDS
from utils.rj.summary import check_results
from utils.rj.verdict import Given, Judged, Reason, Verdict
from utils.rj.writing import WRITERS

_CLOSED = (SUBMITTED, LOCKED)


def still_holds(state: NightState, override: Overridden) -> bool:
    """An override is given for a value: it falls when the value moves."""
    return override.value == value_text(state, override.check)


def value_text(state: NightState, check: str) -> str | None:
    """The value of a check as an override keeps it."""
    name = f"sommaire.{check}"
    value = state.night.values.get(name)
    return None if value is None else str(WRITERS[FIELDS[name].kind](value))


def given_of(state: NightState) -> Given:
    """What people said of a night: the reasons of its submission, the overrides that still hold."""
    held = [one for one in state.overrides if state.status in _CLOSED or still_holds(state, one)]
    return _given(state.submission, held, state.names, state.hotel.time_zone)


def verdict_of(state: NightState) -> Verdict:
    """What a night is."""
    given = given_of(state)
    if state.status in _CLOSED and state.submission is not None:
        return verdict.closed(map(Judged.of_json, state.submission.checks.values()), given)
    statuses = {result.check.key: result.status for result in check_results(state.night)}
    return verdict.still_open(state.night, statuses, given.passed, LABELS[state.status].lower())


def verdict_once_submitted(state: NightState) -> Verdict:
    """What a night that people still fill will be if it is submitted as it stands, but for the reasons to be given."""
    return verdict.closed((Judged.of_json(one.as_json()) for one in check_results(state.night)), given_of(state))


def verdicts_between(person: Person, start: date, end: date) -> dict[date, Verdict]:
    """What each submitted night of a period is, by date."""
    return {
        day: verdict.closed(map(Judged.of_json, submission.checks.values()), given)
        for day, (submission, given) in said_between(person, start, end).items()
    }


def said_between(person: Person, start: date, end: date) -> dict[date, tuple[Submitted, Given]]:
    """The submission of each submitted night of a period, by date, and what people said of the night."""
    with read() as connection:
        zone = properties.property_by_id(connection, person.property_id).time_zone
        submissions = revisions.submissions_between(connection, person.property_id, start, end)
        overrides = revisions.overrides_between(connection, person.property_id, start, end)
        by = {*(one.by for one in submissions.values()), *(one.by for one in overrides)}
        names = users.names(connection, {one for one in by if one is not None})
    found = {}
    for day, submission in submissions.items():
        key = (submission.night_id, submission.revision)
        passed = [one for one in overrides if (one.night_id, one.revision) == key]
        found[day] = submission, _given(submission, passed, names, zone)
    return found


def _given(submission: Submitted | None, overrides: Iterable[Overridden], names: Mapping[int, str], zone: str) -> Given:
    reasons = {} if submission is None else submission.motifs
    by = names.get(submission.by or 0, "") if submission else ""
    at = _moment(submission.at, zone) if submission else ""
    return Given(
        {key: Reason(text, by, at) for key, text in reasons.items()},
        {one.check: Reason(one.motif, names.get(one.by or 0, ""), _moment(one.at, zone)) for one in overrides},
    )


def _moment(at: datetime, zone: str) -> str:
    """« le 2025-12-24 à 05:12 », on the hotel's clock."""
    return f"le {local(at, zone):%Y-%m-%d à %H:%M}"
