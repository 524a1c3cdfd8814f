"""Which rules calculated a night: written with it when it is closed."""

from __future__ import annotations

from typing import Final

RULES_VERSION: Final = "2-26f028e820bb"
"""A number, then the digest of every formula and of what calculates them: neither moves without the other."""
