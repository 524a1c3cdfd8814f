"""Every command line of the documents does what it says: each is executed, in a book of its own."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest
import requests
from sqlalchemy import text

from config.settings import Settings
from database.journal_head import read_head
from database.transaction import read, write
from main import create_app
from tests.applications import SECRET, close
from tests.documentation.lines import ROOT, command_lines, text_of
from tests.utils.imports.classeurs import rj_grids, written
from utils.actions.lightspeed.seed import GRANTS
from utils.actions.open_night import open_night
from utils.actions.person import Machine
from utils.commands import simulateur
from utils.commands.simulateur import lightspeed, marsha
from utils.dates import now, read_date
from utils.simulators import lightspeed as pms
from utils.simulators import serving

NIGHTS = ROOT / "tests/fixtures/nuits"
PREPARE = ("base", "preparer")
HOTEL = ("hotel", "creer", "--code", "LAVAL", "--nom", "Hôtel", "--chambres", "252", "--ouverture", "2025-01-01")
PEOPLE = [
    ("utilisateur", "creer", "--courriel", who, "--role", "admin", "--hotel", "LAVAL")
    for who in ("admin@hotel.ca", "autre@hotel.ca")
]
FREEZE = ("retention", "geler", "--hotel", "LAVAL", "--motif", "Dossier du litige")
NIGHT = "2025-12-23"
PASSWORD = "une phrase assez longue\n"
LINES = command_lines()
SERVERS = sorted(words for words in LINES if words[0] == "simulateur")
"""They serve until they are stopped: the first as a process, the others for a moment, in the process of the test."""


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Books to begin from, by how far they were made: empty, prepared, with a hotel."""
    folder, made = tmp_path_factory.mktemp("livres"), {}
    app = installation(folder)
    for step, words in enumerate((PREPARE, HOTEL)):
        assert run(app, words)[1] == 0
        close(app)
        made[step] = shutil.copy(folder / "rj.db", folder / f"{step}.db")
    return made


def installation(folder):
    """A real installation whose data lie in this folder."""
    return create_app(Settings(demo=False, secret_key=SECRET, instance_path=str(folder), log_level="ERROR"))


def run(app, words):
    """Execute a line; what it said and its exit code."""
    given = "y\n" if words[:2] == ["utilisateur", "effacer"] else PASSWORD
    result = app.test_cli_runner().invoke(args=list(words), input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output, result.exit_code


def filled(words, folder, head=""):
    """The words of a line, what stands for a thing replaced by one."""
    known = {
        "nuit.json": str(NIGHTS / "complet-2025-12-23.json"),
        "dossier/": str(NIGHTS),
        "DOSSIER": str(NIGHTS),
        "<onglet>.<champ>": "recap.surplus_deficit_net",
        "FICHIER": str(folder / "copie.sauvegarde"),
        "CODE": "LAVAL",
        "CLASSEUR": str(folder / "classeur.xlsx"),
        "AAAA-MM": "2025-06",
        "ADRESSE": "admin@hotel.ca",
        "LIGNE:EMPREINTE": head,
        "AAAA-MM-JJ": NIGHT,
        "MOTIF": "case changée dans la base, vue au bilan",
    }
    return [known.get(word, word.replace("/var/backups/rj-natif", str(folder))) for word in words]


def head_of(app):
    """The head of the journal of the hotel, as the morning mail carries it."""
    with app.app_context(), read() as connection:
        return read_head(connection, 1).words


def make_ready(app, words, folder, books):
    """Make in the book what a line expects to find there."""
    if words[:2] in (("sauvegarde", "verifier"), ("sauvegarde", "restaurer")):
        assert run(app, ("sauvegarde", "creer", filled(words, folder)[2]))[1] == 0
        if words[1] == "restaurer" and "--remplacer" not in words:
            close(app)
            shutil.copy(books[0], folder / "rj.db")
    if words[:3] == ("rj", "journal", "retablir"):
        with app.app_context():
            open_night(Machine(1), read_date(NIGHT), now())
            with write() as connection:
                connection.execute(text("UPDATE night_tabs SET inputs = '7' WHERE tab = 'recap'"))
    if words[:2] == ("rj", "exporter"):
        (folder / "classeur.xlsx").write_bytes(written(rj_grids(date(2025, 6, 1), 2)))
        assert run(app, ("rj", "importer", "--hotel", "LAVAL", str(folder / "classeur.xlsx")))[1] == 0
        with app.app_context():
            open_night(Machine(1), read_date(NIGHT), now())
    if words[:2] == ("rj", "importer"):
        (folder / "classeur.xlsx").write_bytes(written(rj_grids(date(2025, 6, 1), 2)))
        if "--defaire" in words:
            assert run(app, ("rj", "importer", "--hotel", "LAVAL", str(folder / "classeur.xlsx")))[1] == 0
    if words[:2] == ("retention", "liberer"):
        assert run(app, FREEZE)[1] == 0
    if words[:2] == ("utilisateur", "effacer"):
        for person in PEOPLE:
            assert run(app, person)[1] == 0
        with app.app_context(), write() as connection:
            connection.execute(text("UPDATE users SET active = FALSE WHERE email = 'admin@hotel.ca'"))


@pytest.mark.parametrize("words", sorted(LINES.keys() - set(SERVERS)), ids=" ".join)
def test_a_command_line_of_the_documents_is_executed(words, books, tmp_path):
    if words != PREPARE:
        shutil.copy(books[0 if words[0] == "hotel" else 1], tmp_path / "rj.db")
    app = installation(tmp_path)
    try:
        make_ready(app, words, tmp_path, books)
        head = head_of(app) if "LIGNE:EMPREINTE" in words else ""
        said, code = run(app, filled(words, tmp_path, head))
        assert code == 0, (LINES[words], said)
    finally:
        close(app)


STARTED = {
    "lightspeed": ("(compte DEMO, client rj-natif)", {"served", "refreshes"}, 400),
    "marsha": ("(hôtel YULRJ, client rj-natif)", {"served", "submissions"}, 200),
}
"""What each simulator says when it starts, what its administration tells, how it hears the credentials alone."""


@pytest.mark.parametrize("name", STARTED)
def test_the_simulator_starts_from_its_line_and_serves(name, tmp_path):
    greeting, told, heard = STARTED[name]
    words = min((one for one in SERVERS if one[1] == name), key=len)
    line = filled([*words, "--port", "0"], tmp_path)  # the port that is said last counts: this one is free
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "main", *line],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            first, secret, admin = (server.stdout.readline().strip() for _ in range(3))
            address = re.search(r"http://127\.0\.0\.1:\d+", first)[0]
            assert greeting in first
            assert re.fullmatch(r"Secret du client : \S{24,}", secret)
            key = re.fullmatch(r"Clé d’administration : (\S{24,})", admin)[1]
            asked = requests.get(f"{address}/_admin/state", headers={"X-Admin-Key": key}, timeout=10)
            assert asked.json().keys() == told
            assert requests.get(f"{address}/_admin/state", timeout=10).status_code == 401
            assert alone(address, secret.rpartition(" ")[2]) == heard
        finally:
            server.terminate()
    assert not (tmp_path / "rj.db").exists(), "the simulator needs no book"


