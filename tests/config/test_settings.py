"""The settings: read from the environment, tied to env.example, refused when unsafe."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.settings import Settings, SettingsError, kept_secret

KEY = "kJ8-une-cle-de-signature-assez-longue-0123456789"
PRODUCTION = {"SECRET_KEY": KEY, "DATABASE_URL": "postgresql://rj@base/rj"}
MAIL = {
    "MAIL_SERVER": "smtp.sendgrid.net",
    "MAIL_DEFAULT_SENDER": "rj@hotel.ca",
    "ADRESSE_PUBLIQUE": "https://rj.hotel.ca",
}


def refusal(environ):
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    return str(caught.value)


def test_nothing_configured_is_a_demonstration():
    assert Settings.from_env({}) == Settings(demo=True)


@pytest.mark.parametrize("text", ["2026-11-30 07:58:30", "25:00", "2:59", "2026-02-30 02:59", "demain"])
def test_an_hour_that_is_none_is_refused_with_the_other_settings(text):
    """The server reads them before it has any worker: it says it once and stops."""
    said = refusal({"HORLOGE": text, "PORT": "0"})
    assert said.count("\n") == 2
    assert "\n- HORLOGE : " in said


@pytest.mark.parametrize("text", ["02:59", "2026-11-30 07:58"])
def test_an_hour_of_the_clock_is_kept(text):
    assert Settings.from_env({"HORLOGE": text}).horloge == text


def test_a_sqlite_file_elsewhere_is_still_a_demonstration():
    assert Settings.from_env({"DATABASE_URL": "sqlite:////srv/rj.db"}).demo


@pytest.mark.parametrize("name", ["MAIL_SERVER", "LIGHTSPEED_CLIENT_SECRET"])
def test_a_real_installation_without_key_is_refused(name):
    assert "SECRET_KEY manque" in refusal({name: "smtp.hotel.ca"})


def test_a_demonstration_can_be_asked_for_on_postgresql():
    assert Settings.from_env({"DATABASE_URL": "postgresql://rj@base/rj", "DEMO": "oui"}).demo


def test_production_is_accepted_when_safe():
    settings = Settings.from_env(PRODUCTION)
    assert not settings.demo
    assert settings.with_secret_key() is settings


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"SECRET_KEY": "courte"}, "SECRET_KEY est trop courte"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY est trop courte ou trop simple"),
        ({"SECRET_KEY_FALLBACKS": f"{KEY}, courte"}, "SECRET_KEY_FALLBACKS est trop courte"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG=oui"),
        (
            {"LIGHTSPEED_BASE_URL": "http://api.lsk.lightspeed.app"},
            "LIGHTSPEED_BASE_URL doit commencer par « https:// »",
        ),
        ({"ADRESSE_PUBLIQUE": "http://rj.hotel.ca"}, "ADRESSE_PUBLIQUE doit commencer par « https:// »"),
        (MAIL | {"MAIL_USERNAME": "rj", "MAIL_USE_TLS": "non"}, "MAIL_USE_TLS=non enverrait le mot de passe"),
        (MAIL | {"MAIL_USE_TLS": "non"}, "MAIL_USE_TLS=non enverrait le mot de passe et les liens en clair"),
        (MAIL | {"ADRESSE_PUBLIQUE": ""}, "ADRESSE_PUBLIQUE manque"),
        (MAIL | {"MAIL_DEFAULT_SENDER": ""}, "MAIL_DEFAULT_SENDER manque"),
    ],
)
def test_production_refuses_what_is_unsafe(environ, sentence):
    assert sentence in refusal(PRODUCTION | environ)


def test_production_sends_mail_once_it_says_from_whom_and_where():
    assert Settings.from_env(PRODUCTION | MAIL).mail_server == "smtp.sendgrid.net"


def test_production_may_speak_in_clear_to_its_own_machine():
    assert Settings.from_env(PRODUCTION | {"LIGHTSPEED_BASE_URL": "http://127.0.0.1:9000"})


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PORT": "http"}, "PORT : « http » n’est pas un nombre entier."),
        ({"PORT": "٥٠٠٠"}, "PORT : « ٥٠٠٠ » n’est pas un nombre entier."),
        ({"PORT": "70000"}, "PORT : « 70000 » n’est pas accepté; valeurs possibles : de 1 à 65535."),
        ({"DEMO": "peut-être"}, "DEMO : « peut-être » n’est ni « oui » ni « non »."),
        ({"LOG_LEVEL": "BAVARD"}, "valeurs possibles : DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ],
)
def test_a_value_that_cannot_be_read_is_named(environ, sentence):
    assert sentence in refusal(environ)


def test_every_reason_is_given_at_once():
    assert refusal({"PORT": "x", "DEMO": "non"}).count("\n- ") == 2


def test_words_and_booleans_are_read_as_people_write_them():
    settings = Settings.from_env({"SECRET_KEY_FALLBACKS": " a , ,b", "MAIL_USE_TLS": "Off", "DEMO": "TRUE"})
    assert settings.secret_key_fallbacks == ("a", "b")
    assert not settings.mail_use_tls
    assert settings.demo


def test_secrets_do_not_show_in_a_trace():
    assert KEY not in repr(Settings(secret_key=KEY))


@pytest.mark.parametrize(
    ("given", "uri"),
    [
        ("postgres://rj@base/rj", "postgresql://rj@base/rj"),
        ("postgresql://rj@base/rj", "postgresql://rj@base/rj"),
        ("sqlite:////srv/rj.db", "sqlite:////srv/rj.db"),
    ],
)
def test_the_database_address_is_what_the_driver_reads(given, uri):
    assert Settings(database_url=given).database_uri == uri


def test_without_address_the_database_lies_with_the_data(tmp_path):
    assert Settings(instance_path=str(tmp_path)).database_uri == f"sqlite:///{tmp_path}/rj.db"


def test_the_demonstration_keeps_its_own_key(tmp_path):
    settings = Settings(instance_path=str(tmp_path / "instance"))
    key = settings.with_secret_key().secret_key
    assert len(key) == 64
    assert settings.with_secret_key().secret_key == key
    assert stat.S_IMODE((tmp_path / "instance" / "cle_secrete").stat().st_mode) == 0o600


def test_several_processes_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_secret(tmp_path / "cle"), range(40)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["cle"]
