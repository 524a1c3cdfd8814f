"""The pages of the notifications: alerts and mails in words, forms shown and read back."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.utils.presentation.shown import fr
from utils.presentation.notifications import (
    MAILS,
    SEVERITIES,
    alert_line,
    budget_rows,
    mail_line,
    preference_rows,
)

AT = datetime(2025, 12, 24, 8, 0, tzinfo=UTC)
DAY = date(2025, 12, 23)


@dataclass
class Kind:
    """A kind of notification, as the page knows one."""

    label: str = "Écart de caisse"
    help: str = "Quand il dépasse le seuil."
    threshold: Decimal | None = None
    critical: Decimal | None = None
    unit: str = "$"
    own: bool = True


@dataclass
class Budget:
    """A month or a day of a budget."""

    span: str
    day: date
    fields: list = field(default_factory=list)


KINDS = {"ecart": Kind(threshold=Decimal(5), critical=Decimal(50)), "retard": Kind("RJ en retard", unit="", own=False)}


def alert(**more):
    row = {
        "id": 7,
        "kind": "ecart",
        "severity": "critique",
        "sentence": "Il manque 54,00 $.",
        "audit_date": DAY,
        "raised_at": AT,
        **dict.fromkeys(("acknowledged_at", "par", "escalated_at", "resolved_at")),
    }
    row |= more
    return alert_line(SimpleNamespace(**row), row["par"], {"ecart": "Écart de caisse"})


@pytest.mark.parametrize(
    ("more", "waits"),
    [
        ({}, True),
        ({"severity": "avertissement"}, True),
        ({"severity": "info"}, False),
        ({"acknowledged_at": AT, "par": "Contrôleuse"}, False),
        ({"resolved_at": AT}, False),
        ({"escalated_at": AT}, True),
    ],
)
def test_an_alert_waits_until_somebody_takes_it_or_it_is_resolved(more, waits):
    assert alert(**more).waits is waits


def test_an_alert_says_what_of_which_night_and_who():
    one = alert(acknowledged_at=AT, par="Contrôleuse")
    assert (one.label, one.severity, one.night, one.taken_by) == (
        *("Écart de caisse", SEVERITIES["critique"], DAY, "Contrôleuse"),
    )
    assert alert().taken_by == ""
    assert alert(kind="disparu").label == "disparu"


def mail(**more):
    row = {
        "id": 1,
        "kind": "ecart",
        "subject": "Écart",
        "name": "Contrôleuse",
        "email": "c@exemple.ca",
        "status": "envoye",
        "created_at": AT,
        "sent_at": AT,
        "attempts": 1,
        "error": None,
        "body_text": "",
    }
    return mail_line(SimpleNamespace(**row | more), {})


def test_a_mail_says_what_became_of_it():
    one = mail(status="echoue", sent_at=None, error="550 refusé", attempts=3, body_text="Bonjour")
    assert (one.state, one.failed, one.sent, one.error, one.text) == (
        *(MAILS["echoue"], True, None, "550 refusé", "Bonjour"),
    )
    sent = mail()
    assert (sent.state, sent.failed, sent.error, sent.text, sent.label) == (MAILS["envoye"], False, "", "", "ecart")


def preference(key, **more):
    usual = {"label": KINDS[key].label, "threshold": None, "channel": "courriel", "concerned": True}
    return SimpleNamespace(kind=key, **usual | more)


def test_a_person_sees_only_what_concerns_them():
    rows = preference_rows([preference("ecart", concerned=False), preference("retard")], {}, KINDS)
    assert [row["key"] for row in rows] == ["retard"]


def test_a_preference_shows_what_was_chosen_or_what_was_typed_and_refused():
    (row,) = preference_rows([preference("ecart", threshold="1234.50")], {}, KINDS)
    assert (row["threshold"], row["channel"], row["unit"]) == (fr("1 234,50"), "courriel", "$")
    (row,) = preference_rows([preference("ecart")], {"ecart": "aucun", "ecart__seuil": "douze"}, KINDS)
    assert (row["threshold"], row["channel"]) == ("douze", "aucun")
    (row,) = preference_rows([preference("retard")], {}, KINDS)
    assert (row["threshold"], row["unit"], row["help"]) == ("", "", "Quand il dépasse le seuil.")


def test_a_budget_shows_what_is_known_or_what_was_typed():
    rows = [
        Budget("mois", date(2025, 12, 1), [("mois__revenu", "Revenu", Decimal("1234567.80"))]),
        Budget("jour", DAY, [("j23__revenu", "Revenu", None), ("j23__chambres", "Chambres", Decimal(0))]),
    ]
    month, day = budget_rows(rows, {"j23__chambres": "abc"})
    assert (month.whole_month, month.day, month.fields[0].value) == (True, date(2025, 12, 1), fr("1 234 567,80"))
    assert (day.whole_month, [one.value for one in day.fields]) == (False, ["", "abc"])
    assert budget_rows([], {}) == []
