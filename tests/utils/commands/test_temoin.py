"""The head of the journal, on paper and in the digest, shows a tail that was cut by somebody who holds the keys."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from database import chain, imports
from database.chain import Head
from database.journal_head import read_head
from database.keys import journal_keys, key_id
from database.transaction import read, write
from main import create_app
from tests.applications import close
from tests.database.conftest import tamper  # noqa: F401 - a fixture
from tests.saisie import DAY, locked, opened, person, rows, save
from utils import dates
from utils.actions.notifications import send_digest

WITNESS = re.compile(r"Tête du journal : (\d+:[0-9a-f]{16})")


@pytest.fixture
def verified(app):
    """Verify the book of the demonstration, with a witness or without; what is said and the exit code."""

    def run(*more):
        words = ["rj", "journal", "verifier", "--hotel", "DEMO", *more]
        result = app.test_cli_runner().invoke(args=words)
        return result.output.strip(), result.exit_code

    return run


def cut(app, tamper, seq):  # noqa: F811
    """Throw away the rows of the last save and seal the head again, as only the keys of the installation allow."""
    with app.app_context():
        tamper("DELETE FROM changes WHERE property_id = 1 AND seq > :seq", seq=seq)
        with read() as connection:
            kept = connection.execute(text("SELECT hash FROM changes WHERE property_id = 1 AND seq = :s"), {"s": seq})
            head = Head(seq, kept.scalar_one())
        mac = chain.seal(journal_keys(app.config["SECRET_KEY"])[0], 1, head)
        tamper("UPDATE night_audit_sessions SET version = 1")
        tamper(
            "UPDATE journal_heads SET seq = :s, hash = :h, mac = :m WHERE property_id = 1", s=seq, h=head.hash, m=mac
        )


def test_a_cut_tail_is_seen_from_the_paper_and_from_the_digest(app, tamper, verified):  # noqa: F811
    auditor = person(app)
    opened(auditor)
    with app.app_context(), read() as connection:
        before = read_head(connection, 1).seq
    save(auditor, "recap", {"cash_ls_lecture": "100.00"})
    paper = WITNESS.search(auditor.get(f"/rj/native/{DAY}/imprimer").text)[1]
    with app.app_context():
        assert send_digest(1, dates.read_date(DAY), dates.now())
    letters = rows(app, "SELECT body_text, body_html FROM outbox_messages WHERE kind = 'daily_digest'")
    assert {WITNESS.search(re.sub(r"<[^>]+>", "", body))[1] for letter in letters for body in letter} == {paper}
    assert verified("--temoin", paper) == ("DEMO : le journal est intact.", 0)

    cut(app, tamper, before)
    said, code = verified()
    assert code == 1
    assert f"témoin du {DAY} : La ligne {paper.partition(':')[0]} n’est plus au journal" in said
    said, code = verified("--temoin", paper)
    assert code == 1
    assert (
        f"témoin : La ligne {paper.partition(':')[0]} n’est plus au journal, qui s’arrête à la ligne {before}" in said
    )

    other = f"{before}:{'0' * 16}"
    assert "n’est plus celle qui avait été écrite" in verified("--temoin", other)[0]


@pytest.mark.parametrize("wrong", ["12", "x:0123456789abcdef", "12:0123", "12:0123456789abcdeg"])
def test_a_witness_that_cannot_be_read_is_said(verified, wrong):
    said, code = verified("--temoin", wrong)
    assert code != 0
    assert "LIGNE:EMPREINTE" in said


def test_a_witness_changed_is_named(app, tamper, verified):  # noqa: F811
    opened(person(app))
    with app.app_context():
        assert send_digest(1, dates.read_date(DAY), dates.now())
        assert send_digest(1, dates.read_date(DAY), dates.now()) == 0
        for change in ("seq = seq - 1", "hash = 'x'", "mac = 'x'"):
            [kept] = rows(app, "SELECT seq, hash, mac FROM journal_witnesses")
            assert verified() == ("DEMO : le journal est intact.", 0)
            tamper(f"UPDATE journal_witnesses SET {change}")  # noqa: S608
            said = f"DEMO, témoin du {DAY} : Le témoin du journal a été modifié : son sceau n’est pas le nôtre."
            assert verified() == (said, 1)
            tamper("UPDATE journal_witnesses SET seq = :seq, hash = :hash, mac = :mac", **kept._mapping)


def test_a_former_key_is_retired_once_the_book_is_sealed_again(app, tamper):  # noqa: F811
    """Sealed under the new key, the book is proved without the old one, which proves nothing, kept or not."""
    auditor = person(app)
    opened(auditor)
    save(auditor, "recap", {"cash_ls_lecture": "100.00"})
    locked(auditor)
    with app.app_context():
        assert send_digest(1, dates.read_date(DAY), dates.now())
        month = date(2024, 2, 1)
        with write() as connection:
            values = {"nights": 0, "created_at": dates.now(), "created_by": None}
            proposed = imports.propose(connection, 1, month, [], {"nuits": []}, values)
    settings, old = app.config["SETTINGS"], app.config["SECRET_KEY"]
    with_both = replace(settings, secret_key="k" * 20 + "une clé nouvelle 0123456789", secret_key_fallbacks=(old,))
    assert run(with_both, "verifier").exit_code == 0
    assert run(replace(with_both, secret_key_fallbacks=()), "verifier").exit_code == 1
    sealed = run(with_both, "resceller")
    assert (sealed.exit_code, "Retirer l’ancienne clé" in sealed.output) == (0, True)
    assert run(replace(with_both, secret_key_fallbacks=()), "verifier").exit_code == 0
    assert run(replace(settings, secret_key=old), "verifier").exit_code == 1
    new = create_app(with_both)
    with new.app_context(), read() as connection:
        kept = imports.find(connection, 1, proposed)
        assert imports.is_intact(connection, 1, kept, imports.document_of(connection, proposed)), "what is proposed too"
    close(new)
    said = json.loads(rows(app, "SELECT new FROM changes ORDER BY seq DESC LIMIT 1")[0].new)
    [former] = journal_keys(old)
    assert (said.keys(), said["cles"]) == ({"cles", "derniere_ligne"}, [key_id(former)])
    head = rows(app, "SELECT property_id, seq, hash FROM journal_heads")[0]
    with app.app_context():
        tamper("UPDATE journal_heads SET mac = :mac", mac=chain.seal(former, head.property_id, Head(*head[1:])))
    forged = run(with_both, "verifier")
    assert (forged.exit_code, "son sceau n’est pas le nôtre" in forged.output) == (1, True)


def test_an_altered_book_is_not_sealed_again(app, tamper):  # noqa: F811
    opened(person(app))
    with app.app_context():
        tamper("UPDATE night_tabs SET inputs = '7' WHERE tab = 'recap'")
    refused = run(app.config["SETTINGS"], "resceller")
    assert refused.exit_code == 1
    assert "Rien n’a été scellé de nouveau" in refused.output


def run(settings, *words):
    """`rj journal` under other settings."""
    other = create_app(settings)
    try:
        return other.test_cli_runner().invoke(args=["rj", "journal", *words])
    finally:
        close(other)
