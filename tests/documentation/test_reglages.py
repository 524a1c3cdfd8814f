"""Every setting of env.example acts: an application that is given it does something else than one that is not."""

import re
import runpy
import shutil
import smtplib
from contextlib import suppress
from dataclasses import fields
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask import request
from itsdangerous import BadSignature

from config.settings import Settings
from database import envelope, integrations
from database.outbox import Mail
from database.transaction import read
from main import create_app
from routes import poste
from routes.obligations import must_have_device
from tests.applications import SECRET, Browser, close, login, prepared
from tests.documentation.exemple import FILE, env_example
from utils import dates
from utils.accounts import reset
from utils.actions.lightspeed import standing
from utils.actions.marsha import clients
from utils.actions.marsha import standing as brand_standing
from utils.actions.person import Machine
from utils.lightspeed import storage
from utils.marsha import storage as brand_storage
from utils.notifications import links, smtp
from utils.scheduler import server, steps

KEY = "une-autre-cle-d-essai-longue-connue-de-tous-les-essais"
REAL = {"DEMO": "non", "SECRET_KEY": SECRET, "LOG_LEVEL": "ERROR"}
LINK = {"LIGHTSPEED_CLIENT_ID": "rj", "LIGHTSPEED_CLIENT_SECRET": "un secret", "LIGHTSPEED_PROPERTY_ID": "H1"}
MAIL = {"MAIL_SERVER": "127.0.0.1", "MAIL_DEFAULT_SENDER": "rj@hotel.ca", "ADRESSE_PUBLIQUE": "https://rj.hotel.ca"}
NIGHT = date(2025, 12, 23)


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A book that is ready, of a demonstration and of a real installation: each observation copies one."""
    made = {}
    for demo in (True, False):
        folder = tmp_path_factory.mktemp("livre")
        prepared(Settings(demo=demo, secret_key=SECRET, instance_path=str(folder), log_level="ERROR"))
        made[demo] = folder / "rj.db"
    return made


class Place:
    """Where an observation stands: a directory of its own, and the applications made there."""

    def __init__(self, folder, monkeypatch, books):
        self.folder, self.monkeypatch, self.books, self.opened = folder, monkeypatch, books, []

    def app(self, environ, *, ready=False):
        """The application of an environment, a demonstration when nothing says otherwise; ``ready``: with its book."""
        usual = {"INSTANCE_PATH": str(self.folder), "LOG_LEVEL": "ERROR"}
        if not {"SECRET_KEY", "DEMO"} & environ.keys():
            usual |= {"DEMO": "oui", "SECRET_KEY": SECRET}
        settings = Settings.from_env(usual | environ)
        if ready:
            shutil.copy(self.books[settings.demo], self.folder / "rj.db")
        app = create_app(settings)
        app.test_client_class = Browser
        self.opened.append(app)
        return app


@pytest.fixture
def place(tmp_path, monkeypatch, books):
    """A place for each observation."""
    here = Place(tmp_path, monkeypatch, books)
    yield here
    for app in here.opened:
        close(app)
    dates.set_clock("", "UTC")


def page(path, **more):
    """What a visitor is answered: status and text."""

    def see(place, environ):
        answer = place.app(environ).test_client().get(path, **more)
        return answer.status_code, "démonstration" in answer.text.lower()

    return see


def config(name):
    """What Flask and its extensions read."""
    return lambda place, environ: place.app(environ).config[name]


def in_app(look, *, ready=False):
    """What something sees inside the application."""

    def see(place, environ):
        app = place.app(environ, ready=ready)
        with app.app_context():
            return look()

    return see


def cookie(place, environ):
    """Whether a session that the former key signed is still read."""
    app = place.app(environ)
    old = place.app({"SECRET_KEY": KEY})
    text = old.session_interface.get_signing_serializer(old).dumps({"a": 1})
    signer = app.session_interface.get_signing_serializer(app)
    return signer.loads_unsafe(text)[0]


def former(place, environ):
    """Whether a secret that the former key sealed is still read."""
    sealed = envelope.seal(envelope.sealing_keys(KEY), "ici", "secret")
    with place.app(environ).app_context(), suppress(envelope.Unreadable):
        return envelope.unseal(integrations.keys(), "ici", sealed)


def backup(place, environ):
    """The backups that a night leaves, whether the key of the installation alone opens them, what is pruned."""
    app = place.app(environ, ready=True)
    turn = SimpleNamespace(night=NIGHT, clock=dates.now)
    with app.app_context():
        steps.back_up(turn)
        turn.night += timedelta(days=20)
        steps.prune_backups(turn)
    files = sorted(place.folder.rglob("*.sauvegarde"))
    runner = place.app({"SECRET_KEY": SECRET}).test_cli_runner()
    opened = [runner.invoke(args=["sauvegarde", "verifier", str(one)]).exit_code for one in files]
    return [one.relative_to(place.folder).parts for one in files], opened


def gunicorn(name):
    """A setting of the server."""

    def see(place, environ):
        for key, value in environ.items():
            place.monkeypatch.setenv(key, value)
        return runpy.run_path("gunicorn.conf.py")[name]

    return see


def automation(place, environ):
    """Whether the server does anything by itself."""
    app = place.app(environ, ready=True)
    server.start(app)
    began = server.EXTENSION in app.extensions
    server.stop(app)
    return began


def caller(place, environ):
    """Who is taken for the one who asks, behind a proxy."""
    app = place.app(environ)
    seen = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "192.0.2.7"})
    return seen


def idle(place, environ):
    """Whether a session lasts after an hour and a half of nothing."""
    app = place.app(environ, ready=True)
    client = app.test_client()
    login(client, "auditeur@demo.hotel")
    later = dates.now() + timedelta(minutes=90)
    place.monkeypatch.setattr(dates, "now", lambda: later)
    status = client.get("/api/moi").status_code
    place.monkeypatch.undo()
    return status


def lock(place, environ):
    """After how many minutes the page of a person locks itself."""
    client = place.app(environ, ready=True).test_client()
    login(client, "auditeur@demo.hotel")
    return re.search(r'data-veille="(\d+)"', client.get("/").text)[1]


def obliged(place, environ):
    """Whether a director must have a second factor."""
    with place.app(REAL | environ).app_context():
        return must_have_device(SimpleNamespace(role="gm"))


def body(place, environ):
    """What happens to a body of three thousand bytes."""
    data = {"email": "x" * 3000}
    return place.app(environ, ready=True).test_client().post("/connexion", data=data).status_code


def clock(place, environ):
    """The minute of the clock."""
    place.app(environ)
    return f"{dates.local(dates.now(), 'America/Toronto'):%H:%M}" == "02:59"


def seeded(place, environ):
    """What the first real hotel received, and what was said."""
    app = place.app(REAL | LINK | environ, ready=True)
    words = ["hotel", "creer", "--code", "LAVAL", "--nom", "H", "--chambres", "9", "--ouverture", "2025-01-01"]
    said = app.test_cli_runner().invoke(args=words).output
    with app.app_context(), read() as database:
        kept = storage.PropertyStore(1).load() if storage.is_marked(database, 1) else None
    link = kept and kept.connection
    return link and (
        link.base_url,
        link.issuer,
        link.redirect_uri,
        link.account,
        link.client_id,
        link.client_secret,
    ), said


def mailed(place, environ):
    """How the way out of the mails speaks to its server."""
    told = []

    class Server:
        def __init__(self, host="", port=0, **_):
            told.append((host, port))

        def __getattr__(self, name):
            return lambda *given, **_: told.append((name, given[:2] if name in ("login", "sendmail") else ()))

    place.monkeypatch.setattr(smtplib, "SMTP", Server)
    with place.app(REAL | MAIL | environ).app_context(), smtp.opened() as connection:
        mail = {"email": "a@b.ca", "name": "A", "subject": "s", "body_text": "t", "body_html": "h", "leave_url": None}
        mail |= {"message_id": "<1@x>", "created_at": dates.now()}
        smtp.deliver(connection, Mail(**dict.fromkeys(Mail._fields) | mail))
    return told


def brand(place, environ):
    """Where a hotel would be connected to MARSHA, and how."""
    with place.app(REAL | {"MARSHA_BASE_URL": "https://marsha.ca"} | environ).app_context():
        here = clients.installation()
        told = {"account": "YULRJ", "client_id": "rj", "client_secret": "un secret"}
        link = brand_storage.installed(
            here.base_url, here.auth_url, redirect_uri=here.redirect_uri, grant_type=here.grant, **told
        )
        return link.base_url, link.token_url, link.redirect_uri, link.grant_type


MARSHA = in_app(lambda: brand_standing.connection_standing(Machine(1))["message"], ready=True)
LIGHTSPEED = in_app(lambda: standing.connection_standing(Machine(1))["message"], ready=True)
OBSERVED = {
    "demo": ({"SECRET_KEY": SECRET, "DEMO": "non"}, {"SECRET_KEY": SECRET, "DEMO": "oui"}, page("/connexion")),
    "secret_key": ({"SECRET_KEY": SECRET}, {"SECRET_KEY": KEY}, cookie),
    "secret_key_fallbacks": ({"SECRET_KEY": SECRET}, {"SECRET_KEY": SECRET, "SECRET_KEY_FALLBACKS": KEY}, former),
    "sauvegarde_cle": ({"SECRET_KEY": SECRET}, {"SECRET_KEY": SECRET, "SAUVEGARDE_CLE": KEY}, backup),
    "sauvegarde_dossier": ({}, {"SAUVEGARDE_DOSSIER": "ailleurs"}, backup),
    "sauvegarde_jours": ({}, {"SAUVEGARDE_JOURS": "2"}, backup),
    "automatismes": ({}, {"AUTOMATISMES": "non"}, automation),
    "horloge": ({}, {"HORLOGE": "02:59"}, clock),
    "metriques_jeton": ({}, {"METRIQUES_JETON": KEY}, page("/metrics")),
    "database_url": ({}, {"DATABASE_URL": "sqlite:////tmp/ailleurs.db"}, config("SQLALCHEMY_DATABASE_URI")),
    "host": ({}, {"HOST": "127.0.0.9"}, gunicorn("bind")),
    "port": ({}, {"PORT": "5999"}, gunicorn("bind")),
    "adresse_publique": ({}, {"ADRESSE_PUBLIQUE": "https://rj.ca"}, in_app(lambda: links.reset_url("x"))),
    "hotes": ({}, {"HOTES": "rj.hotel.ca"}, page("/aide")),
    "contact_securite": ({}, {"CONTACT_SECURITE": "mailto:a@b.ca"}, page("/.well-known/security.txt")),
    "trusted_proxies": ({}, {"TRUSTED_PROXIES": "1"}, caller),
    "session_hours": ({}, {"SESSION_HOURS": "1"}, idle),
    "idle_minutes": ({}, {"IDLE_MINUTES": "60"}, idle),
    "verrou_minutes": ({}, {"VERROU_MINUTES": "7"}, lock),
    "second_facteur": ({}, {"SECOND_FACTEUR": "non"}, obliged),
    "max_body_bytes": ({}, {"MAX_BODY_BYTES": "1000"}, body),
    "log_level": ({"LOG_LEVEL": "INFO"}, {"LOG_LEVEL": "ERROR"}, gunicorn("logconfig_dict")),
    "flask_debug": ({}, {"FLASK_DEBUG": "oui"}, config("DEBUG")),
    "marsha_enabled": ({}, {"MARSHA_ENABLED": "non"}, MARSHA),
    "marsha_base_url": ({}, {"MARSHA_BASE_URL": "https://autre.ca"}, brand),
    "marsha_auth_url": ({}, {"MARSHA_AUTH_URL": "https://entree.ca"}, brand),
    "marsha_redirect_uri": ({}, {"MARSHA_REDIRECT_URI": "https://rj.ca/retour"}, brand),
    "marsha_grant": ({}, {"MARSHA_GRANT": "code"}, brand),
    "lightspeed_enabled": ({}, {"LIGHTSPEED_ENABLED": "non"}, LIGHTSPEED),
    "lightspeed_base_url": ({}, {"LIGHTSPEED_BASE_URL": "https://pms.ca"}, seeded),
    "lightspeed_auth_url": ({}, {"LIGHTSPEED_AUTH_URL": "https://entree.ca"}, seeded),
    "lightspeed_redirect_uri": ({}, {"LIGHTSPEED_REDIRECT_URI": "https://rj.ca/retour"}, seeded),
    "lightspeed_client_id": ({}, {"LIGHTSPEED_CLIENT_ID": "autre"}, seeded),
    "lightspeed_client_secret": ({}, {"LIGHTSPEED_CLIENT_SECRET": "autre"}, seeded),
    "lightspeed_property_id": ({}, {"LIGHTSPEED_PROPERTY_ID": "H2"}, seeded),
    "lightspeed_grant": ({}, {"LIGHTSPEED_GRANT": "client", "LIGHTSPEED_BASE_URL": "http://127.0.0.1:9"}, seeded),
    "mail_server": ({}, {"MAIL_SERVER": "127.0.0.2"}, mailed),
    "mail_port": ({}, {"MAIL_PORT": "2525"}, mailed),
    "mail_use_tls": ({}, {"MAIL_USE_TLS": "non"}, mailed),
    "mail_username": ({"MAIL_PASSWORD": "p"}, {"MAIL_PASSWORD": "p", "MAIL_USERNAME": "moi"}, mailed),
    "mail_password": ({"MAIL_USERNAME": "moi"}, {"MAIL_USERNAME": "moi", "MAIL_PASSWORD": "p"}, mailed),
    "mail_default_sender": ({}, {"MAIL_DEFAULT_SENDER": "autre@hotel.ca"}, mailed),
}
"""Of each setting: an environment without it, one with it, and what is looked at."""


def test_env_example_is_what_the_table_says():
    assert FILE.read_text(encoding="utf-8") == env_example(), "« make reglages » le récrit"


def test_every_default_of_env_example_reads_back_as_itself():
    lines = [line[2:] for line in env_example().splitlines() if line.startswith("# ") and "=" in line.split(" ")[1]]
    assert Settings.from_env(dict(line.split("=", 1) for line in lines)) == Settings()


def test_no_setting_is_without_its_observation():
    assert OBSERVED.keys() | {"instance_path"} == {one.name for one in fields(Settings)}


@pytest.mark.parametrize("name", OBSERVED)
def test_a_setting_acts(name, place, tmp_path):
    before, after, look = OBSERVED[name]
    seen = []
    for number, environ in enumerate((before, after)):
        place.folder = tmp_path / str(number)
        place.folder.mkdir()
        seen.append(look(place, environ))
    assert seen[0] != seen[1], seen


def test_the_folder_of_the_data_is_the_one_that_is_asked_for(place, tmp_path):
    given = Settings.from_env({"DEMO": "oui", "SECRET_KEY": SECRET, "INSTANCE_PATH": str(tmp_path / "ailleurs")})
    prepared(given)
    assert (tmp_path / "ailleurs" / "rj.db").exists()


def test_a_former_key_signs_neither_cookie_nor_link(place):
    """Whoever holds a key that leaked makes no session, no known browser, no link."""
    now = {"SECRET_KEY": SECRET, "SECRET_KEY_FALLBACKS": KEY}
    assert not cookie(place, now)
    for serializer in (links._serializer, reset._serializer, poste._serializer):
        with place.app({"SECRET_KEY": KEY}).app_context():
            signed = serializer().dumps([1, 1, "resume"])
        with place.app(now).app_context(), pytest.raises(BadSignature):
            serializer().loads(signed)
