"""The head of the journal, on paper and in the digest, shows a tail that was cut by somebody who holds the keys."""

import re

import pytest
from sqlalchemy import text

from database import chain
from database.chain import Head
from database.journal_head import read_head
from database.keys import journal_keys
from database.transaction import read
from tests.database.conftest import tamper  # noqa: F401 - a fixture
from tests.saisie import DAY, opened, person, rows, save
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
    assert verified() == ("DEMO : le journal est intact.", 0)
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
