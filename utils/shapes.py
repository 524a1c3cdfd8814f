"""Names for what has no fixed fields: the values of a night by cell, and JSON on its way in or out.

Whatever has fields that are known travels as a record of its own (``NamedTuple`` or dataclass); these three are for
what is truly a map.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]
"""What a night, a tab or a map of it holds, by name: Decimal, int, bool, text, date, lines, map, or None (absent)."""

Line = Mapping[str, Any]
"""A line of a list of the night, by column."""

Document = dict[str, Any]
"""JSON, where it enters or leaves: the API, a column of the base, a report of the PMS. Never between two rooms."""
