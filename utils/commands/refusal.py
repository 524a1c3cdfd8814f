"""How a command refuses: one French sentence on standard error, exit code 1."""

from __future__ import annotations

from typing import IO, Any

import click

from database import schema
from database.transaction import read


class Refusal(click.ClickException):
    """A command that cannot do what it was asked; Click would put an English word before its sentence."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say why."""
        click.echo(self.format_message(), file=file, err=file is None)


def need_known_schema() -> None:
    """Refuse, as the server does, a base of which this version would read another thing than what is there."""
    with read() as connection:
        trouble = schema.trouble(connection)
    if trouble:
        raise Refusal(trouble)
