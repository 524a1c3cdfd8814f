"""The command line: `flask --app main …`, one file a group of commands, each imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import click
from flask import Flask
from flask.cli import AppGroup
from werkzeug.utils import import_string

COMMANDS: Final = {
    "base": "utils.commands.base:base",
    "demonstration": "utils.commands.demonstration:demonstration",
    "hotel": "utils.commands.hotel:hotel",
    "retention": "utils.commands.retention:retention",
    "rj": "utils.commands.rj:rj",
    "rj exporter": "utils.commands.exporter:exporter",
    "rj importer": "utils.commands.importer:importer",
    "rj journal": "utils.commands.journal:journal",
    "rj reconstruire": "utils.commands.reconstruire:rebuild_projections",
    "sauvegarde": "utils.commands.sauvegarde:sauvegarde",
    "simulateur": "utils.commands.simulateur:simulateur",
    "utilisateur": "utils.commands.utilisateur:utilisateur",
}
"""The words that are typed, and the command or group as ``module:name``; « rj journal » adds to the group « rj »."""

ONLY_CALCULATE: Final = frozenset(
    {("rj", "calculer"), ("rj", "verifier"), ("rj", "expliquer"), ("rj", "champs"), ("simulateur", "lightspeed")}
)
"""Commands that read files at most: they start without the database and the pages."""


class CommandTable(AppGroup):
    """A group of commands that are imported when they are asked for; adds to a group written elsewhere."""

    def __init__(self, words: str = "", group: click.Group | None = None) -> None:
        super().__init__(name=words.rpartition(" ")[2] or None, help=group.help if group else None)
        self.commands.update(group.commands if group else {})
        self.prefix = f"{words} " if words else ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of what may follow, in alphabetical order."""
        follow = [words.removeprefix(self.prefix) for words in COMMANDS if words.startswith(self.prefix)]
        return sorted({*super().list_commands(ctx), *(word for word in follow if " " not in word)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now if it was not yet."""
        words = self.prefix + cmd_name
        if words not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_string(COMMANDS[words])
        return CommandTable(words, command) if isinstance(command, click.Group) else command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what the command returns
        """Run a command; a book that cannot be read or written is said in a sentence, exit code 1."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            database = sys.modules.get("database.transaction")  # commands that only calculate never import it
            if database is None or not isinstance(error, database.StorageError):
                raise
            refusal = import_string("utils.commands.refusal:Refusal")
            raise refusal(error.sentence) from None


def register(app: Flask) -> None:
    """Give the application its commands."""
    app.cli = CommandTable()


def only_calculates(argv: Sequence[str]) -> bool:
    """Whether the command line asks for nothing but a calculation."""
    return any(pair in ONLY_CALCULATE for pair in pairwise(argv))
