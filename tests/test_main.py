"""The assembly: what the application is made of, and what the command line leaves out of it."""

import os
import subprocess
import sys
from dataclasses import replace

import click
import pytest

from config.settings import ROOT, SettingsError
from main import create_app, settings_or_exit
from utils import commands
from utils.commands import COMMANDS, ONLY_CALCULATE, CommandTable, only_calculates


def run(*words, **environ):
    """The command line, in a process of its own."""
    env = {"PATH": os.environ["PATH"], **environ}
    command = [sys.executable, "-m", "flask", "--app", "main", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_refused_configuration_ends_with_its_reasons_and_no_trace():
    result = run("routes", DEMO="non")
    assert result.returncode == 1
    assert result.stderr.startswith("Configuration refusée :\n- SECRET_KEY manque.")
    assert "Traceback" not in result.stderr


def test_settings_of_the_environment_are_used_when_none_are_given(monkeypatch, tmp_path):
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setenv("SESSION_HOURS", "9")
    assert settings_or_exit().session_hours == 9
    monkeypatch.setenv("SESSION_HOURS", "neuf")
    with pytest.raises(SystemExit) as caught:
        create_app()
    assert isinstance(caught.value.__context__, SettingsError)


def test_settings_reach_flask(settings):
    app = create_app(replace(settings, max_body_bytes=5000, session_hours=3))
    assert app.config["MAX_CONTENT_LENGTH"] == 5000
    assert app.config["PERMANENT_SESSION_LIFETIME"].total_seconds() == 3 * 3600
    assert app.instance_path == settings.instance_path


@pytest.mark.parametrize("words", sorted(ONLY_CALCULATE))
def test_a_calculation_starts_without_base_pages_or_key(words, tmp_path):
    program = (
        "import sys; sys.argv = ['flask', *sys.argv[1:]]\n"
        "from main import create_app\n"
        "app = create_app()\n"
        "app.cli.get_command(None, 'rj')\n"
        "assert not app.blueprints\n"
        "unwanted = {'database', 'sqlalchemy', 'routes', 'argon2'}\n"
        "print([name for name in sys.modules if name.partition('.')[0] in unwanted])"
    )
    env = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(tmp_path / "instance")}
    command = [sys.executable, "-c", program, *words]
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    ("argv", "alone"),
    [
        (["flask", "--app", "main", "rj", "champs"], True),
        (["flask", "rj", "journal", "verifier"], False),
        (["gunicorn"], False),
        (["flask", "run"], False),
    ],
)
def test_which_command_lines_only_calculate(argv, alone):
    assert only_calculates(argv) is alone


def test_every_command_of_the_table_exists_and_explains_itself(bare_app):
    for words in COMMANDS:
        group, command = bare_app.cli, None
        for word in words.split():
            command = group.get_command(None, word)
            group = command
        assert command is not None, words
        assert command.get_short_help_str(), words


def test_every_command_is_listed(bare_app):
    words = {words.partition(" ")[0] for words in COMMANDS}
    assert set(bare_app.cli.list_commands(None)) == words
    assert bare_app.cli.get_command(None, "inconnue") is None


def test_a_group_may_be_extended_from_another_file(monkeypatch):
    monkeypatch.setattr(commands, "COMMANDS", {"g": "tests.test_main:extended", "g suite": "tests.test_main:suite"})
    table = CommandTable()
    assert table.list_commands(None) == ["g"]
    group = table.get_command(None, "g")
    assert group.list_commands(None) == ["debut", "suite"]
    assert group.get_command(None, "suite") is suite
    assert group.get_command(None, "debut") is debut
    assert group.help == "Un groupe."


@click.command("debut")
def debut():
    """Begins."""


@click.command("suite")
def suite():
    """Goes on."""


extended = click.Group("g", commands={"debut": debut}, help="Un groupe.")
