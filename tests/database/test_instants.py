"""A clock that was ahead an hour, a day or a year, and is set right: nothing waits for it, nothing outlives it.

Each kind of instant of the book is in ``KINDS``; the guard at the end fails for a column that is in no table.
"""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text, update

from database import factors, instants, integrations, job_runs, lightspeed, outbox, sessions, throttles
from database.base import db
from database.factors import Device
from database.job_runs import Key
from database.models import Alert, JobRun, Property, SchedulerPulse, SyncRun, UserSession
from database.throttles import Subject
from database.transaction import read, write
from database.types import UtcDateTime
from tests.utils.scheduler.clock import created, demo_id, runs, turn
from utils.actions.night_presence import Presence
from utils.actions.person import Machine
from utils.lightspeed import tokens
from utils.scheduler.runner import Runner
from utils.scheduler.timetable import When
from utils.scheduler.work import Job, Step, done

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
AHEAD = {"une heure": HOUR, "un jour": DAY, "un an": 365 * DAY}
SOON = timedelta(seconds=30)
"""The bound: one turn of the clock of the automation."""


def set_right(at=NOW):
    with write() as connection:
        return instants.set_right(connection, at, seen=True)


def column(statement):
    with read() as connection:
        return connection.execute(statement).scalar_one()


class Budget:
    """Twenty requests drawn while ahead leave a bucket that is full again at once."""

    def ahead(self, at):
        with write() as connection:
            while integrations.draw(connection, "compte", 10, at)[0]:
                pass

    def right(self, at):
        with write() as connection:
            assert integrations.draw(connection, "compte", 10, at) == (10, timedelta(0))


class TokenLease:
    """A renewal that was going on: somebody else may renew."""

    def ahead(self, at):
        with write() as connection:
            self.row = integrations.create_integration(connection, demo_id(), "lightspeed", at)
            assert integrations.take_lease(connection, self.row, 0, "un", at)
            assert integrations.extend_lease(connection, self.row, "un", at + integrations.POSTPONED)

    def right(self, at):
        with write() as connection:
            assert integrations.take_lease(connection, self.row, 0, "deux", at + SOON)


class Throttle:
    """An account blocked while ahead may try again, from zero."""

    subject = Subject("compte", "x", 1)

    def ahead(self, at):
        with write() as connection:
            waits = [throttles.reserve(connection, self.subject, at) for _ in range(6)]
        assert waits[-1]

    def right(self, at):
        with write() as connection:
            assert throttles.reserve(connection, self.subject, at + SOON) is None


class Session:
    """A session opened while ahead is over, and does not live again when its day comes."""

    def ahead(self, at):
        with write() as connection:
            self.token = sessions.open_session(connection, 1, at)
        self.opened = at
        assert self.found(at)

    def found(self, at):
        with read() as connection:
            return sessions.find_session(connection, self.token, 0, at, 12 * HOUR)

    def right(self, at):
        assert not self.found(at)
        set_right(at)
        assert not self.found(self.opened + MINUTE)
        assert column(select(UserSession.seen_at)) <= at


class Code:
    """A code used while ahead refuses no later one; one that is used now does not serve twice."""

    def ahead(self, at):
        with write() as connection:
            factors.enrol(connection, 1, Device("x", self.step(at)), ["a"], at)

    @staticmethod
    def step(at):
        return int(at.timestamp()) // 30

    def right(self, at):
        with write() as connection:
            assert factors.accept_step(connection, 1, self.step(at))
            assert not factors.accept_step(connection, 1, self.step(at))
            assert not factors.accept_step(connection, 1, self.step(at) - 1)


class Sync:
    """A synchronisation cut while ahead is dead: another one may begin."""

    def ahead(self, at):
        with write() as connection:
            lightspeed.begin_run(connection, lightspeed.NewRun(demo_id(), NOW.date(), "personne", None, at, {}))

    def right(self, at):
        with write() as connection:
            assert not lightspeed.running(connection, demo_id(), NOW.date(), at)
        set_right(at)
        assert column(select(SyncRun.started_at)) <= at


