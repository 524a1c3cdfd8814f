"""A mail as it will leave: its two bodies, a subject on one line, one a person; what cannot be composed is said."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from database import outbox
from utils import dates
from utils.notifications import mails
from utils.notifications.mails import Draft, enqueue
from utils.notifications.recipients import Recipient

READER = Recipient(3, "Marie\r\nBcc: x@y.ca", "marie@exemple.ca", "gm")
HOTEL = SimpleNamespace(id=1, code="DEMO", name="Hôtel Démo", demo=True)
DAY = date(2025, 12, 23)
AT = dates.now()
LATER = AT + timedelta(hours=6)


@pytest.fixture
def written(app_sqlite, monkeypatch):
    """What is written in the outbox."""
    mails = []
    monkeypatch.setattr(outbox, "add", lambda _, values: mails.append(values) or True)
    with app_sqlite.app_context():
        yield mails


@pytest.fixture
def templates(monkeypatch):
    """Templates that write what they are shown."""
    monkeypatch.setattr(mails, "rendered", lambda name, shown: f"{name}: {shown['phrase']} {shown['adresse']}\n")


def letter(kind="anomaly", **more):
    given = {
        "kind": kind,
        "day": DAY,
        "key": "cle",
        "subject": "Écart\n de 54 $",
        "template": "alerte",
        "shown": {"phrase": "Il manque."},
    }
    return Draft(**given | more)


def sent(written, **more):
    assert enqueue(None, HOTEL, letter(**more), READER, AT, LATER)
    return written[-1]


def test_a_mail_has_two_bodies_and_waits_for_its_hour(written, templates):
    mail = sent(written)
    assert mail.body_text.startswith("alerte.txt: Il manque. http")
    assert mail.body_html.startswith("alerte.html: Il manque.")
    assert (mail.status, mail.created_at, mail.next_at) == ("en_attente", AT, LATER)
    assert (mail.property_id, mail.user_id, mail.email) == (1, 3, "marie@exemple.ca")
    assert (mail.key, mail.audit_date, mail.alert_id, mail.sealed) == ("cle/3", DAY, None, False)


def test_a_subject_and_a_name_are_on_one_line_and_the_hotel_is_named(written, templates):
    mail = sent(written)
    assert mail.subject == "[DEMO démo] Écart  de 54 $"
    assert mail.name == "Marie Bcc: x@y.ca"
    real = SimpleNamespace(id=2, code="PLZ", name="Plaza", demo=False)
    enqueue(None, real, letter(), READER, AT, AT)
    assert written[-1].subject.startswith("[PLZ] ")


def test_each_message_has_a_number_of_its_own(written, templates):
    numbers = {sent(written).message_id for _ in range(3)}
    assert len(numbers) == 3
    assert all(number.startswith("<") and number.endswith(">") and "@" in number for number in numbers)


@pytest.mark.parametrize(("kind", "leaves"), [("anomaly", True), ("mot_de_passe", False), ("essai", False)])
def test_only_a_kind_that_one_may_leave_says_how(written, templates, kind, leaves):
    assert (sent(written, kind=kind).leave_url is not None) is leaves


def test_a_mail_that_cannot_be_composed_has_failed_and_undoes_nothing(written):
    mail = sent(written, template="disparu")
    assert (mail.status, mail.body_text, mail.body_html) == ("echoue", "", "")
    assert mail.error == "Ce courriel n’a pas pu être composé. Le journal technique dit pourquoi."


def test_what_was_written_before_is_not_written_again(app_sqlite, templates, monkeypatch):
    monkeypatch.setattr(outbox, "add", lambda *_: False)
    with app_sqlite.app_context():
        assert not enqueue(None, HOTEL, letter(), READER, AT, LATER)
