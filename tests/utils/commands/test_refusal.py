"""A command refuses with one French sentence, no English word before it."""

import io

import click
from click.testing import CliRunner

from utils.commands.refusal import Refusal


def test_the_sentence_stands_alone_on_standard_error_and_the_code_is_one():
    @click.command()
    def command():
        raise Refusal("Aucun hôtel n’a ce code.")

    result = CliRunner().invoke(command)
    assert (result.exit_code, result.stderr, result.stdout) == (1, "Aucun hôtel n’a ce code.\n", "")


def test_it_may_be_written_elsewhere():
    written = io.StringIO()
    Refusal("Non.").show(written)
    assert written.getvalue() == "Non.\n"
