"""The settings LIGHTSPEED_* give the first real hotel its connection, once; a hotel connected by them alone syncs."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from config.settings import Settings
from database import setup
from database.transaction import read
from main import create_app
from tests.applications import SECRET as KEY
from tests.applications import Browser, close, login
from tests.utils.lightspeed.conftest import ACCOUNT, RETURN, SECRET, consent, simulator
from utils import dates
from utils.actions.lightspeed import LightspeedSync, connection, standing
from utils.actions.lightspeed.seed import seed_at_start
from utils.actions.open_night import open_night
from utils.actions.person import Machine
from utils.lightspeed import storage
from utils.simulators.nights import read_folder

NIGHTS = Path("tests/fixtures/nuits")
HOTEL = ["hotel", "creer", "--code", "LAVAL", "--nom", "Hôtel", "--chambres", "252", "--ouverture", "2024-12-01"]
DAY = date(2025, 12, 23)


@pytest.fixture
def installation(tmp_path):
    """Make the application of an environment; each call is a start anew on the same book."""
    opened = []

    def start(**environ):
        given = {"DEMO": "non", "SECRET_KEY": KEY, "INSTANCE_PATH": str(tmp_path), "LOG_LEVEL": "WARNING"}
        given |= {"SECOND_FACTEUR": "non"} | environ
        app = create_app(Settings.from_env(given))
        app.test_client_class = Browser
        opened.append(app)
        return app

    storage._budgets.clear()
    yield start
    for app in opened:
        close(app)


def environment(running, **changed):
    """What the owner puts in the environment."""
    given = {
        "LIGHTSPEED_BASE_URL": running.address,
        "LIGHTSPEED_REDIRECT_URI": RETURN,
        "LIGHTSPEED_CLIENT_ID": "rj",
        "LIGHTSPEED_CLIENT_SECRET": SECRET,
        "LIGHTSPEED_PROPERTY_ID": ACCOUNT,
    }
    return given | changed


def run(app, *words, given=None):
    """Run a command; what it said."""
    result = app.test_cli_runner().invoke(args=words, input=given)
    assert result.exit_code == 0, result.output
    return result.output


def links(app):
    """What is kept of the connections: account, client, whether there is a secret, whether they are marked."""
    query = "SELECT account, client_id, sealed_client_secret, seeded_at FROM property_integrations"
    with app.app_context(), read() as database:
        return [(a, c, bool(s), bool(m)) for a, c, s, m in database.execute(text(query))]


def prepared(app):
    """A book with its first real hotel; what creating it said."""
    run(app, "base", "preparer")
    return run(app, *HOTEL)


def test_a_hotel_connected_by_the_environment_alone_is_synced(installation):
    with simulator({ACCOUNT: read_folder(NIGHTS)}, credentials=True) as running:
        app = installation(**environment(running, LIGHTSPEED_GRANT="client"))
        assert "attendent le premier hôtel réel" in run(app, "base", "preparer")
        said = run(app, *HOTEL)
        assert "LAVAL a reçu la liaison des réglages LIGHTSPEED_*" in said
        assert f"Relié : Hôtel des fichiers de nuit, compte {ACCOUNT}." in said
        assert SECRET not in said
        with app.app_context():
            assert standing.connection_standing(Machine(1))["connected"]
            open_night(Machine(1), DAY, dates.now())
            assert LightspeedSync(1).sync_session(DAY).written > 0
            with read() as database:
                journal = [new for (new,) in database.execute(text("SELECT new FROM changes WHERE action = 'liaison'"))]
        assert json.loads(journal[0])["account"] == ACCOUNT
        assert SECRET not in "".join(journal)


def test_by_the_code_a_person_has_only_to_consent(installation):
    with simulator() as running:
        app = installation(**environment(running))
        assert "Il reste à autoriser l’accès" in prepared(app)
        with app.app_context():
            answer = connection.authorize(Machine(1), "seance")
            connection.come_back(Machine(1), consent(answer["auth_url"]), "seance")
            assert standing.connection_standing(Machine(1))["connected"]


@pytest.mark.parametrize("how", ["cut", "emptied"])
def test_what_was_forgotten_is_not_given_again(installation, how):
    with simulator(credentials=True) as running:
        settings = environment(running, LIGHTSPEED_GRANT="client")
        app = installation(**settings)
        prepared(app)
        with app.app_context():
            if how == "cut":
                assert connection.disconnect(Machine(1))
            else:
                connection.configure(Machine(1), {"account": "", "client_id": ""})
        assert links(app) == [("", "", False, True)]
        again = installation(**settings)
        assert "ne servent plus, la page Lightspeed de LAVAL gouverne" in run(again, "base", "preparer")
        assert "ne servent plus" in seed_at_start(again)
        assert links(again) == [("", "", False, True)]


def test_a_hotel_that_is_there_already_is_connected_at_the_start(installation):
    with simulator() as running:
        prepared(installation())
        app = installation(**environment(running))
        assert "LAVAL a reçu la liaison" in seed_at_start(app)
        assert links(app) == [(ACCOUNT, "rj", True, True)]


def test_a_book_that_is_not_prepared_does_not_stop_the_server(installation):
    with simulator() as running:
        assert seed_at_start(installation(**environment(running))) is None


def test_what_people_configured_is_kept(installation):
    with simulator() as running:
        app = installation(LIGHTSPEED_BASE_URL=running.address)
        prepared(app)
        with app.app_context():
            mine = {"account": "AUTRE", "client_id": "moi", "client_secret": "x"}
            connection.configure(Machine(1), mine)
        assert "ne servent plus" in seed_at_start(installation(**environment(running)))
        assert links(app) == [("AUTRE", "moi", True, True)]


def test_a_second_hotel_receives_nothing(installation):
    with simulator() as running:
        app = installation(**environment(running))
        prepared(app)
        run(app, *["GATINEAU" if word == "LAVAL" else word for word in HOTEL])
        assert links(app) == [(ACCOUNT, "rj", True, True)]


def test_a_pms_that_refuses_is_asked_again_by_the_first_synchronisation(installation):
    with simulator({ACCOUNT: read_folder(NIGHTS)}, credentials=True) as running:
        app = installation(**environment(running, LIGHTSPEED_GRANT="client"))
        run(app, "base", "preparer")
        running.admin("POST", "authority", {"scope": "-pms.reports.read"})
        assert "Pas encore relié : Lightspeed n’a pas accordé la lecture des rapports." in run(app, *HOTEL)
        running.admin("POST", "authority", {"scope": ""})
        with app.app_context():
            assert not standing.connection_standing(Machine(1))["connected"]
            open_night(Machine(1), DAY, dates.now())
            assert LightspeedSync(1).sync_session(DAY).written > 0
            assert standing.connection_standing(Machine(1))["connected"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"LIGHTSPEED_CLIENT_ID": ""}, "LIGHTSPEED_CLIENT_ID manque;"),
        (
            {"LIGHTSPEED_CLIENT_SECRET": "", "LIGHTSPEED_PROPERTY_ID": ""},
            "LIGHTSPEED_CLIENT_SECRET et LIGHTSPEED_PROPERTY_ID manquent;",
        ),
        ({"LIGHTSPEED_PROPERTY_ID": "deux mots"}, "L’identifiant du compte n’a que des lettres"),
    ],
)
def test_half_the_settings_is_said_and_connects_nobody(installation, given, said):
    with simulator() as running:
        app = installation(**environment(running, **given))
        assert said in run(app, "base", "preparer")
        assert said in run(app, *HOTEL)
        assert said in seed_at_start(app)
        assert links(app) == []


def test_in_a_demonstration_they_are_ignored_and_it_is_said(installation):
    with simulator() as running:
        app = installation(**environment(running, DEMO="oui"))
        assert "sont sans effet en démonstration" in run(app, "base", "preparer")
        assert "sont sans effet en démonstration" in seed_at_start(app)
        client = app.test_client()
        login(client, "admin@demo.hotel", setup.DEMO_PASSWORD)
        assert "sont sans effet en démonstration" in client.get("/lightspeed/").text
        assert links(app) == []
