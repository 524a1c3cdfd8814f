"""Every other line of the documents is made, planned or named here: make, what is set, what a server alone can do."""

import os
import re
import shlex
import subprocess
import tomllib

import pytest

from config.settings import Settings
from main import create_app
from tests.applications import SECRET, close
from tests.documentation.lines import (
    PAGES,
    ROOT,
    command_of,
    every,
    languages,
    lines_of,
    setting_of,
    settings_of,
    text_of,
)
from utils.commands.simulateur import lightspeed

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LINES = every(lines_of)
MADE = sorted(line for line in LINES if line.startswith("make "))
PYTHON = sorted(line for line in LINES if line.startswith("python3 -c "))
TESTED = sorted(line for line in LINES if line.startswith("pytest "))

ELSEWHERE = {
    ".venv/bin/gunicorn": ("a server: it is started for a test", "tests/config/test_worker.py"),
    "sudo apt-get install": ("packages of Debian: .ci/run installs its own on a new machine", ".ci/paquet"),
    "sudo useradd": ("an account of the machine", None),
    "sudo git ": ("the sources, fetched from where they are kept", None),
    "cd ": ("where the next line is run", None),
    "sudo python3 -m venv .venv": ("what the Makefile does on a new machine", ".ci/venv"),
    "sudo .venv/bin/pip install --require-hashes --no-deps -r requirements": ("what the Makefile does", "Makefile"),
    "sudo -u postgres create": ("the tests create accounts and databases of a PostgreSQL", "tests/postgres.py"),
    "sudo install -d": (
        "a folder of the machine: what is written there is private",
        "tests/config/test_fichiers_a_soi.py",
    ),
    "sudo systemctl ": ("systemd", "tests/documentation/test_serveur.py"),
    "journalctl ": ("systemd", "tests/config/test_logging.py"),
    "chmod 600": ("the file of the settings: those of the data are private", "tests/config/test_fichiers_a_soi.py"),
}
"""The lines that need more than Python and a browser, by their beginning: why, and what proves what can be."""

OF_MAKE = {"TESTS", "SEULEMENT", "PYTHON"}
"""What a line of make may set, besides the settings."""

SETTINGS = {name.upper() for name in Settings.__dataclass_fields__}
WORDS = {"DELETE", "DEBUG"}
"""Words in capitals that are no setting: a method, a value."""


def elsewhere(line):
    return next((start for start in ELSEWHERE if line.startswith(start)), None)


def test_no_line_is_forgotten():
    """A new line is one of ours, of make, of Python, of the tests, a setting, or has its reason above."""
    known = {*MADE, *PYTHON, *TESTED}
    rest = [line for line in LINES if line not in known and not command_of(line) and not setting_of(line)]
    assert [(LINES[line], line) for line in rest if not elsewhere(line)] == []
    assert {elsewhere(line) for line in rest} == ELSEWHERE.keys()


@pytest.mark.parametrize("reason", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_proved_elsewhere_is_proved_by_something_that_exists(reason):
    why, proof = reason
    assert why
    assert proof is None or (ROOT / proof).is_file()


def make(*words):
    """What make says of these words, and its exit code."""
    found = subprocess.run(["make", *words], check=False, cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    return found.stdout + found.stderr, found.returncode


def test_every_line_of_make_can_be_followed():
    """Make plans each line without doing anything of it: its target exists, and so does what it sets."""
    for line in MADE:
        words = shlex.split(line)[1:]
        said, code = make("-n", *words)
        assert code == 0, (line, said)
        for name, _, value in (word.partition("=") for word in words if "=" in word):
            assert name in OF_MAKE | SETTINGS, line
            assert name != "TESTS" or (ROOT / value).exists(), line


def test_every_target_is_in_a_document_and_in_the_help():
    targets = set(re.search(r"(?m)^\.PHONY: aide (.+)$", MAKEFILE)[1].split())
    said = {word for line in MADE for word in shlex.split(line)[1:] if "=" not in word}
    assert said == targets
    helped, _ = make("aide")
    assert all(re.search(rf"(?m)^  make {name} +\S", helped) for name in targets)


@pytest.mark.parametrize("line", PYTHON)
def test_a_line_of_python_is_executed(line):
    """It draws a key, which is one that an installation accepts."""
    key = subprocess.run(shlex.split(line), capture_output=True, text=True, check=True).stdout.strip()
    assert Settings.from_env({"SECRET_KEY": key, "DEMO": "non"}).secret_key == key


@pytest.mark.parametrize("line", TESTED)
def test_the_tests_that_a_document_names_exist(line):
    assert all((ROOT / word).is_file() for word in line.split()[2:])


def test_every_word_in_capitals_is_a_setting_or_a_table_of_the_sources():
    sources = "".join(
        one.read_text(encoding="utf-8") for one in ROOT.glob("[bdcrtu]*/**/*.py") if ".venv" not in one.parts
    )
    options = {option.envvar for option in lightspeed.params if option.envvar}
    for (name, value), page in every(settings_of).items():
        known = SETTINGS | OF_MAKE | options | WORDS
        assert name in known or (value is None and re.search(rf"(?m)^{name}\b", sources)), (page, name)


@pytest.mark.parametrize("page", [page for page in PAGES if any(map(setting_of, lines_of(text_of(page))))])
def test_what_a_page_sets_makes_an_application(page, tmp_path):
    """All of a page together, each key drawn; a folder of the server is one of the test."""
    asked = dict(filter(None, map(setting_of, lines_of(text_of(page)))))
    drawn = {name: value if value.strip("…") else f"{SECRET} {name}" for name, value in asked.items()}
    drawn |= {"SECRET_KEY": SECRET, "INSTANCE_PATH": str(tmp_path), "LOG_LEVEL": "ERROR"}
    app = create_app(Settings.from_env(drawn))
    assert app.test_client().get("/healthz").status_code == 200
    assert drawn.get("DEMO") == "non"
    close(app)


@pytest.mark.parametrize("line", [line for line in LINES if "pip install" in line])
def test_what_a_server_installs_is_a_lock_of_ours(line):
    assert (ROOT / line.split()[-1]).is_file()
    assert "--require-hashes --no-deps" in line
    assert "--require-hashes --no-deps" in MAKEFILE


def test_what_is_shown_apart_is_of_a_kind_that_is_proved():
    """Lines of a terminal here; what nginx and systemd read in test_serveur.py."""
    assert set().union(*(languages(text_of(page)) for page in PAGES)) == {"sh", "nginx", "ini"}


def test_the_checks_run_before_the_tests_and_together_they_are_all_that_is_not_long():
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    check, rest = [make("-n", *shlex.split(line, comments=True)[1:]) for line in lines if line.startswith("make ")]
    assert '-m "rapide and not long"' in check[0]
    assert '-m "not long and not rapide"' in rest[0]
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]["run"]["branch"]