class Run:
    """A run that a process held while ahead is taken up."""

    def ahead(self, at):
        self.key = Key(demo_id(), "synchro", NOW.date() - DAY)
        self.begun = job_runs.Begun(NOW - HOUR, "heure", None)
        with write() as connection:
            assert job_runs.claim(connection, self.key, self.begun, "un", at)

    def right(self, at):
        with write() as connection:
            assert job_runs.claim(connection, self.key, self.begun, "deux", at + SOON)


class RunWaiting(Run):
    """A run to be tried again at an instant of the clock that was ahead is tried at once."""

    def ahead(self, at):
        super().ahead(at)
        with write() as connection:
            waits = {"status": "attente", "next_at": at + 5 * MINUTE, "lease_until": None}
            connection.execute(update(JobRun).values(**waits))

    def right(self, at):
        set_right(at)
        super().right(at)


class RunOfTomorrow:
    """What was done for a night that has not come is done when it comes."""

    def ahead(self, at):
        with write() as connection:
            begun = job_runs.Begun(at, "heure", None)
            assert job_runs.claim(connection, Key(demo_id(), "digest", at.date()), begun, "un", at)

    def right(self, at):
        set_right(at)
        assert runs() == []


class Mail:
    """A mail written while ahead leaves at once."""

    def ahead(self, at):
        with write() as connection:
            assert outbox.add(connection, letter(at))

    def right(self, at):
        set_right(at)
        with write() as connection:
            assert outbox.claim(connection, "un", at + SOON) is not None


class MailPutBack(Mail):
    """A mail that was to be tried again an hour later leaves at once."""

    def ahead(self, at):
        with write() as connection:
            assert outbox.add(connection, letter(NOW - HOUR))
            mail = outbox.claim(connection, "un", at)
            assert outbox.put_back(connection, mail, "un", at + HOUR, "Plus tard.")


class MailHeld(Mail):
    """A mail that a process held while ahead is sent by another."""

    def ahead(self, at):
        super().ahead(at)
        with write() as connection:
            assert outbox.claim(connection, "un", at)


class LetterOfTomorrow:
    """The digest of a night that has not come was a mistake: the true one is still written."""

    def ahead(self, at):
        self.day = at.date()
        with write() as connection:
            assert outbox.add(connection, letter(at, audit_date=self.day))

    def right(self, at):
        set_right(at)
        with write() as connection:
            assert outbox.add(connection, letter(at, audit_date=self.day))


class Escalation:
    """A critical alert raised while ahead is recalled after its hour, not after the clock caught up."""

    def ahead(self, at):
        row = {"property_id": demo_id(), "kind": "diff_caisse", "audit_date": NOW.date() - DAY, "cause": "x"}
        with write() as connection:
            connection.execute(
                insert(Alert).values(**row, severity="critique", sentence="x", audience=[], raised_at=at)
            )

    def right(self, at):
        from database import alerts  # noqa: PLC0415 - beside its only use

        set_right(at)
        with read() as connection:
            assert alerts.unanswered(connection, demo_id(), at + HOUR - HOUR)


class Hotel:
    """A hotel created while ahead has its agenda today."""

    def ahead(self, at):
        created(at)

    def right(self, at):
        set_right(at)
        assert column(select(Property.created_at)) <= at


class Pulse:
    """An installation that began while ahead works today."""

    def ahead(self, at):
        with write() as connection:
            job_runs.beat(connection, "un", at)

    def right(self, at):
        set_right(at)
        assert column(select(SchedulerPulse.began_at)) <= at


