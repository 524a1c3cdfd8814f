"""What the digest says in every state of the night; nobody is named but who prepared it."""

import shutil
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, select

from database import notifications
from database.models import OutboxMessage
from database.transaction import read, write
from tests.utils.actions.fixtures import started
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, golden_hotel, sync
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.notifications import week
from utils.actions.notifications.digest import send_digest
from utils.actions.notifications.morning import digest_of
from utils.demo.staff import SERVERS, on_duty
from utils.notifications.mails import rendered

AFTER = datetime(2026, 7, 16, 4, tzinfo=UTC)
"""The night of the 15th is the one that is worked on."""

QUIET, BATCH, OVERRIDDEN = date(2026, 7, 14), date(2026, 7, 12), date(2026, 7, 6)
"""Nights of the demonstration: nothing, a batch of a terminal that is short, a deposit that is let pass."""

LABELS = (
    *("Chambres", "Nourriture et boisson", "Total des revenus"),
    *("% louées", "Chambres louées", "Moyenne/chambre (ADR)", "REVCD (RevPAR)", "TRevPAR"),
    *("Dépôt canadien", "Débit", "Visa", "MasterCard", "Discover", "Amex, réception", "Net à la banque"),
    *("Quasimodo", "X20, variance des cartes", "Différence de caisse", "Due backs de la nuit", "Surplus ou déficit"),
)


@pytest.fixture(scope="module")
def worked(sqlite_template, tmp_path_factory):
    """The demonstration after two weeks of July."""
    instance = tmp_path_factory.mktemp("bilan")
    shutil.copy(sqlite_template, instance / "rj.db")
    for app in started(instance):
        with app.app_context():
            assert fill_nights(AFTER, 14) == 14
            yield app


def words(day):
    """The text of a digest, as it is written."""
    with read() as connection:
        shown = {"bilan": digest_of(connection, 1, day)}
    more = {"hotel": {"name": "H", "demo": True}, "adresse": "https://rj.example", "desabonnement": None}
    return rendered("bilan.txt", shown | more)


def test_a_quiet_night_says_so_and_has_every_line(worked):
    said = words(QUIET)
    assert (
        "Nuit verrouillée\nTout est en ordre.\nComplétude : 100,00\u00a0% · préparée par Auditeur de démonstration"
        in said
    )
    assert "Il n’y a pas de différence de caisse." in said
    assert "À voir" not in said
    for label in LABELS:
        assert f"\n{label} : " in said


def test_the_subject_of_a_digest_has_one_colon_at_most(worked):
    with write() as connection:
        connection.execute(delete(OutboxMessage))
    send_digest(1, QUIET, AFTER)
    with read() as connection:
        subjects = set(connection.execute(select(OutboxMessage.subject)).scalars())
    assert subjects == {"[DEMO démo] Bilan du 2026-07-14, nuit verrouillée"}


def test_a_check_out_of_its_tolerance_comes_with_the_reason_that_was_given(worked):
    said = words(BATCH)
    assert "Nuit verrouillée\nÀ voir : " in said
    assert "Tout est en ordre" not in said
    assert "Variance générale des cartes (X20) : " in said
    assert "Motif « Vente Visa de 25,85 $ absente du lot de Bar B; à reprendre avec le fournisseur. »" in said


def test_an_override_comes_with_its_reason(worked):
    said = words(OVERRIDDEN).partition("DÉROGATIONS\n")[2]
    assert "Enveloppe de 40,00 $ retrouvée au coffre, recomptée à deux; elle part avec le dépôt de demain." in said


@pytest.mark.parametrize("day", [QUIET, BATCH, OVERRIDDEN])
def test_nobody_is_named_but_who_prepared_the_night(worked, day):
    said = words(day)
    assert [name for name in (*on_duty(day), *(server[1] for server in SERVERS)) if name in said] == []


