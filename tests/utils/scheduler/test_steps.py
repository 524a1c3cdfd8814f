"""The steps of the jobs: what each does of what the hotel, the PMS and the book answer."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from database.models.jobs import DONE, GIVEN_UP, NEEDLESS, WAITING
from utils.actions.refusals import Conflict, NoSuchNight, NotEditable
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedConfigError
from utils.lightspeed.oauth import GrantLost
from utils.scheduler import steps
from utils.scheduler.timetable import ScheduledHotel
from utils.scheduler.work import Turn

NIGHT = date(2025, 12, 23)
THREE = datetime(2025, 12, 24, 8, tzinfo=UTC)
LATE = THREE + timedelta(hours=20)


def turn(at=THREE, person=None, **chosen):
    documents = ((date(2024, 1, 1), {"automatismes": chosen}),) if chosen else ()
    house = ScheduledHotel(1, "America/Toronto", THREE - timedelta(days=900), documents)
    return Turn(house, "synchro", NIGHT, THREE, lambda: at, person)


@pytest.fixture(autouse=True)
def context(app_sqlite):
    with app_sqlite.app_context():
        yield


@pytest.fixture
def pms(monkeypatch):
    """What synchronising a night comes to: a result, or an error."""

    def answers(outcome):
        class Sync:
            def __init__(self, *_, cause):
                causes.append(cause)

            def sync_session(self, _):
                if isinstance(outcome, Exception):
                    raise outcome
                return SimpleNamespace(final=outcome[0], message=outcome[1])

        monkeypatch.setattr(steps, "LightspeedSync", Sync)
        return causes

    causes = []
    monkeypatch.setattr(steps, "_open", lambda _: None)
    return answers


def test_a_night_that_the_pms_closed_is_filled(pms):
    pms((True, ""))
    assert steps.synchronise(turn()) == (DONE, "La nuit est remplie.", None, False)
    causes = pms((True, "8 rapports lus."))
    assert steps.synchronise(turn(person=SimpleNamespace())).message == "8 rapports lus."
    assert causes == ["automatisme", "personne"]


def test_a_date_that_is_still_open_is_asked_again_until_the_hour(pms):
    pms((False, ""))
    assert steps.synchronise(turn(synchro_minutes=7)) == (
        *(WAITING, "Lightspeed n’a pas encore fermé la date.", THREE + timedelta(minutes=7), False),
    )
    assert steps.synchronise(turn(LATE)).status == GIVEN_UP


def test_a_night_that_nobody_opens_is_said_not_to_be(pms):
    pms(NoSuchNight("Pas de nuit."))
    outcome = steps.synchronise(turn())
    assert (outcome.status, outcome.message) == (WAITING, steps.NOT_OPENED)


def test_a_night_that_is_no_longer_filled_asks_nothing(pms):
    pms(NotEditable("La nuit est verrouillée."))
    assert steps.synchronise(turn()) == (NEEDLESS, "La nuit est verrouillée.", None, False)


def test_a_synchronisation_that_goes_on_already_is_waited_for(pms):
    pms(Conflict("Déjà en cours.", more={"retry_in_minutes": 1}))
    assert steps.synchronise(turn()) == (WAITING, "Déjà en cours.", THREE + timedelta(minutes=1), False)
    pms(Conflict("Pas relié."))
    assert steps.synchronise(turn()).status == NEEDLESS


@pytest.fixture
def link(monkeypatch):
    """A connection whose renewal comes to this."""

    def answers(outcome=None, *, configured=True, connected=True):
        def refresh():
            if outcome:
                raise outcome

        client = SimpleNamespace(
            is_configured=lambda: configured, is_connected=lambda: connected, refresh_token=refresh
        )
        monkeypatch.setattr(steps, "client_of", lambda _: client)

    return answers


@pytest.mark.parametrize(
    ("outcome", "status", "said"),
    [
        (None, DONE, "renouvelée"),
        (LightspeedConfigError("Rien n’est configuré."), NEEDLESS, "configuré"),
        (LightspeedAuthError("x", "reconnecter"), GIVEN_UP, "perdue"),
        (GrantLost(), GIVEN_UP, "perdue"),
        (LightspeedAPIError("En panne.", "serveur"), WAITING, "En panne."),
    ],
)
def test_a_connection_is_renewed_in_the_evening(link, outcome, status, said):
    link(outcome)
    found = steps.keep_connection(turn())
    assert found.status == status
    assert said in found.message


def test_a_renewal_is_tried_again_for_two_hours(link):
    link(LightspeedAPIError("En panne.", "serveur"))
    assert steps.keep_connection(turn()).next_at == THREE + timedelta(minutes=30)
    assert steps.keep_connection(turn(THREE + timedelta(minutes=110))).next_at == THREE + timedelta(hours=2)
    assert steps.keep_connection(turn(THREE + timedelta(hours=2))).status == GIVEN_UP


@pytest.mark.parametrize("lacking", ["configured", "connected"])
def test_a_hotel_that_is_not_connected_has_nothing_to_renew(link, lacking):
    link(**{lacking: False})
    assert steps.keep_connection(turn()).status == NEEDLESS


def test_a_backup_says_what_it_wrote(monkeypatch):
    monkeypatch.setattr(steps.backup_book, "back_up", lambda *_: SimpleNamespace(name="rj.sauvegarde", rows=12))
    assert steps.back_up(turn()).message == "Sauvegarde écrite et relue : rj.sauvegarde, 12 lignes."


@pytest.mark.parametrize(("found", "status"), [((), DONE), (("Page 3 illisible.", "Page 4 illisible."), GIVEN_UP)])
def test_of_a_damaged_base_somebody_hears(monkeypatch, found, status):
    monkeypatch.setattr(steps.soundness, "look_for_damage", lambda: found)
    outcome = steps.look_for_damage(turn())
    assert (outcome.status, outcome.message) == (status, " ".join(found) or "La base se lit en entier.")


def test_no_backup_goes_while_a_hotel_is_under_hold(monkeypatch):
    monkeypatch.setattr(steps.backup_book, "prune", lambda *_: 3)
    monkeypatch.setattr(steps.traces, "held_hotels", lambda *_: ["DEMO", "PLZ"])
    assert "DEMO, PLZ" in steps.prune_backups(turn()).message
    monkeypatch.setattr(steps.traces, "held_hotels", lambda *_: [])
    assert steps.prune_backups(turn()).message == "Sauvegardes échues supprimées : 3."


@pytest.mark.parametrize(
    ("counts", "said"), [({}, "Rien n’est échu."), ({"a": 2, "b": 3}, "Traces échues supprimées : 5.")]
)
def test_traces_that_are_over_are_counted(monkeypatch, counts, said):
    monkeypatch.setattr(steps.traces, "purge", lambda _: counts)
    assert steps.purge(turn()).message == said