class Flow:
    """An authorization begun while ahead is over, and does not open again when its day comes."""

    def ahead(self, at):
        with write() as connection:
            self.row = integrations.create_integration(connection, demo_id(), "lightspeed", NOW - DAY)
            given = {"flow_hash": "x", "flow_verifier": "y", "flow_until": at + integrations.FLOW}
            integrations.change(connection, self.row, given, NOW - DAY)

    def right(self, at):
        set_right(at)
        with read() as connection:
            kept = integrations.integration(connection, demo_id(), "lightspeed").values
        assert (kept["flow_until"], kept["flow_hash"], kept["flow_verifier"]) == (None, None, None)


class Tokens(Flow):
    """Tokens got while ahead are renewed at the next use, instead of serving until the clock catches up."""

    def ahead(self, at):
        with write() as connection:
            self.row = integrations.create_integration(connection, demo_id(), "lightspeed", at)
            integrations.change(connection, self.row, {"access_token": "x", "expires_at": at + HOUR}, at)

    def right(self, at):
        set_right(at)
        with read() as connection:
            assert integrations.integration(connection, demo_id(), "lightspeed").values["expires_at"] <= at


class Received:
    """A signed message is forgotten after its days, counted from the right clock."""

    def ahead(self, at):
        with write() as connection:
            lightspeed.receive(connection, lightspeed.Message(demo_id(), "lightspeed", "m", "x", at))

    def right(self, at):
        set_right(at)
        assert column(text("SELECT received_at FROM webhook_messages").columns(received_at=UtcDateTime)) <= at


class Seen:
    """Who had a night open while ahead is not shown there for ever."""

    def ahead(self, at):
        self.presence = Presence()
        self.presence.note(Machine(1, "Anne", 7), NOW.date(), at)

    def right(self, at):
        assert self.presence.note(Machine(1, "Bruno", 8), NOW.date(), at) == ()


KINDS = (
    *(Budget, TokenLease, Throttle, Session, Code, Sync, Run, RunWaiting, RunOfTomorrow, Mail, MailPutBack, MailHeld),
    *(LetterOfTomorrow, Escalation, Hotel, Pulse, Flow, Tokens, Received, Seen),
)


def letter(at, **more):
    row = dict.fromkeys(("key", "subject", "body_text", "body_html", "message_id", "name", "email"), "x")
    row |= {"property_id": demo_id(), "user_id": 1, "kind": "daily_digest", "audit_date": None, "alert_id": None}
    row |= {"sealed": False, "status": "en_attente", "leave_url": None, "created_at": at, "next_at": at} | more
    return outbox.NewMail(**row)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_recovers_within_a_turn_of_the_clock(app, kind):
    with app.app_context():
        for ahead in AHEAD.values():
            scenario = kind()
            scenario.ahead(NOW + ahead)
            scenario.right(NOW)
            empty()


def empty():
    """Forget what a scenario wrote, but for the hotel and its people."""
    with write() as connection:
        for name in (
            "outbox_messages",
            "alerts",
            "job_runs",
            "scheduler_pulse",
            "sync_runs",
            "webhook_messages",
            "user_sessions",
            "login_throttles",
            "integration_budgets",
            "property_integrations",
            "recovery_codes",
            "second_factors",
        ):
            connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - names of ours


def test_set_right_twice_changes_nothing_more_and_leaves_what_is_right_alone(app_sqlite):
    with app_sqlite.app_context():
        set_right()
        with write() as connection:
            outbox.add(connection, letter(NOW, next_at=NOW + 8 * HOUR))
            job_runs.beat(connection, "un", NOW)
            sessions.open_session(connection, 1, NOW)
            integrations.draw(connection, "compte", 10, NOW)
            throttles.reserve(connection, Subject("compte", "x", 1), NOW)
            assert instants.set_right(connection, NOW) == 0


