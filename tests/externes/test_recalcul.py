"""Somebody else's spreadsheet recalculates our workbooks: each formula's value is ours, no text is executed."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.utils.reports.nuits import GOLDEN, NOTHING, golden, head, month, report
from tests.utils.rj.nights import Maker
from utils.imports.places import cell_name
from utils.reports.book import grid_of
from utils.reports.grid import written
from utils.rj.night_file import read_night

pytestmark = [pytest.mark.long, pytest.mark.skipif(not shutil.which("soffice"), reason="tests/externes/installer")]

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>"""
"""A spreadsheet that keeps the values of a file would prove nothing: it is told to calculate all of them."""

ERRORS = {"#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#NULL!"}
SEEDS = 50
LARGEST = Decimal(10) ** 12
"""Beyond, a spreadsheet has no cents: its numbers have fifteen digits."""


def generated():
    """Fifty nights made up at random, each by the number of its seed."""
    found, seed = {}, 0
    while len(found) < SEEDS:
        maker = Maker(seed)
        if not maker.huge:
            found[f"graine-{seed}"] = [report(read_night(maker.document()))]
        seed += 1
    return found


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Each workbook as it was written, and the path of the same recalculated: all in one start of LibreOffice."""
    folder, profile = tmp_path_factory.mktemp("classeurs"), tmp_path_factory.mktemp("profil")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    books = {name: [golden(name)] for name in GOLDEN} | generated() | {"mois": month()}
    grids = {name: grid_of(reports, NOTHING) for name, reports in books.items()}
    for name, grid in grids.items():
        (folder / f"{name}.xlsx").write_bytes(written(grid, head()))
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx"]
    paths = sorted(map(str, folder.glob("*.xlsx")))
    subprocess.run([*command, "--outdir", str(folder / "recalcules"), *paths], check=True, timeout=1800)
    return grids, folder / "recalcules"


def differs(entry, value):
    """Whether what the spreadsheet calculated is not our figure, to the cent."""
    ours = entry.value
    if ours is None or isinstance(ours, str | bool):
        return value != ("" if ours is None else ours)
    if isinstance(ours, date):
        return (value.date() if hasattr(value, "date") else value) != ours
    if abs(Decimal(ours)) >= LARGEST:
        return False
    return not isinstance(value, int | float) or abs(Decimal(str(value)) - Decimal(ours)) >= Decimal("0.005")


def test_every_formula_gives_our_figure(recalculated, capsys):
    grids, folder = recalculated
    compared, wrong = 0, []
    for name, grid in grids.items():
        book = CalamineWorkbook.from_path(folder / f"{name}.xlsx")
        for sheet, page in grid.pages.items():
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for (row, column), entry in page.cells.items():
                if entry.formula:
                    there = row <= len(rows) and column <= len(rows[row - 1])
                    found = rows[row - 1][column - 1] if there else ""
                    compared += 1
                    if differs(entry, found):
                        place = f"{name} {sheet}!{cell_name(row, column)}"
                        wrong.append(f"{place} {entry.formula[:120]} : {entry.value} / {found!r}")
    with capsys.disabled():
        print(f"\n    {len(grids)} classeurs, {compared} formules recalculées, {len(wrong)} écarts", end="")  # noqa: T201
    assert not wrong, wrong[:20]


def test_no_cell_is_an_error_and_every_text_is_what_was_written(recalculated):
    grids, folder = recalculated
    for name, grid in grids.items():
        book = CalamineWorkbook.from_path(folder / f"{name}.xlsx")
        for sheet, page in grid.pages.items():
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            said = {text for row in rows for text in row if isinstance(text, str)}
            assert not {text for text in said if text in ERRORS or text.startswith("Err:")}, (name, sheet)
            for entry in page.cells.values():
                if isinstance(entry.value, str) and not entry.formula and entry.value.strip() == entry.value:
                    assert entry.value.replace("\r", "") in said, (name, sheet, entry)
