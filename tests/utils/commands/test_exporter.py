"""``rj exporter``: a night and a month in a file, and what cannot be written."""

import pytest

from tests.utils.actions.nights import Person

DAY = "2025-12-10"


@pytest.fixture
def run(app_sqlite):
    """Run a line."""
    Person(app_sqlite, "auditeur", DAY).open().save("recap", {"cash_ls_lecture": "521.20"})
    runner = app_sqlite.test_cli_runner()
    return lambda *words: runner.invoke(args=["rj", "exporter", "--hotel", "DEMO", *map(str, words)])


def test_a_night_and_a_month_are_written(run, tmp_path):
    file = tmp_path / "nuit.xlsx"
    assert run(DAY, file).exit_code == 0
    assert file.read_bytes()[:2] == b"PK"
    assert run("--mois", "2025-12", file).exit_code == 0
    assert run("--du", "2025-12-01", "--au", DAY, "--format", "csv", file).exit_code == 0
    assert ";recap.cash_ls_lecture;" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((DAY,), "Donner la date"),
        (("2025-12-11", "nuit.xlsx"), "n'est pas ouverte"),
        (("hier", "nuit.xlsx"), "AAAA-MM-JJ"),
        ((DAY, "/nulle/part/nuit.xlsx"), "ne s’écrit pas"),
        (("--mois", "2025-07", "nuit.xlsx"), "Aucune nuit"),
        (("--du", DAY, "nuit.xlsx"), "Donner la date"),
        ((DAY, "nuit.csv", "--format", "ecriture"), "n’est pas fermée"),
    ],
)
def test_what_cannot_be_is_said_in_french(run, words, said):
    answer = run(*words)
    assert answer.exit_code == 1
    assert said in answer.output


def test_an_hotel_that_is_not_there_is_said(app_sqlite):
    answer = app_sqlite.test_cli_runner().invoke(args=["rj", "exporter", "--hotel", "ZZZ", DAY, "x"])
    assert "ZZZ" in answer.output
