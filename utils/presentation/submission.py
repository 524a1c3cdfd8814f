"""A submission as the paper tells it: when, by whom, what was answered to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from utils.presentation.tonight import label_of
from utils.presentation.words import typographic
from utils.rj.calculate import Night


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission: its instant, its author, whether it waits for an override; the reasons, each under a label."""

    at: datetime
    who: str
    waits: bool
    reasons: tuple[tuple[str, str], ...]


def submitted(night: Night, row: Mapping[str, Any], who: str) -> Submitted:
    """The submission of a row; each reason under the French name of its check or field."""
    reasons = tuple(
        (typographic(label_of(night, key if "." in key else f"sommaire.{key}")), motif)
        for key, motif in sorted(row["motifs"].items())
    )
    return Submitted(row["at"], who, row["en_attente"], reasons)
