"""How a command refuses: one French sentence on standard error, exit code 1."""

from __future__ import annotations

from typing import IO, Any

import click


class Refusal(click.ClickException):
    """A command that cannot do what it was asked; Click would put an English word before its sentence."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say why."""
        click.echo(self.format_message(), file=file, err=file is None)
