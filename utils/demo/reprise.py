"""What the night before left to the first night of a book: one more paper, typed once in the *reprise*."""

from __future__ import annotations

from datetime import date, timedelta

from utils.demo.figures import figures
from utils.demo.papers import Line, Paper, Table, Value, typed
from utils.demo.rooms import Account
from utils.money import ZERO
from utils.shapes import Document

_AREA = "previous"


def reprise_paper(hotel: Account, day: date) -> Paper:
    """The closing figures of the night before ``day``, when that night is not in the book."""
    before = figures(hotel, day - timedelta(days=1))
    known = (
        ("Nouvelle balance du Jour", "jour_new_balance", before.balance()),
        ("Grand livre clients", "jour_guest_ledger", before.closing("guest")),
        ("Différence de caisse restée à expliquer", "jour_diff_caisse_residu", ZERO),
        ("Guest Ledger Summary, nouveau solde", "geac_newbal_gl", before.closing("guest")),
        ("A/R Summary, nouveau solde", "geac_ar_new_balance", before.closing("city")),
    )
    rows: tuple[dict[str, Value], ...] = tuple(
        {"name": one.name, "nouveau": one.claim} for one in before.desk.floats() if one.claim
    )
    columns = (("name", "Réceptionniste"), ("nouveau", "Fonds remis"))
    return Paper(
        "reprise",
        "Reprise de la veille",
        f"Rapport journalier du {before.day.isoformat()}",
        _AREA,
        tuple(Line(label, f"{_AREA}.{key}", value) for label, key, value in known),
        Table(f"{_AREA}.dueback", columns, rows) if rows else None,
        "Aucune nuit ne précède celle-ci dans le livre. Les cumuls du mois et de l’année se laissent vides.",
    )


def reprise_of(hotel: Account, day: date) -> Document:
    """What typing this paper gives: the ``previous`` block of a first night."""
    return typed((reprise_paper(hotel, day),))[_AREA]
