"""Column declarations that several tables share."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey


def points_to(column: str) -> ForeignKey:
    """A reference whose target cannot be deleted: nothing of the book disappears with something else."""
    return ForeignKey(column, ondelete="RESTRICT")


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """The column holds one of these words."""
    words = ", ".join(f"'{word}'" for word in values)
    return CheckConstraint(f"{column} IN ({words})", name=column)
