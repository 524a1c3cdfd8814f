"""`/metrics`, and what the logs of a busy day do not show."""

import json
import logging
import re
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from config.logging import configure, json_formatter
from main import create_app
from tests.applications import PASSWORD, Browser, close, demonstration
from tests.saisie import night, opened, patch, person, save

JETON = "un jeton de mesure au hasard, de plus de trente-deux caractères"


def measured(answer):
    """The value of each sample, by name and labels."""
    assert answer.status_code == 200, answer.text
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_view_and_never_by_address(app):
    client = person(app)
    opened(client)
    save(client, "recap", {"cash_ls_lecture": "100.00"})
    for _ in range(3):
        client.get("/rien/du/tout")
    found = measured(client.get("/metrics"))
    assert found["rj_requetes_total", "200", "api_nuit.enregistrer"] == 1
    assert found["rj_requetes_total", "404", "inconnue"] == 3
    assert found["rj_requete_secondes_count", "api_nuit.enregistrer"] == 1
    assert found["rj_nuits",] == 1
    assert found["rj_journal_lignes",] > 1
    assert found["rj_base_repond",] == 1
    assert found["rj_disque_libre_octets",] > 0
    assert found["process_resident_memory_bytes",] > 1_000_000
    assert not re.search(r"2025-12-23|demo\.hotel|/rien|Auditeur", client.get("/metrics").text)


def test_a_base_that_is_gone_is_said_and_nothing_breaks(bare_app):
    found = measured(bare_app.test_client().get("/metrics"))
    assert found["rj_base_repond",] == 0


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.7"}),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
    ],
)
def test_nobody_else_reads_it(bare_app, address, headers):
    answer = bare_app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 404


def test_behind_a_proxy_the_machine_is_nobody_in_particular(tmp_path):
    app = create_app(replace(demonstration(tmp_path / "instance"), trusted_proxies=1))
    assert app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code == 404
    close(app)


def test_with_a_token_it_is_the_token_that_opens(tmp_path):
    app = create_app(replace(demonstration(tmp_path / "instance"), metriques_jeton=JETON))
    client = app.test_client()
    from_afar = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": f"Bearer {JETON}x"}, **from_afar).status_code == 404
    assert client.get("/metrics", headers={"Authorization": f"Bearer {JETON}"}, **from_afar).status_code == 200
    close(app)


@pytest.fixture
def everything(request):
    """Every line that the technical log writes, at its most talkative."""
    lines, root = [], logging.getLogger()

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(json_formatter().format(record))

    handler, level = Kept(), root.level
    configure("DEBUG")
    root.addHandler(handler)
    root.setLevel("DEBUG")
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_line_of_a_busy_day_shows_a_person_a_token_or_a_card(everything, tmp_path, sqlite_template):
    """Signs in well and badly, types, quarrels, fails; then every line is searched."""
    instance = tmp_path / "instance"
    instance.mkdir()
    (instance / "rj.db").write_bytes(sqlite_template.read_bytes())
    app = create_app(replace(demonstration(instance), log_level="DEBUG"))
    app.test_client_class = Browser
    logging.getLogger().setLevel("DEBUG")
    client, other = person(app), person(app, "superviseur")
    opened(client)
    for _ in range(5):
        visitor = app.test_client()
        visitor.read_token()
        form = {"csrf_token": visitor.token, "email": "Quidam.Unique@exemple.ca", "password": "motdepasse-unique-7"}
        visitor.post("/connexion", data=form)
    for who in (client, other):
        save(who, "sd", {"sd_entries": [{"name": "Bérénice Beausoleil", "amount": "10.00"}]})
        patch(who, "recap", {"cash_ls_lecture": "4111111111111111"})
        who.patch(night(rest="/recap"), data=b'{"note": "4111-1111-1111-1111', content_type="application/json")
        who.get("/recherche/4111 1111 1111 1111/Quidam.Unique@exemple.ca")
        who.get("/connexion?suite=/x&jeton=valeur-unique-8")
        who.post(night(rest="/rouvrir"), json={"motif": "Bérénice Beausoleil"})
        cookie = who.get_cookie("rj_session").value
        who.post("/deconnexion")
    (instance / "rj.db").unlink()
    with app.app_context():
        close(app)
    app.test_client().get("/readyz")
    app.test_client().get(
        night(), headers={"Cookie": f"rj_session={cookie}", "Authorization": "Bearer abcdef0123456789"}
    )
    close(app)

    text = "\n".join(everything)
    assert len(everything) > 30
    assert all(json.loads(line)["event"] for line in everything)
    secrets = ("demo.hotel", "exemple.ca", "Bérénice", "Beausoleil", "motdepasse-unique-7", "valeur-unique-8", PASSWORD)
    tokens = (client.token, other.token, cookie, "abcdef0123456789", app.config["SECRET_KEY"], "de démonstration")
    cards = ("4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111")
    assert [word for word in (*secrets, *tokens, *cards) if word in text] == []
