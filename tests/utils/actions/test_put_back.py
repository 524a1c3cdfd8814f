"""An altered cell is named by its label with both values, and put back as the journal says it; nothing else is."""

import pytest
from sqlalchemy import text

from database import schema
from database.transaction import migrate
from tests.utils.actions.nights import DAY, Person, good, rows, tamper

INPUTS = '{"cash_ls_lecture"\\:"9.00","deposit_cdn"\\:"100.00"}'
CELL = f"UPDATE night_tabs SET inputs = '{INPUTS}' WHERE tab = 'recap'"  # noqa: S608
NAMED = "Recap, « Comptant LightSpeed — lecture » : 9,00\xa0$ dans la base, 1,00\xa0$ au journal."
RIGHT = {"--hotel": "DEMO", "--nuit": DAY, "--motif": "chiffre changé dans la base, vu au bilan"}


@pytest.fixture
def anne(app_sqlite):
    """The auditor, in front of a night that is begun: a cell, two lines, a sum, a map."""
    one = Person(app_sqlite).open()
    one.save("recap", {"cash_ls_lecture": "1.00"})
    lines = [{"id": "ligne-aa", "name": "Un", "amount": "1.00"}, {"id": "ligne-bb", "name": "Deux", "amount": "2.00"}]
    one.save("sd", {"sd_entries": lines})
    one.save("recap", saisies={"deposit_cdn": "=60+40"})
    return one


def command(app, *words):
    """A command line, which remembers nothing of what the server did before."""
    app.extensions.pop("rj_nights", None)
    return app.test_cli_runner().invoke(args=list(words))


def run(app, *words):
    """`rj journal …`: what it said and its exit code."""
    result = command(app, "rj", "journal", *words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output.strip(), result.exit_code


def put_back(app, **others):
    options = {**RIGHT, **{f"--{name}": value for name, value in others.items()}}
    return run(app, "retablir", *(word for pair in options.items() if pair[1] is not None for word in pair))


def figures(anne):
    """What the night shows of itself."""
    return {tab: anne.values(tab) for tab in ("recap", "sd")}, anne.computed("recap")


def test_the_altered_cell_is_named_in_french_with_both_values(anne):
    assert tamper(anne.app, CELL) == 1
    said, code = run(anne.app, "verifier")
    assert code == 1
    assert f"DEMO, nuit {DAY} : {NAMED}" in said.splitlines()
    rebuilt = command(anne.app, "rj", "reconstruire")
    assert (rebuilt.exit_code, NAMED in rebuilt.output) == (1, True)
    refused = anne.submit()
    assert {"chemin": "recap.cash_ls_lecture", "message": NAMED} in refused.json["erreurs"]


ALTERATIONS = {
    "une case": [CELL],
    "tous les onglets vidés": ["UPDATE night_tabs SET inputs = '{}', origins = '{}'"],
    "un onglet illisible": ["UPDATE night_tabs SET inputs = '7' WHERE tab = 'sd'"],
    "un onglet retiré": ["DELETE FROM night_tabs WHERE tab = 'sd'"],
    "une origine": ["UPDATE night_tabs SET origins = '{}' WHERE tab = 'recap'"],
    "l’état": ["UPDATE night_audit_sessions SET auditor_id = 2, status = 'submitted'"],
    "la version": ["UPDATE night_audit_sessions SET version = version + 5"],
    "un chiffre repris": ["UPDATE night_audit_sessions SET deposit_cdn = 7"],
    "une ligne par personne": ["UPDATE night_lines SET amount = amount + 1"],
    "le sceau": ["DELETE FROM night_seals"],
    "tout à la fois": [CELL, "UPDATE night_audit_sessions SET deposit_cdn = 7", "UPDATE night_seals SET mac = 'x'"],
}


@pytest.mark.parametrize("statements", ALTERATIONS.values(), ids=ALTERATIONS)
def test_a_night_is_put_back_as_its_journal_says(anne, statements):
    before = figures(anne)
    for statement in statements:
        assert tamper(anne.app, statement) > 0
    assert run(anne.app, "verifier")[1] == 1
    said, code = put_back(anne.app)
    assert (code, said.startswith(f"DEMO, nuit {DAY} : ")) == (0, True), said
    assert run(anne.app, "verifier") == ("DEMO : le journal est intact.", 0)
    assert figures(anne) == before
    [(reason,)] = rows(anne.app, "SELECT DISTINCT reason FROM changes WHERE action = 'retablissement'")
    assert reason == RIGHT["--motif"]
    anne.save("recap", {"cash_ls_lecture": "3.00"})
    assert good(anne.submit(en_attente=True))["etat"] in ("submitted", "locked")


def test_what_was_changed_is_printed(anne):
    assert tamper(anne.app, CELL) == 1
    said = put_back(anne.app)[0].splitlines()
    assert said[0] == f"DEMO, nuit {DAY} : {NAMED} Rétabli : 1,00\xa0$."
    assert put_back(anne.app) == (f"DEMO, nuit {DAY} : rien à rétablir, elle est ce que dit le journal.", 0)


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ({"motif": None}, "Un rétablissement demande un motif"),
        ({"motif": "."}, ""),
        ({"hotel": "AUTRE"}, "Aucun hôtel n’a le code « AUTRE »."),
        ({"nuit": "hier"}, ""),
        ({"nuit": "2025-12-22"}, "La nuit du 2025-12-22 n’est pas ouverte."),
    ],
)
def test_a_put_back_that_asks_badly_changes_nothing(anne, others, sentence):
    assert tamper(anne.app, CELL) == 1
    said, code = put_back(anne.app, **others)
    assert code == 1
    assert sentence in said
    assert not rows(anne.app, "SELECT 1 FROM changes WHERE action = 'retablissement'")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET new = '\"7.00\"' WHERE field = 'cash_ls_lecture'",
        "DELETE FROM changes WHERE field = 'cash_ls_lecture'",
        "UPDATE journal_heads SET mac = 'x'",
    ],
)
def test_a_broken_chain_puts_nothing_back(anne, statement):
    assert tamper(anne.app, CELL) == 1
    assert tamper(anne.app, statement) > 0
    said, code = put_back(anne.app)
    assert code == 1
    assert said.startswith("Le journal lui-même est rompu")
    assert rows(anne.app, "SELECT inputs FROM night_tabs WHERE tab = 'recap'")[0].inputs == INPUTS.replace("\\", "")


