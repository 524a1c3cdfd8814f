"""What is expected of the nights of a hotel: one list for the page, the tasks and the reports."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to

TERMINAL, OUTLET, ENVELOPE, REPORT, PAPER, TASK = ("terminal", "caisse", "enveloppe", "rapport", "papier", "tache")
EXPECTED_KINDS: Final = (TERMINAL, OUTLET, ENVELOPE, REPORT, PAPER, TASK)


class Expectation(Base):
    """Something expected of each night from a date until another, excluded: by its kind and its key.

    Learnt: it was there in ``seen`` of the last ``nights`` nights before ``from_date``. Said: somebody wants it, by an
    hour of the hotel's clock (``HH:MM``) or not.
    """

    __tablename__ = "attendus"
    __table_args__ = (
        UniqueConstraint("property_id", "kind", "key", "said", "from_date"),
        one_of("kind", EXPECTED_KINDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120))
    hour: Mapped[str | None] = mapped_column(String(5))
    said: Mapped[bool]
    seen: Mapped[int]
    nights: Mapped[int]
    from_date: Mapped[date]
    to_date: Mapped[date | None]
