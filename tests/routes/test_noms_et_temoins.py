"""Under which names the application answers, how its cookies are bound to it, where to tell of a flaw."""

import pytest

from config.settings import Settings
from main import create_app
from tests.applications import SECRET, close

FRENCH = "L’application ne répond pas sous ce nom."


@pytest.fixture
def made(tmp_path):
    """Applications of these settings, closed in the end."""
    opened = []

    def make(**given):
        settings = {"demo": False, "secret_key": SECRET, "instance_path": str(tmp_path), "log_level": "ERROR"}
        opened.append(create_app(Settings(**settings | given)))
        assert opened[-1].test_cli_runner().invoke(args=["base", "preparer"]).exit_code == 0
        return opened[-1].test_client()

    yield make
    for client in opened:
        close(client)


def names(answer):
    """The cookies of an answer, by name."""
    return {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


@pytest.mark.parametrize(("demo", "address"), [(False, "https://localhost"), (True, "https://localhost")])
def test_a_secure_cookie_is_bound_to_its_host(made, demo, address):
    client = made(demo=demo)
    cookies = names(client.get("/connexion", base_url=address))
    assert list(cookies) == ["__Host-rj_session"]
    said = cookies["__Host-rj_session"]
    assert "; Secure" in said
    assert "; Path=/" in said
    assert "SameSite=Lax" in said
    assert "Domain" not in said
    assert not names(client.get("/connexion", base_url=address)), "it was read back under its name"


def test_on_plain_http_a_demonstration_has_the_plain_name(made):
    cookies = names(made(demo=True).get("/connexion"))
    assert list(cookies) == ["rj_session"]
    assert "Secure" not in cookies["rj_session"]


def test_the_known_browser_is_bound_too(made):
    client = made(demo=True)
    token = client.get("/connexion", base_url="https://localhost").text.split('name="csrf-token" content="')[1]
    form = {"email": "auditeur@demo.hotel", "password": "demo-RJ-2026", "csrf_token": token.partition('"')[0]}
    headers = {"Referer": "https://localhost/connexion"}
    answer = client.post("/connexion", data=form, base_url="https://localhost", headers=headers)
    assert answer.status_code == 303, answer.text
    assert set(names(answer)) == {"__Host-rj_session", "__Host-rj_poste"}


def test_a_cookie_of_the_plain_name_opens_nothing_where_they_are_secure(made):
    client = made()
    client.get("/connexion", base_url="https://localhost")
    kept = client.get_cookie("__Host-rj_session").value
    other = client.application.test_client()
    other.set_cookie("rj_session", kept)
    assert "__Host-rj_session" in names(other.get("/connexion", base_url="https://localhost"))


@pytest.mark.parametrize("host", ["mal.example", "rj.hotel.ca.mal.example", "127.0.0.1", "rj.hotel.ca@mal.example"])
@pytest.mark.parametrize("path", ["/connexion", "/api/moi", "/inconnu", "/static/css/base.css"])
def test_a_foreign_host_is_refused_in_french(made, host, path):
    answer = made(hotes=("rj.hotel.ca",)).get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "mal.example" not in answer.text
    assert FRENCH in answer.text or "ne peut pas être lue" in answer.text


@pytest.mark.parametrize("host", ["rj.hotel.ca", "RJ.hotel.ca", "rj.hotel.ca:8443", "autre.hotel.ca"])
def test_the_names_of_the_installation_are_served(made, host):
    client = made(hotes=("rj.hotel.ca", "autre.hotel.ca"))
    assert client.get("/connexion", headers={"Host": host}).status_code == 200


def test_without_the_setting_any_host_is_served_and_health_always_is(made):
    assert made().get("/connexion", headers={"Host": "n.importe.lequel"}).status_code == 200
    client = made(hotes=("rj.hotel.ca",))
    assert {client.get(path, headers={"Host": "127.0.0.1"}).status_code for path in ("/healthz", "/readyz")} == {200}


def test_where_to_tell_of_a_flaw_is_a_setting(made):
    absent = made().get("/.well-known/security.txt")
    assert absent.status_code == 404
    answer = made(contact_securite="mailto:securite@hotel.ca").get("/.well-known/security.txt")
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == "Contact: mailto:securite@hotel.ca"
    assert lines[1].startswith("Expires: 20")


def test_a_contact_that_is_no_address_is_refused():
    with pytest.raises(ValueError, match="CONTACT_SECURITE"):
        Settings.from_env({"SECRET_KEY": SECRET, "DEMO": "non", "CONTACT_SECURITE": "appelez-nous"})


@pytest.mark.parametrize("name", ["9" * 256, "9" * 5_000, "a/" * 600, "%00", "..%2f..%2fmain.py"])
def test_a_file_that_cannot_exist_is_not_found(visitor, name):
    assert visitor.get(f"/static/x/{name}").status_code in (404, 414)
