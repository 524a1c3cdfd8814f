"""A capability has one noun in every room it needs: the table of documentation/architecture.md, held to the files."""

import pytest

from tests.architecture.source import ROOT

ARCHITECTURE = (ROOT / "documentation" / "architecture.md").read_text(encoding="utf-8")
SECTION = ARCHITECTURE.partition("## Les capacités")[2].partition("\n## ")[0]
HEAD, *ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line.startswith("| ")
]
ROOMS = [head.rstrip("/") for head in HEAD[1:]]
REST = "*"
LAYERS = {"actions", "presentation", "commands", "simulators"}
"""Rooms of ``utils/`` that every capability crosses: two are columns, two have a file a capability."""


def named(room):
    """Each name of a column, as many times as it stands there."""
    column = ROOMS.index(room) + 1
    return [name.strip() for row in ROWS for name in row[column].split(",") if name.strip() != "—"]


def there(room):
    """What the room holds: packages, modules, templates, without their endings."""
    entries = [one for one in (ROOT / room).iterdir() if not one.name.startswith(("_", "."))]
    return {one.name.partition(".")[0] for one in entries} - (LAYERS if room == "utils" else set())


@pytest.mark.parametrize("room", ROOMS)
def test_each_file_of_a_room_is_of_one_capability(room):
    names = named(room)
    explicit = [name for name in names if name != REST]
    assert sorted(explicit) == sorted(set(explicit))
    assert names.count(REST) <= 1
    assert set(explicit) - there(room) == set()
    assert REST in names or there(room) - set(explicit) == set()


def test_lightspeed_has_one_name_in_every_room():
    """It stood in nine places under five names."""
    of_lightspeed = next(row for row in ROWS if row[0] == "lightspeed")
    assert all("lightspeed" in cell for cell in of_lightspeed[1:])
