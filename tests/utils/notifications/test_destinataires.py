"""Who is told by default is who the reference names (section H of the domain); who is told what, once."""

import pytest
import time_machine

from database import notifications
from database.transaction import read
from tests.saisie import DAY, night, opened, person, rows, save
from tests.utils.actions.nights import REASON, wanted
from utils import dates
from utils.actions.notifications import escalate, report_late, send_digest
from utils.actions.notifications.desk import alerts_for
from utils.actions.notifications.watch import evaluate_alerts
from utils.dates import read_date
from utils.notifications.chosen import read_chosen
from utils.notifications.kinds import KINDS

H = """
| rj_submitted | info | gm, accounting, controller |
| rj_late | critique | gm, admin, front_desk_supervisor |
| receptionist_variance | avertissement | night_auditor, front_desk_supervisor, gm, accounting |
| quasimodo_variance | avertissement | accounting, controller, gm |
| revenue_variance | avertissement | gm, gsm |
| labour_variance | avertissement | gm, controller |
| occupation_low | avertissement | gm, gsm |
| diff_caisse | avertissement | accounting, controller |
| anomaly | info | gm, gsm, controller |
| pms_sync_failed | avertissement | night_auditor, admin |
| correction_opened | info | accounting, controller |
| daily_digest | info | gm, gsm, controller |
| weekly_summary | info | gm, gsm, controller |
"""
"""Kind, severity and recipients, copied from the table of section H."""

TABLE = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in H.strip().splitlines()]
UNBALANCED = {"jour_opening_balance": "0.00", "jour_guest_ledger": "-100.00", "jour_deposit_on_hand": "1.00"}
"""A night whose cash difference nothing explains."""


@pytest.mark.parametrize(("kind", "severity", "roles"), TABLE)
def test_who_is_told_by_default_is_who_the_reference_names(kind, severity, roles):
    assert set(KINDS[kind].roles) == set(roles.split(", "))
    assert KINDS[kind].severity == severity
    assert read_chosen({}).kinds[kind].roles == set(roles.split(", "))


def test_every_kind_is_of_the_table_but_those_of_the_automations_the_accounts_and_the_brand():
    assert set(KINDS) - {kind for kind, _, _ in TABLE} == {
        "automation",
        "securite",
        "marsha_rejected",
        "marsha_unsent",
    }


@pytest.fixture
def moving(app):
    """The demonstration and a clock that a test moves."""
    with time_machine.travel(dates.now(), tick=False) as clock:
        yield app, clock


def alerts(app, *columns):
    return [tuple(row) for row in rows(app, f"SELECT {', '.join(columns or ('kind',))} FROM alerts ORDER BY id")]  # noqa: S608


def told(app, kind):
    return {row[0].partition("@")[0] for row in rows(app, "SELECT email FROM outbox_messages WHERE kind = :k", k=kind)}


def test_a_line_is_judged_when_it_has_its_name_and_both_amounts(moving):
    """An envelope typed cell by cell: nobody is named while it is, and nothing of it stays."""
    app, _ = moving
    auditor = person(app)
    opened(auditor)
    for cell in ({"amount": "286.06"}, {"name": "Réception Aube"}, {"department": "reception"}):
        save(auditor, "sd", {"sd_entries": [{"id": "ligne-aa", **cell}]})
        assert alerts(app) == []
    save(auditor, "sd", {"sd_entries": [{"id": "ligne-aa", "verified": "286.06"}]})
    assert alerts(app) == []


def test_a_false_alarm_of_less_than_a_minute_is_erased_and_nobody_saw_it(moving):
    app, clock = moving
    auditor = person(app)
    opened(auditor)
    line = {"id": "ligne-aa", "name": "Réception Aube", "amount": "286.06", "verified": "28.06"}
    save(auditor, "sd", {"sd_entries": [line]})
    with app.app_context():
        manager = Manager(app)
        assert alerts_for(manager) == []
        clock.shift(14)
        assert alerts_for(manager) == []
        save(auditor, "sd", {"sd_entries": [{"id": "ligne-aa", "verified": "286.06"}]})
        assert alerts(app) == []
        assert rows(app, "SELECT id FROM outbox_messages") == []
        save(auditor, "sd", {"sd_entries": [{"id": "ligne-aa", "verified": "186.06"}]})
        clock.shift(16)
        assert [one.alert.kind for one in alerts_for(manager)] == ["receptionist_variance"]
        assert told(app, "receptionist_variance") == {"auditeur", "superviseur", "directeur", "comptable"}
        clock.shift(61)
        save(auditor, "sd", {"sd_entries": [{"id": "ligne-aa", "verified": "286.06"}]})
        assert [row[1] for row in alerts(app, "kind", "resolved_at")] != [None]


class Manager:
    """The manager as the page of the notifications knows them."""

    def __init__(self, app):
        [(self.user_id,)] = rows(app, "SELECT id FROM users WHERE email = 'directeur@demo.hotel'")
        self.property_id = 1

    def may(self, *actions):
        return False


def test_a_night_that_nobody_finished_is_not_judged_in_the_morning(moving):
    app, _ = moving
    auditor = person(app)
    opened(auditor)
    save(auditor, "jour", UNBALANCED)
    day = read_date(DAY)
    with app.app_context():
        assert evaluate_alerts(1, day, dates.now()) == 0
        assert send_digest(1, day, dates.now()) == 3
    assert alerts(app) == []
    body = rows(app, "SELECT body_text FROM outbox_messages WHERE kind = 'daily_digest'")[0][0]
    assert "Chiffres préliminaires : nuit non soumise (en cours)" in body
    assert "inexpliqu" not in body
    assert "CONTRÔLES HORS TOLÉRANCE" not in body
    assert "La nuit est en cours : " in body


def test_the_cash_difference_is_told_at_the_submission_and_not_again_by_mail_with_the_digest(moving):
    app, _ = moving
    auditor = person(app)
    opened(auditor)
    save(auditor, "jour", UNBALANCED)
    submit(auditor)
    assert told(app, "diff_caisse") == {"comptable", "controleur"}
    assert told(app, "rj_submitted") == {"directeur", "comptable", "controleur"}
    with app.app_context():
        assert send_digest(1, read_date(DAY), dates.now()) == 3
    assert told(app, "daily_digest") == {"directeur", "adjoint", "controleur"}
    assert told(app, "diff_caisse") == {"comptable"}
    assert len(alerts(app, "kind")) == len(set(alerts(app, "kind", "cause")))


def test_who_has_just_read_the_digest_is_not_recalled_in_the_same_minute(moving):
    app, clock = moving
    with app.app_context():
        assert report_late(1, read_date(DAY), dates.now())
        clock.shift(3600)
        assert send_digest(1, read_date(DAY), dates.now()) == 3
        assert escalate(1, dates.now()) == 1
    recalled = rows(app, "SELECT email FROM outbox_messages WHERE key LIKE '%/rappel/%'")
    assert recalled == []
    with app.app_context(), read() as connection:
        assert notifications.config(connection, 1) == {}


def submit(auditor):
    """Submit with a reason wherever one is asked."""
    demands = auditor.get(night()).json["demandes"]
    motifs = dict.fromkeys(wanted(demands), REASON)
    answer = auditor.post(night(DAY, "/soumettre"), json={"motifs": motifs})
    assert answer.status_code == 200, answer.text