@pytest.mark.parametrize("ahead", AHEAD.values(), ids=AHEAD)
@pytest.mark.parametrize("same", [True, False], ids=["le même processus", "un autre"])
def test_the_automation_sees_the_clock_go_back_and_goes_on_at_the_next_turn(app_sqlite, ahead, same):
    """Each digest of the days that follow is written once, at its hour."""
    with app_sqlite.app_context():
        created(NOW - 3 * DAY)
        at, told = [NOW - DAY], []

        def step(turn_):
            told.append((turn_.night, turn_.clock()))
            return done("Fait.")

        jobs = {"digest": Job("D", When("digest", 24 * HOUR), (Step("d", "d", step),))}
        mine = Runner(jobs, lambda: at[0])
        for moment in (NOW - DAY, NOW, NOW + ahead, NOW + ahead + MINUTE):
            at[0] = moment
            turn(mine)
        told.clear()
        runner = mine if same else Runner(jobs, lambda: at[0])
        for hours in range(48):
            at[0] = NOW + hours * HOUR
            turn(runner)
        assert told == [(NOW.date() + n * DAY, NOW + (21 + 24 * n) * HOUR) for n in (0, 1)]


def test_the_book_and_the_link_agree_on_how_long_things_last():
    assert (integrations.FLOW, integrations.POSTPONED) == (tokens.FLOW, tokens.POSTPONED)


HARMLESS = {
    "property_integrations.seeded_at": "a mark: that it is there counts, never when it was put",
    "changes.at": "sealed in the chain; the order is that of the sequence",
    "email_preferences.updated_at": "shown, decides nothing",
    "notification_config.updated_at": "shown, decides nothing",
    "alerts.acknowledged_at": "only whether it is there decides",
    "alerts.escalated_at": "only whether it is there decides",
    "alerts.resolved_at": "only whether it is there decides",
    "budgets.updated_at": "shown, decides nothing",
    "person_aliases.created_at": "shown, decides nothing",
    "second_factors.created_at": "shown; the last step is bounded in factors.accept_step",
    "recovery_codes.used_at": "only whether it is there decides",
    "month_imports.entered_at": "shown, decides nothing",
    "month_imports.undone_at": "shown, decides nothing",
    "property_settings.created_at": "shown; the date of effect decides",
    "night_revisions.at": "sealed; the number decides",
    "submissions.at": "written once; the id decides",
    "overrides.at": "written once, decides nothing",
    "night_audit_sessions.opened_at": "sealed with the night; shown",
    "night_audit_sessions.submitted_at": "sealed with the night; shown",
    "night_audit_sessions.locked_at": "sealed with the night; shown",
    "night_audit_sessions.ls_sync_timestamp": "shown, decides nothing",
    "night_audit_sessions.marsha_submitted_at": "shown, decides nothing",
    "pms_readings.read_at": "shown; the revision decides",
    "books_snapshots.taken_at": "written once; the revision decides",
    "marsha_submissions.created_at": "shown; how long it is in doubt costs one more question",
    "marsha_submissions.due_at": "shown; the night says when it may leave",
    "marsha_submissions.received_at": "shown; the state decides",
    "marsha_submissions.settled_at": "shown; that it is there decides, never when",
    "marsha_benchmarks.fetched_at": "shown; the revision decides",
    "marsha_sync_log.started_at": "shown, decides nothing",
    "marsha_sync_log.ended_at": "shown, decides nothing",
    "users.created_at": "shown, decides nothing",
    "users.last_login_at": "shown, decides nothing",
    "job_runs.due_at": "a run due later than now is forgotten (RunOfTomorrow)",
    "property_integrations.expires_at": "expired with its row (Tokens); the server refuses what is too old",
}
"""Why an instant needs nobody when the clock is set back."""


def test_every_instant_of_the_book_is_brought_back_or_said_harmless():
    columns = {
        f"{table.name}.{one.name}"
        for table in db.metadata.sorted_tables
        for one in table.columns
        if isinstance(one.type, UtcDateTime)
    }
    ruled = {rule.name for rule in instants.RULES}
    assert columns - ruled == HARMLESS.keys()
    assert not ruled & HARMLESS.keys()
    assert all(len(reason) > 10 for reason in HARMLESS.values())
