"""For each report of a synchronisation and each of its faults: what night, tab, job, alert and digest say.

The table is printed with ``-s``. Nothing but the whole of the eight reports, understood, is ever told to be complete.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from database import alerts, job_runs
from database.transaction import read, write
from tests.utils.actions.lightspeed.synchro import auditor, sync, synthetic_hotel
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from tests.utils.scheduler.clock import Clock, new_runner
from utils.actions.filling import COMPLETE, filling_of
from utils.actions.lightspeed.words import LABELS, SYNCED_TABS
from utils.actions.notifications.morning import digest_of
from utils.lightspeed import reports as r
from utils.lightspeed.figures import reports_of
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.timetable import Occurrence

NIGHT = date(2025, 12, 23)
LAST = date(2024, 12, 15)
SCHEMAS = {
    r.DailyRevenue: "DailyRevenue",
    r.RoomStatistics: "RoomStatistics",
    r.ArBalance: "Receivables",
    r.ArAging: "ArAging",
    r.CashierReport: "Cashier",
    r.CardSettlements: "CardSettlements",
    r.NoShows: "NoShows",
    r.MarketSegments: "MarketSegments",
}
EVERYWHERE = {
    "404": ("status", "404", "Lightspeed n’a pas ce rapport"),
    "404 après lecture": (
        "status",
        "404",
        "Lightspeed n’a plus ce rapport pour cette date; les chiffres de sa révision",
    ),
    "503": ("status", "503", "Lightspeed demande d’attendre."),
    "révision plus ancienne": ("older", "", "Lightspeed donne la révision 1 après la révision 2"),
    "date pas fermée": ("open", "", "Lightspeed n’a pas encore fermé cette date"),
    "moitié de caractère": ("half", "", "Réponse inattendue de Lightspeed ("),
    "clé donnée deux fois": ("twice", "", "Réponse inattendue de Lightspeed ("),
    "corps coupé": ("cut", "", "Lightspeed ne répond pas."),
    "gzip coupé": ("gzip", "", "Lightspeed ne répond pas."),
}
WORDS = {
    (r.DailyRevenue, "code"): ("set", "lines.20.code=X9", "Codes sans champ dans la nuit : X9, "),
    (r.DailyRevenue, "code de la même lettre"): ("set", "lines.17.code=361", "Codes sans champ dans la nuit : 361, "),
    (r.DailyRevenue, "service"): (
        "set",
        "lines.0.department=Rooms",
        "Lignes d’un service inconnu, revenu des chambres",
    ),
    (r.DailyRevenue, "taxe"): ("set", "taxes.0.code=tps", "Taxe inconnue : tps, "),
    (r.DailyRevenue, "marque"): ("rename", "receipts.cards.visa=Visa", "Marque de carte inconnue : Visa, "),
    (r.DailyRevenue, "mode"): ("rename", "receipts.depositsApplied=jetons", "Mode d’encaissement inconnu : jetons, "),
    (r.RoomStatistics, "classe"): ("set", "byType.0.class=Loft", "Classe de chambres inconnue : Loft, "),
    (r.ArBalance, "grand livre"): ("set", "ledgers.0.ledger=Guest", "Grand livre inconnu : Guest, "),
    (r.ArBalance, "grand livre deux fois"): ("set", "ledgers.0.ledger=city", "Grand livre donné deux fois : city, "),
    (r.CashierReport, "marque"): ("rename", "totals.cards.visa=VISA", "Marque de carte inconnue : VISA, "),
    (r.CashierReport, "mode"): ("set", "shifts.0.tenders.0.type=Cash", "Mode de paiement inconnu : Cash, "),
    (r.CardSettlements, "marque"): ("set", "settlements.0.brand=Visa", "Marque de carte inconnue : Visa, "),
    (r.CardSettlements, "provenance"): (
        *("set", "settlements.0.source=Front Desk"),
        "Provenance de lots de cartes inconnue : Front Desk, ",
    ),
    (r.CardSettlements, "en attente"): ("set", "settlements.0.status=pending", "Lots de cartes non réglés"),
    (r.MarketSegments, "groupe"): ("set", "segments.0.group=loisirs", "Groupe de segments inconnu : loisirs, "),
    (r.NoShows, "suite"): ("set", "noShows.0.disposition=due", "Suite de non-présentation inconnue : due, "),
}
BEFORE = ("404 après lecture", "révision plus ancienne")
CASES = [(kind, name, *given) for kind in LABELS for name, given in EVERYWHERE.items()]
CASES += [(kind, name, *given) for (kind, name), given in WORDS.items() if given[2]]
DAILY = {
    *((r.DailyRevenue, name) for name in ("404", "code", "taxe", "mode")),
    *((r.RoomStatistics, "404 après lecture"), (r.RoomStatistics, "clé donnée deux fois")),
    *((r.ArBalance, "moitié de caractère"), (r.ArBalance, "grand livre")),
    *((r.ArAging, "révision plus ancienne"), (r.CardSettlements, "marque")),
}
"""For every day: each fault that only a synchronisation shows, a word of each sort. The long run has them all."""

SHORT = [one for one in CASES if one[:2] in DAILY]


def told(app, runner, night):
    """What the job of 03:00, its notice of 05:00 and the digest say of a night."""
    hotel = demo_hotel().id
    for job, hour in (("synchro", 8), ("synchro_avis", 10)):
        at = datetime(night.year, night.month, night.day, hour, tzinfo=UTC) + timedelta(days=1)
        runner.clock.at = at
        with app.app_context():
            runner.perform(Occurrence(at, hotel, job, night))
    with read() as connection:
        run = job_runs.found(connection, job_runs.Key(hotel, "synchro", night))
        [alert] = [one for one in alerts.of_night(connection, hotel, night) if one.kind == "pms_sync_failed"]
        digest = digest_of(connection, hotel, night)
    return run, alert, digest


def full_again(app):
    """The rate of the account, full again: what is tried here is not how long one waits."""
    with app.app_context(), write() as connection:
        connection.execute(text("DELETE FROM integration_budgets"))


def seen(person, running, runner, case):
    """The line of the table of a case, once everything in it was proved."""
    kind, name, fault, detail, sentence = case
    app, night = person.app, date.fromisoformat(person.day)
    person.open()
    if name in BEFORE:
        running.admin("POST", f"accounts/{ACCOUNT}/revision", {"businessDate": night.isoformat()})
        assert sync(app, night).status == "complete"
    running.fault(fault, detail=detail, report=SCHEMAS[kind])
    full_again(app)
    answer = person.client.post(f"/api/lightspeed/sync/{night.isoformat()}", json={})
    assert answer.status_code == 200, answer.text
    said = answer.json
    status = person.client.get(f"/api/lightspeed/sync/status/{night.isoformat()}").json
    assert said["statut"] == status["statut"] == "partielle"
    assert float(said["completude"]) < 100
    assert sentence in said["message"]
    assert LABELS[kind] in said["message"]
    assert said["retry_in_minutes"] in (1, 5, 15)
    touched = {tab: said["onglets"][tab]["etat"] for tab in SYNCED_TABS if kind in reports_of(tab)}
    if fault in ("set", "rename"):
        assert not touched or "partiel" in touched.values()
    else:
        assert not {"synchronise", "inchange"} & set(touched.values()), touched
    night_tabs = person.whole()["lightspeed"]
    assert night_tabs["statut"] == "partielle"
    for tab, state in touched.items():
        assert night_tabs["onglets"][tab]["etat"] == ("synchronise" if state == "inchange" else state)
    with app.app_context(), read() as connection:
        filling = filling_of(connection, demo_hotel().id, night)
    assert (filling.state, filling.complete, LABELS[kind] in filling.lacks) == ("partielle", False, True)
    full_again(app)
    with app.app_context():
        run, alert, digest = told(app, runner, night)
    assert (run.status, sentence in run.message) == ("attente", True)
    assert sentence in alert.sentence
    assert digest.pms.startswith("Synchronisation incomplète.")
    assert sentence in digest.pms
    assert sentence in " ".join(digest.alerts)
    running.admin("DELETE", f"accounts/{ACCOUNT}/faults")
    return f"{LABELS[kind]} · {name} | {said['statut']} | {touched} | {run.status} | {sentence}…"


def every(app, cases, capsys):
    """Each case on a night of its own, then one that is whole."""
    with synthetic_hotel(app) as running:
        running.inside.buckets.enforced = False
        with app.app_context():
            runner = new_runner(app, JOBS, Clock(datetime(2025, 12, 24, 8, tzinfo=UTC)))
            runner.tell = tell
            runner.tick()
        anne = auditor(app, LAST.isoformat())
        days = (NIGHT - timedelta(days=back) for back in range(300))
        nights = (day.isoformat() for day in days if running.inside.hotels[ACCOUNT].report("NoShows", day)["noShows"])
        lines = [seen(anne.on(day), running, runner, case) for case, day in zip(cases, nights, strict=False)]
        assert len(lines) == len(cases)
        full_again(app)
        whole = anne.client.post(f"/api/lightspeed/sync/{LAST.isoformat()}", json={}).json
        with app.app_context(), read() as connection:
            assert filling_of(connection, demo_hotel().id, LAST).state == COMPLETE
    assert (whole["statut"], whole["completude"]) == ("complete", "100.00")
    with capsys.disabled():
        print("\n    " + "\n    ".join(lines))  # noqa: T201 - the table is read


def test_nothing_but_the_whole_is_told_to_be_complete(app_sqlite, capsys):
    assert len(SHORT) == len(DAILY)
    every(app_sqlite, SHORT, capsys)


@pytest.mark.long(reason="every report with every fault")
def test_every_report_with_every_fault(app_sqlite, capsys):
    every(app_sqlite, CASES, capsys)
    assert {(kind, name) for kind, name, *_ in CASES} >= {(kind, name) for kind in LABELS for name in EVERYWHERE}