def test_the_budget_and_the_labour_where_somebody_gave_them(worked):
    known = {"updated_at": AFTER, "updated_by": None}
    month = {"span": "mois", "day": date(2026, 7, 1), "revenue": Decimal("1550000.00"), "labour_budget": None}
    paid = {"span": "jour", "day": QUIET, "revenue": None, "labour_budget": None, "labour_cost": Decimal("13000.00")}
    assert "budget" not in words(QUIET)
    with write() as connection:
        notifications.write_budget(connection, 1, known | month | {"labour_cost": None})
        notifications.write_budget(connection, 1, known | paid)
        [night] = notifications.figures_of_days(connection, 1, [QUIET])
    said, revenue = words(QUIET), night.values["total_revenue"]
    assert revenue > Decimal(50000)
    gap = f"{(revenue - 50000) / 500:.2f}".replace(".", ",")
    assert f"  budget du jour 50\u00a0000,00\u00a0$ (+{gap}\u00a0%)" in said
    assert "  budget du mois à date 700\u00a0000,00\u00a0$ (" in said
    assert "Coût de la main-d’œuvre : 13\u00a0000,00\u00a0$" in said
    assert f"Part des revenus : {13000 / revenue * 100:.2f}".replace(".", ",") in said


def test_a_night_that_nobody_opened_says_so(worked):
    said = words(QUIET + timedelta(days=20))
    assert "Nuit absente : elle n’a pas été ouverte" in said
    assert "Tout est en ordre" not in said
    assert "REVENUS\n" not in said.replace("TOTAL DES REVENUS", "")


def test_the_pms_down_and_a_night_that_is_not_submitted_are_said(app_sqlite):
    with golden_hotel(app_sqlite) as pms:
        auditor(app_sqlite)
        pms.fault("status", detail="503", times=-1)
        sync(app_sqlite)
    with app_sqlite.app_context():
        said = words(WHEN)
    assert "Chiffres préliminaires : nuit non soumise" in said
    assert "Synchronisation en échec. " in said


def test_a_week_is_held_against_last_year_only_when_all_its_nights_are_known(worked):
    days = [QUIET - timedelta(days=back) for back in range(7)]
    with read() as connection:
        rows = notifications.figures_of_days(connection, 1, days)
    every, six = week.Nights.of(days, rows), week.Nights.of(days, rows[:6])
    assert {one.beside for one in week._totals(every, six, [])} == {"—"}
    whole = week._totals(every, every, [])
    assert [one.beside for one in whole] == [one.value for one in whole]
    assert "—" not in {one.value for one in whole}


def test_a_week_with_a_night_without_food_has_no_total_of_revenue(worked):
    days = [QUIET - timedelta(days=back) for back in range(7)]
    with read() as connection:
        rows = notifications.figures_of_days(connection, 1, days)
    rows[2] = rows[2]._replace(values=rows[2].values | {"total_fb": None})
    said = {one.label: one for one in week._totals(week.Nights.of(days, rows), week.Nights.of(days, []), [])}
    for label in ("Nourriture et boisson", "Total des revenus"):
        assert said[label].value == "—"
        assert said[label].against == (f"il manque « nourriture et boisson » la nuit du {rows[2].day}",)
    assert said["Chambres"].value != "—"
    assert said["Chambres"].against == ()


def test_what_waits_for_its_papers_is_absent_and_never_zero(app_sqlite):
    """The PMS filled the night; nobody has typed a card, a drawer or an envelope yet."""
    with golden_hotel(app_sqlite):
        auditor(app_sqlite)
        sync(app_sqlite)
        with app_sqlite.app_context(), read() as connection:
            found = digest_of(connection, 1, WHEN)
    bank, balances = dict(found.bank), dict(found.balances)
    assert {bank[label] for label in ("Débit", "Visa", "MasterCard", "Discover", "Net à la banque")} == {"—"}
    assert {balances[label] for label in ("Balance du Recap", "Quasimodo", "X20, variance des cartes")} == {"—"}
    assert balances["Nouveau solde"] != "—"
