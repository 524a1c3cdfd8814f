"""What outlives its time goes, the book never, and nothing at all of a hotel under legal hold."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text

from database import outbox, properties
from database.models import Alert, JobRun, LoginThrottle, SyncRun, WebhookMessage
from database.transaction import read, write
from tests.utils.notifications.mails import mail
from utils import dates
from utils.actions import backup_book

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


def traces(property_id, at):
    """A trace of each kind, of a hotel, as old as this."""
    run = {"property_id": property_id, "job": "synchro", "business_date": at.date(), "due_at": at, "status": "faite"}
    run |= {"cause": "heure", "attempts": 1, "steps": {}, "started_at": at, "duration_ms": 1}
    sync = {"property_id": property_id, "audit_date": at.date(), "cause": "automatisme", "status": "complete"}
    sync |= {"started_at": at, "requests": 1, "duration_ms": 1, "written": 0, "beside": 0, "reports": {}, "tabs": {}}
    message = {"property_id": property_id, "provider": "lightspeed", "message_id": f"m{at}", "kind": "k"}
    with write() as connection:
        connection.execute(insert(JobRun).values(**run))
        connection.execute(insert(SyncRun).values(**sync))
        connection.execute(insert(WebhookMessage).values(**message, received_at=at))
        subject = {"subject": f"{at.timestamp()}", "failures": 1, "last_at": at}
        connection.execute(insert(LoginThrottle).values(**subject))
        alert = {"property_id": property_id, "kind": "rj_late", "audit_date": at.date(), "cause": "retard"}
        alert |= {"severity": "critique", "sentence": "s", "audience": [], "raised_at": at}
        connection.execute(insert(Alert).values(**alert))
        outbox.add(connection, mail(property_id, f"{at}", at, status="envoye"))


def count(table):
    with read() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608


TRACES = ("job_runs", "sync_runs", "webhook_messages", "login_throttles", "alerts", "outbox_messages")


def hotel():
    with read() as connection:
        return properties.property_by_code(connection, "DEMO").id


def run(app, *words):
    answer = app.test_cli_runner().invoke(args=["retention", *words])
    return answer.exit_code, answer.output


def test_what_is_over_goes_and_what_is_not_stays(app):
    now = dates.now()
    traces(hotel(), now - 500 * DAY)
    traces(hotel(), now)
    before = count("changes")
    code, said = run(app, "montrer")
    assert (code, "Journal des synchronisations : 400 jours; échues : 1" in said) == (0, True), said
    assert [count(table) for table in TRACES] == [2] * 6
    code, said = run(app, "purger")
    assert (code, "Traces supprimées : 6." in said) == (0, True), said
    assert [count(table) for table in TRACES] == [1] * 6
    assert count("changes") == before
    assert "Traces supprimées : 0." in run(app, "purger")[1]


def test_a_legal_hold_suspends_every_deletion_and_is_in_the_journal(app):
    traces(hotel(), dates.now() - 500 * DAY)
    code, said = run(app, "geler", "--hotel", "DEMO", "--motif", "Litige 2026-04")
    assert (code, said) == (0, "La conservation de DEMO est gelée.\n")
    assert "Traces supprimées : 0." in run(app, "purger")[1]
    assert [count(table) for table in TRACES] == [1] * 6
    assert "Conservation gelée : DEMO." in run(app, "montrer")[1]
    with read() as connection:
        rows = connection.execute(text("SELECT field, new FROM changes WHERE field LIKE 'conservation%'")).all()
    assert ("conservation.motif", '"Litige 2026-04"') in [tuple(row) for row in rows]
    assert run(app, "liberer", "--hotel", "DEMO", "--motif", "Litige réglé en cour")[0] == 0
    assert "Traces supprimées : 6." in run(app, "purger")[1]


def test_a_mail_that_waits_stays_however_old(app):
    with write() as connection:
        outbox.add(connection, mail(hotel(), "x", dates.now() - 500 * DAY))
    assert "Traces supprimées : 0." in run(app, "purger")[1]
    assert count("outbox_messages") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--hotel", "LUNE", "--motif", "x"), "Aucun hôtel n’a le code « LUNE »."),
        (("--hotel", "DEMO", "--motif", "  "), "Il faut un motif d’au plus 200 caractères, sur une rangée."),
        (
            ("--hotel", "DEMO", "--motif", "Réglé"),
            "Motif du gel ou de sa fin : il faut dix caractères et deux mots au moins.",
        ),
        (("--hotel", "DEMO", "--motif", "x" * 201), "Il faut un motif d’au plus 200 caractères, sur une rangée."),
    ],
)
def test_a_hold_needs_a_hotel_and_a_reason(app, words, sentence):
    assert run(app, "geler", *words) == (1, f"{sentence}\n")


def test_old_backups_go_and_other_files_stay(tmp_path, app):
    night = date(2026, 3, 31)
    names = [f"rj-{night - n * DAY}.sauvegarde" for n in (0, 30, 31, 90)] + ["rj-notes.sauvegarde", "autre.txt"]
    folder = tmp_path / "dossier"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("x", encoding="ascii")
    assert backup_book.prune(folder, night, 30) == 2
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names[:2], *names[4:]])
    assert [path.name for path in backup_book.kept(folder)] == names[:2]


def test_a_written_backup_is_read_again(tmp_path, app):
    written = backup_book.back_up(tmp_path / "dossier", date(2026, 3, 31), app.config["SETTINGS"])
    assert (written.name, written.rows > 10, len(written.digest)) == ("rj-2026-03-31.sauvegarde", True, 64)
    assert (tmp_path / "dossier").stat().st_mode & 0o077 == 0
    assert (tmp_path / "dossier" / written.name).stat().st_mode & 0o077 == 0
