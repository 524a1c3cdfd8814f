"""What a night leaves to the next one; everything else starts empty (domain reference, E.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from utils.dates import next_day
from utils.money import money_text
from utils.rj.calculate import Night
from utils.rj.declaration import MONEY
from utils.rj.previous import SUMS
from utils.shapes import Document
from utils.text import person_key

_BALANCES: Final = (
    ("jour_new_balance", "jour.jour_new_balance"),
    ("jour_guest_ledger", "jour.jour_guest_ledger"),
    ("jour_diff_caisse_residu", "jour.jour_diff_caisse_residu"),
    ("geac_newbal_gl", "geac.geac_balance_sheet.newbal_gl"),
    ("geac_ar_new_balance", "geac.geac_ar_new_balance"),
)


def next_block(night: Night) -> Document:
    """The ``previous`` block of the following night, as JSON; absent values are left out."""
    tomorrow = next_day(night.day)
    block: Document = {"audit_date": tomorrow.isoformat()}
    block |= {key: money_text(night.values[name]) for key, name in _BALANCES if name in night.values}
    terminals = night.inputs.get("transelect.transelect_terminals") or night.previous.get("transelect_terminals") or ()
    # due backs of tonight, then those still open of persons who have no line tonight
    tonight = night.values.get("dueback.dueback_entries", ())
    here = {person_key(line.get("name", "")) for line in tonight}
    earlier = (line for line in night.previous.get("dueback", ()) if person_key(line.get("name", "")) not in here)
    floats = [
        {"name": line["name"], "nouveau": money_text(line["nouveau"])}
        for line in (*tonight, *earlier)
        if line.get("nouveau") and "name" in line
    ]
    lists = {"dueback": floats, "transelect_terminals": [dict(terminal) for terminal in terminals]}
    month: dict[str, str | int] = {}
    year: dict[str, str | int] = {}
    if tomorrow.day != 1:  # within the month, the year before it is unchanged
        month = _sums(night, "mtd", "jour.jour_mtd_{}")
        kinds, prefix = SUMS["ytd_avant_mois"], "ytd_avant_mois."
        given = {key: night.previous[prefix + key] for key in kinds if prefix + key in night.previous}
        year = {key: _text(kinds[key], value) for key, value in given.items()}
    elif tomorrow.month != 1:  # at its end, the year through tonight; nothing when tomorrow starts a year
        year = _sums(night, "ytd_avant_mois", "jour.jour_ytd_{}")
    sums = {"mtd": month, "ytd_avant_mois": year}
    return block | {key: value for key, value in (lists | sums).items() if value}


def _text(kind: str, value: Decimal | int) -> str | int:
    return money_text(Decimal(value)) if kind == MONEY else int(value)


def _sums(night: Night, period: str, name: str) -> dict[str, str | int]:
    kinds = SUMS[period]
    values = ((key, kind, night.values.get(name.format(key))) for key, kind in kinds.items())
    return {key: _text(kind, value) for key, kind, value in values if value is not None}