def brought_up(app, *statements):
    """The schema set back before the seals, the book altered there, then brought up again as a deployment does."""
    with app.app_context():
        schema.downgrade("0007")
        with migrate() as connection:
            for statement in statements:
                assert connection.execute(text(statement)).rowcount > 0
    result = command(app, "base", "preparer")
    assert result.exit_code == 0, result.output
    return result.output


def test_an_honest_book_takes_its_seals_when_it_is_brought_up(anne):
    anne.submit(en_attente=True)
    said = brought_up(anne.app)
    assert said.splitlines() == ["La base de données est prête."]
    assert run(anne.app, "verifier") == ("DEMO : le journal est intact.", 0)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (CELL, NAMED),
        ("UPDATE night_audit_sessions SET status = 'submitted'", "Le sceau de la nuit a disparu"),
        ("UPDATE night_audit_sessions SET auditor_id = 2", "Le sceau de la nuit a disparu"),
    ],
)
def test_a_migration_seals_nothing_that_the_journal_denies(anne, statement, named):
    said = brought_up(anne.app, statement)
    assert f"DEMO {DAY} : nuit laissée sans sceau, le journal ne la prouve pas." in said
    for _ in range(2):
        words, code = run(anne.app, "verifier")
        assert code == 1
        assert f"DEMO, nuit {DAY} : {named}" in words
        assert command(anne.app, "base", "preparer").exit_code == 0
    assert put_back(anne.app)[1] == 0
    assert run(anne.app, "verifier")[1] == 0


def test_a_figure_altered_under_an_older_schema_is_made_again_from_the_tabs(anne):
    assert "chiffres repris des onglets" in brought_up(anne.app, "UPDATE night_audit_sessions SET deposit_cdn = 7")
    assert run(anne.app, "verifier")[1] == 0
    assert rows(anne.app, "SELECT deposit_cdn FROM night_audit_sessions")[0].deposit_cdn == 10000


@pytest.mark.parametrize("statement", ["DROP TABLE night_seals", "DELETE FROM night_seals"])
def test_seals_that_are_gone_are_named_night_by_night(anne, statement):
    tamper(anne.app, statement)
    assert run(anne.app, "verifier")[1] == 1
    assert command(anne.app, "base", "preparer").exit_code == 0
    said, code = run(anne.app, "verifier")
    assert code == 1
    assert f"DEMO, nuit {DAY} : Le sceau de la nuit a disparu" in said