@pytest.fixture
def served(monkeypatch):
    """The simulators that a line would have served, each with the port it opened."""
    kept = []
    monkeypatch.setattr(simulateur.serving, "server", lambda app, listening: kept.append((app, listening)) or Stopped())
    yield kept
    for _, listening in kept:
        listening.close()


@pytest.mark.parametrize("words", SERVERS[1:], ids=" ".join)
def test_each_line_of_the_simulator_opens_its_port_and_does_what_it_says(words, tmp_path, served):
    said, code = run(installation(tmp_path), filled([*words, "--port", "0"], tmp_path))
    assert code == 0, said
    [(app, listening)] = served
    assert f"http://127.0.0.1:{listening.getsockname()[1]}" in said
    secret = re.search(r"Secret du client : (\S+)", said)[1]
    form = {"grant_type": "client_credentials"}
    answer = app.test_client().post("/oauth/token", data=form, auth=("rj-natif", secret))
    assert answer.status_code == (200 if "--sans-page" in words or "marsha" in words else 400)


@pytest.mark.parametrize("how", ["options", "variables"])
def test_the_secret_and_the_key_that_are_given_are_those_that_serve(how, tmp_path, served):
    given = {"SIMULATEUR_SECRET": "le-secret-de-la-ligne", "SIMULATEUR_CLE": "la-cle-de-la-ligne"}
    words = ("--secret", *list(given.values())[:1], "--cle-admin", *list(given.values())[1:])
    runner = installation(tmp_path).test_cli_runner(env=given if how == "variables" else {})
    line = ["simulateur", "lightspeed", "--port", "0", "--sans-page", *(words if how == "options" else ())]
    result = runner.invoke(args=line)
    assert result.exit_code == 0, result.output
    assert "Secret du client : le-secret-de-la-ligne\nClé d’administration : la-cle-de-la-ligne" in result.output
    [(app, _)] = served
    client = app.test_client()
    for key, status in (("la-cle-de-la-ligne", 200), ("une-autre", 401)):
        header = {"X-Admin-Key": key}
        assert client.get("/_admin/state", headers=header).status_code == status
    for secret, status in (("le-secret-de-la-ligne", 200), ("un-autre", 401)):
        form = {"grant_type": "client_credentials"}
        assert client.post("/oauth/token", data=form, auth=("rj-natif", secret)).status_code == status


class Stopped:
    """A server that is stopped at once."""

    def serve_forever(self):
        """End."""


def alone(address, secret):
    """The status of a connection by the credentials alone."""
    form = {"grant_type": "client_credentials"}
    return requests.post(f"{address}/oauth/token", form, auth=("rj-natif", secret), timeout=10).status_code


@pytest.mark.parametrize("command", [lightspeed, marsha], ids=lambda one: one.name)
def test_every_option_of_the_simulator_is_in_its_document_and_executed(command):
    page = text_of(f"documentation/{command.name.upper()}_INTEGRATION.md")
    options = {option.opts[0] for option in command.params}
    assert options == set(re.findall(r"(?m)^\| `(--[a-z-]+)`", page))
    lines = [words for words in SERVERS if words[1] == command.name]
    assert options == {word for words in lines for word in words if word.startswith("--")}
    variables = {option.envvar for option in command.params if option.envvar}
    assert all(f"`{name}`" in page for name in variables)


def test_the_reports_that_a_fault_may_name_are_those_of_the_document():
    page = text_of("documentation/LIGHTSPEED_INTEGRATION.md")
    said = page.partition("`report`\nen limite une à un rapport : ")[2].partition(".")[0]
    assert re.findall(r"`(\w+)`", said) == [pms.ACCOUNT, *pms.PATHS.values()]


def test_the_two_names_of_each_way_to_connect_stand_side_by_side():
    page = text_of("documentation/LIGHTSPEED_INTEGRATION.md")
    for setting, name in GRANTS.items():
        assert f"| `{setting}` | `{name}` |" in page


def test_a_port_that_is_taken_is_said(tmp_path):
    with contextlib.closing(serving.listening(0)) as taken:
        port = str(taken.getsockname()[1])
        said, code = run(installation(tmp_path), ("simulateur", "lightspeed", "--port", port))
    assert f"Le port {port} ne peut pas être ouvert" in said
    assert code == 1
