"""By which doors could fictitious figures reach a real hotel? Each is tried, as somebody at work would come to it."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from config.settings import Settings
from database import journal, properties, users
from database.journal import Actor, Entry
from database.transaction import migrate, read, write
from database.triggers import drop, install
from database.types import canonical
from main import create_app
from tests.applications import PASSWORD, SECRET, Browser, close, prepared
from tests.utils.actions.lightspeed.synchro import wait_for_all
from tests.utils.actions.nights import SECOND, Person, good, night, problems, rows
from tests.utils.lightspeed.conftest import ACCOUNT, simulator
from utils import dates
from utils.accounts import passwords
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.lightspeed import LightspeedSync
from utils.actions.lightspeed.messages import receive
from utils.lightspeed import storage
from utils.rj.catalogue import TABS
from utils.simulators import webhooks

NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
TONIGHT = "2026-03-12"
REAL = SECOND._replace(code="REEL", name="Hôtel réel", demo=False)
SIGNATURE = "whsec_" + "c2VjcmV0IGQnZXNzYWkgYXNzZXogbG9uZyBwb3VyIHNpZ25lcg=="


def add_real_hotel(app):
    """A real hotel in the book, and its auditor; the hotel."""
    with app.app_context(), write() as connection:
        hotel = properties.create_property(connection, REAL, Actor(None, "essai"), dates.now())
        given = ("auditeur@reel.hotel", "Auditrice", passwords.hashed(PASSWORD), dates.now())
        user = users.create_account(connection, *given, must_change_password=False)
        users.give_role(connection, user, hotel.id, "admin")
        entry = Entry("role", field=f"compte.{user}", new=canonical("admin"))
        journal.append(connection, hotel.id, Actor(None, "essai"), dates.now(), [entry])
    return hotel


def turned(app, code, demo):
    """Change the nature of a hotel behind the back of its trigger: what no way of ours can do."""
    with app.app_context(), migrate() as connection:
        drop(connection)
        connection.execute(text("UPDATE properties SET demo = :demo WHERE code = :code"), {"demo": demo, "code": code})
        install(connection)


def of_real(app):
    """What the book holds of the real hotel: nights, readings of the PMS."""
    counted = "SELECT count(*) FROM {} t JOIN properties p ON p.id = t.property_id WHERE p.code = 'REEL'"
    return [rows(app, counted.format(table))[0][0] for table in ("night_audit_sessions", "pms_readings")]


def run(app, *words):
    """A command: what it said, its exit code."""
    result = app.test_cli_runner().invoke(args=[*map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output.strip(), result.exit_code


@pytest.fixture
def place(app):
    """A book with a demonstration whose nights are closed, and a real hotel beside it."""
    with app.app_context():
        assert fill_nights(NOW, 2) == 2
    return app, add_real_hotel(app)


@pytest.fixture
def auditor(place):
    """The auditor of the real hotel before the night that follows those of the demonstration."""
    return Person(place[0], "auditeur", TONIGHT, domain="reel.hotel")


def test_a_first_real_night_carries_nothing_from_the_nights_beside_it(auditor):
    good(auditor.post(), 201)
    held = {tab: (one["values"], one["origines"]) for tab, one in auditor.whole()["tabs"].items()}
    assert (len(held), {tab: given for tab, given in held.items() if any(given)}) == (len(TABS), {})
    assert "jour_opening_balance" not in auditor.computed("jour")


def test_a_demonstration_night_is_not_there_for_people_of_a_real_hotel(auditor):
    for path in (
        night("2026-03-11"),
        night("2026-03-11", "/recap"),
        "/papiers/2026-03-11",
        "/rj/native/2026-03-11/recap",
    ):
        assert auditor.client.get(path, headers={"X-Hotel": "DEMO"}).status_code in (302, 404), path
    assert auditor.client.post(night("2026-03-13"), headers={"X-Hotel": "DEMO"}).status_code == 404


def test_a_whole_night_file_is_no_reprise_and_no_tab(place, auditor):
    """Nothing is imported from a document: only what a form asks for is read, and it is typed by somebody."""
    app, _ = place
    demo = good(Person(app, day="2026-03-11").get())
    document = {
        "audit_date": "2026-03-11",
        "source": "demo",
        "tabs": demo["tabs"],
        "next": {"jour_new_balance": "1.00"},
    }
    assert set(problems(auditor.send("PUT", "/reprise", json=document))) >= {"previous.tabs", "previous.source"}
    auditor.open()
    for values in (demo["tabs"], demo["tabs"]["recap"], {"cash_ls_lecture": {"valeur": "1.00", "genre": "lightspeed"}}):
        assert auditor.patch("recap", values).status_code == 422
    answer = auditor.send("PATCH", "/recap", json={"version": 1, "values": {}, "origines": {"cash_ls_lecture": {}}})
    assert answer.status_code == 422
    assert auditor.values("recap") == {}


def test_a_figure_of_a_reprise_is_that_of_whoever_typed_it(auditor):
    auditor.take_over(jour_new_balance="-184106.97")
    [entry] = [one for one in auditor.story() if one["action"] == "reprise"]
    assert entry["par"] == "Auditrice"
    assert "lightspeed" not in json.dumps(entry).lower()


def test_a_simulator_that_invents_its_figures_is_refused_by_a_real_hotel(place, auditor):
    app, hotel = place
    auditor.open()
    with simulator(credentials=True) as running:
        running.inside.buckets.enforced = False
        with app.app_context():
            storage.configure(hotel.id, running.connection(grant_type="client_credentials"))
            storage.client_for(hotel).authenticate()
            result = LightspeedSync(hotel.id).sync_session(date.fromisoformat(TONIGHT))
            assert (result.status, result.written) == ("echouee", 0)
            assert "démonstration" in result.message
            said(app, hotel)
    assert of_real(app) == [1, 0]
    assert auditor.values("recap") == {}


def said(app, hotel):
    """The same asked for by a signed message, with figures in it."""
    with write() as connection:
        storage.choose(connection, hotel.id, {"auto_sync": True, "webhook_secret": SIGNATURE})
    data = {"accountId": ACCOUNT, "businessDate": TONIGHT, "source": "live", "totals": {"cash": "731.09"}}
    body = json.dumps({"type": "businessdate.closed", "data": data}).encode()
    assert receive(webhooks.signed(SIGNATURE, "msg_1", int(dates.now().timestamp()), body), body) == 202
    wait_for_all()
    assert rows(app, "SELECT cause, status, written FROM sync_runs ORDER BY id DESC LIMIT 1") == [
        ("avis", "echouee", 0)
    ]


def test_nothing_of_a_page_or_of_a_command_changes_the_nature_of_a_hotel(place, auditor):
    app, hotel = place
    client = auditor.client
    given = {"code": "REEL", "nom": "Hôtel réel", "chambres": "10", "devise": "CAD", "fuseau": "America/Toronto"}
    form = {**given, "ouverture": "2025-01-01", "demo": "oui", "hotel": "REEL"}
    for path in ("/hotels", "/hotels/REEL", f"/hotels/{hotel.id}", "/parametres/chambres", "/parametres"):
        assert client.post(path, data=form).status_code >= 400, path
    for demo in ((), ("--demo",)):
        options = ("--nom", "x", "--chambres", 10, "--ouverture", "2025-01-01", *demo)
        assert run(app, "hotel", "creer", "--code", "REEL", *options) == ("Le code « REEL » est déjà pris.", 1)
    assert rows(app, "SELECT code, demo FROM properties ORDER BY code") == [("DEMO", 1), ("REEL", 0)]


def test_the_code_of_the_demonstration_is_not_for_a_real_hotel(tmp_path):
    app = installed(tmp_path / "reelle", demo=False)
    options = ("--nom", "x", "--chambres", 10, "--ouverture", "2025-01-01")
    said, code = run(app, "hotel", "creer", "--code", "DEMO", *options)
    assert (code, said) == (1, "Le code « DEMO » est celui de la démonstration : un hôtel réel en prend un autre.")
    close(app)


def test_filling_fills_no_real_hotel(place):
    app, _ = place
    turned(app, "DEMO", demo=False)
    later = datetime(2026, 3, 20, 20, tzinfo=UTC)
    with app.app_context():
        assert fill_nights(later, 5) == 0
    assert of_real(app) == [0, 0]


def installed(instance, *, demo):
    """An installation ready on its own database, real or not."""
    settings = Settings(demo=demo, secret_key=SECRET, instance_path=str(instance), log_level="WARNING")
    prepared(settings)
    app = create_app(settings)
    app.test_client_class = Browser
    return app


def test_a_demonstration_does_not_settle_in_the_book_of_a_real_installation(tmp_path):
    """`make run` aimed at the database of a real hotel: the passwords that everybody knows stay out of it."""
    app = installed(tmp_path / "reelle", demo=False)
    add_real_hotel(app)
    close(app)
    settings = Settings(demo=True, secret_key=SECRET, instance_path=str(tmp_path / "reelle"), log_level="WARNING")
    app = create_app(settings)
    told, code = run(app, "base", "preparer")
    assert (code, told) == (
        1,
        "Cette base est celle d’une vraie installation (REEL) : rien n’y est ajouté. Régler DEMO=non.",
    )
    assert run(app, "demonstration", "remplir") == ("", 0)
    assert rows(app, "SELECT email FROM users") == [("auditeur@reel.hotel",)]
    close(app)


@pytest.fixture
def backups(app_sqlite, tmp_path):
    """The backup of a demonstration, and a real installation with its hotel."""
    with app_sqlite.app_context():
        assert fill_nights(NOW, 1) == 1
    file = tmp_path / "demonstration"
    assert run(app_sqlite, "sauvegarde", "creer", file)[1] == 0
    real = installed(tmp_path / "reelle", demo=False)
    yield app_sqlite, file, real
    close(real)


@pytest.mark.parametrize("worked", [False, True], ids=["base vide", "à la place d’un livre"])
def test_the_backup_of_a_demonstration_is_not_restored_in_a_real_installation(backups, worked):
    _, file, real = backups
    if worked:
        add_real_hotel(real)
    before = rows(real, "SELECT code, demo FROM properties")
    told, code = run(real, "sauvegarde", "restaurer", file, "--remplacer")
    assert (code, told) == (1, "Cette sauvegarde ne contient que des chiffres de démonstration. Rien n’est restauré.")
    assert rows(real, "SELECT code, demo FROM properties") == before


def test_a_restoration_makes_no_demonstration_of_a_real_hotel_nor_the_reverse(backups, tmp_path):
    demonstration, _, real = backups
    add_real_hotel(demonstration)
    add_real_hotel(real)
    turned(demonstration, "REEL", demo=True)
    file = tmp_path / "maquillee"
    assert run(demonstration, "sauvegarde", "creer", file)[1] == 0
    told, code = run(real, "sauvegarde", "restaurer", file, "--remplacer")
    assert (code, told) == (
        1,
        "« REEL » est ici un hôtel réel, et dans la sauvegarde une démonstration. Rien n’est restauré.",
    )
    assert rows(real, "SELECT code, demo FROM properties") == [("REEL", 0)]
    assert run(real, "sauvegarde", "creer", tmp_path / "vraie")[1] == 0
    told, code = run(demonstration, "sauvegarde", "restaurer", tmp_path / "vraie", "--remplacer")
    assert (code, told.startswith("« REEL » est ici une démonstration")) == (1, True)


def test_a_real_book_with_a_demonstration_beside_it_comes_back(place, tmp_path):
    app, _ = place
    file = tmp_path / "livre"
    assert run(app, "sauvegarde", "creer", file)[1] == 0
    assert run(app, "sauvegarde", "restaurer", file, "--remplacer")[1] == 0
    with app.app_context(), read() as connection:
        assert {hotel.code: hotel.demo for hotel in properties.all_properties(connection)} == {
            "DEMO": True,
            "REEL": False,
        }
