"""A whole night by a hand that knows the keys, beside the same hand on a spreadsheet; every key counted."""

import re
from collections import defaultdict
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.applications import PASSWORD
from tests.e2e.mains import Keyboard, first_keys
from tests.e2e.papiers import keyed, open_night, read_papers
from tests.e2e.postes import AUDITOR, House, Post, ready, status
from utils.actions.demonstration.fill_nights import fill_nights

pytestmark = pytest.mark.e2e

DAY, CLOSED = "2026-11-28", 14
OTHER_KEYS = 1.06
"""Keys that are no character of a figure, by field, at most: a sheet of Excel asks one Enter, and the next sheet."""

WHOLE_NIGHT = 980 / 128
"""Keys by field for the whole night, at most: 980 for the 128 fields of the night that was measured first."""

PLACES = """(list) => {
  const body = document.querySelector(`[data-liste="${list}"]`);
  const heads = [...body.closest("table").tHead.rows[0].cells].map((one) => one.textContent.trim());
  return [...body.querySelectorAll("[data-ligne]:not([hidden])")].map((row) => ({
    id: row.dataset.ligne,
    blank: !row.dataset.fantome && [...row.querySelectorAll("[data-case]")].every((one) => !one.value),
    cells: Object.fromEntries([...row.cells].flatMap((cell, at) => {
      const field = cell.querySelector("[data-case]");
      const faint = field?.placeholder || field?.options?.[0]?.text || "";
      return field ? [[heads[at], {name: field.dataset.case, faint}]] : [];
    })),
  }));
}"""
USUAL = """(names) => {
  const usual = JSON.parse(document.getElementById("nuit").textContent).habituelles;
  return names.filter((name) => {
    const field = document.querySelector(`[data-case="${name}"]`);
    if (document.querySelector(`[data-proposer="${name}"]`) || document.getElementById(`${name}-remarque`)) return true;
    const [, ...parts] = name.split(".");
    const key = (field?.closest("[data-liste]") ? [parts[0], parts.at(-1)] : parts).join(".");
    return usual.includes(key) && field?.tagName !== "TEXTAREA" && field?.getClientRects().length;
  });
}"""
AWAY = """(name) => {
  const seen = (one) => one.getClientRects().length && !one.disabled && one.tabIndex >= 0;
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  const stops = [...all].filter(seen);
  const target = document.querySelector(`[data-case="${name}"]`);
  const here = document.activeElement;
  const tabs = stops.indexOf(target) - stops.indexOf(here);
  const [from, to] = [here.closest("td"), target.closest("td")];
  const best = [[Math.abs(tabs), tabs > 0 ? "Tab" : "Shift+Tab"]];
  if (from && to && from.closest("table") === to.closest("table")) {
    const fields = (row) => [...row.querySelectorAll("[data-case]")].filter(seen);
    if (from.parentElement === to.parentElement) {
      const steps = fields(to.parentElement).indexOf(target) - fields(to.parentElement).indexOf(here);
      best.push([Math.abs(steps), steps > 0 ? "Tab" : "Shift+Tab"]);
    } else if (from.cellIndex === to.cellIndex) {
      const rows = [...to.closest("table").rows].filter((row) => row.cells[to.cellIndex]?.querySelector("[data-case]"));
      const steps = rows.indexOf(to.parentElement) - rows.indexOf(from.parentElement);
      best.push([Math.abs(steps), steps > 0 ? "ArrowDown" : "ArrowUp"]);
    }
  }
  return best.sort((a, b) => a[0] - b[0])[0];
}"""
OFFERED = """() => {
  const {proposer, valeur, ajouter, ligneValeurs} = document.activeElement?.dataset ?? {};
  if (proposer) return {cell: proposer, value: valeur};
  return ligneValeurs ? {list: ajouter, line: JSON.parse(ligneValeurs)} : null;
}"""
NEAR = 3


class Hand(Keyboard):
    """A hand on the keyboard, and what the papers still ask on the tab where it is."""

    def __init__(self, page):
        super().__init__(page)
        self.wanted, self.rows, self.script, self.begun = {}, {}, [], set()

    @property
    def here(self):
        """The cell that has the focus."""
        return self.focused("document.activeElement?.dataset.case ?? ''")

    def take(self, entries):
        """The papers of a tab: each cell and its texts, and the lines for which there is no faint one."""
        for entry in entries:
            if "rows" not in entry:
                self.wanted[entry["name"]] = [entry["text"]]
            elif self.page.locator(f'[data-suite="{entry["name"]}"]').count():
                self.wanted[entry["name"]] = [text for (text,) in entry["rows"]]
            else:
                self._take_lines(entry)

    def _take_lines(self, entry):
        faint = self.page.evaluate(PLACES, entry["name"])
        self.begun |= {line["id"] for line in faint if not line["blank"]}
        left = []
        for texts in entry["rows"]:
            row = {head: text for head, text in zip(entry["heads"], texts, strict=True) if text}
            line = next((one for one in faint if _names(one, row)), None)
            if line is None:
                left.append(row)
                continue
            faint.remove(line)
            self._aim(line, row)
        if left:
            self.rows[entry["name"]] = left

    def _aim(self, line, row):
        """Every text of a line of the papers goes to its cell; what the faint line says already is there."""
        for head, text in row.items():
            cell = line["cells"][head]
            if cell["faint"]:
                self.fields += 1
                self.script.append((cell["name"], text))
            else:
                self.wanted[cell["name"]] = [text]

    def fill(self):
        """Type all that is wanted on this tab, in the order in which Enter leads."""
        while self.wanted or self.rows:
            self._open_line()
            here = self.here
            if not here and self._accept():
                continue
            if here in self.wanted:
                self._write(here)
            self._move()

    def _open_line(self):
        """A new line has the focus: it is for the next line of the papers."""
        name = self.here
        listed = ".".join(name.split(".")[:2])
        if listed not in self.rows or name in self.wanted:
            return
        line = next(one for one in self.page.evaluate(PLACES, listed) if one["id"] == name.split(".")[2])
        if line["id"] in self.begun:
            return
        self.begun.add(line["id"])
        self._aim(line, self.rows[listed].pop(0))
        if not self.rows[listed]:
            del self.rows[listed]

    def _accept(self):
        """The button of a value that the page proposes: the papers say the same, one key takes it."""
        offered = self.page.evaluate(OFFERED)
        if offered is None:
            return False
        if "cell" in offered:
            (text,) = self.wanted.pop(offered["cell"])
            assert keyed(text).replace(",", ".") == offered["value"]
            self.script.append((offered["cell"], text))
            self.fields += 1
        else:
            row = next(one for one in self.rows[offered["list"]] if one["Nom"] == offered["line"]["name"])
            self.rows[offered["list"]].remove(row)
            if not self.rows[offered["list"]]:
                del self.rows[offered["list"]]
            self.script += [(f"{offered['list']}.{head}", text) for head, text in row.items()]
            self.fields += len(row)
        self.press("Enter")
        return True

    def _write(self, name):
        text = self.wanted[name].pop(0)
        if not self.wanted[name]:
            del self.wanted[name]
        tag = self.focused("document.activeElement.tagName")
        self.script.append((name, text))
        if text == "à cocher":
            self.press("Space")
        elif tag == "SELECT":
            self.type(first_keys(text))
        else:
            self._spell(keyed(text))
        self.fields += 1

    def _spell(self, text):
        """Letter by letter, until the cell shows it all: it completes a text of the nights before."""
        for letter in text:
            self.type(letter)
            if self.focused("document.activeElement.value") == text:
                return

    def _move(self):
        """To what comes next: Enter along the usual cells, arrows and Tab for another one that is near."""
        if not self.wanted and not self.rows:
            return
        usual = set(self.page.evaluate(USUAL, [*self.wanted]))
        others = [(*self.page.evaluate(AWAY, name), name) for name in self.wanted if name not in usual]
        steps, key, _ = min(others, default=(999, "", ""))
        lines = [name for name in self.rows if self._has_faint(name)]
        if steps <= NEAR or (others and not usual and not self.rows):
            self.press(key, steps)
        elif self.page.locator(f'[data-ajouter="{next(iter(self.rows), "")}"][data-ligne-valeurs]').count():
            self.press("Enter")
        elif lines and not any(one.startswith(lines[0]) for one in usual):
            self._beyond(lines[0])
        else:
            self.press("Enter")

    def _has_faint(self, name):
        return self.page.locator(f'[data-liste="{name}"][data-veille]').count() > 0

    def _beyond(self, name):
        """Down from the last line of a list a new one opens."""
        if not self.here.startswith(name):
            first = self.page.evaluate(PLACES, name)
            target = next(iter(first[-1]["cells"].values()))["name"] if first else ""
            if not target:
                self.tab_to(f'[data-ajouter="{name}"]:not([data-ligne-valeurs])')
                self.press("Enter")
                return
            steps, key = self.page.evaluate(AWAY, target)
            self.press(key, steps)
        before = self.page.locator(f'[data-liste="{name}"] [data-ligne]').count()
        while self.page.locator(f'[data-liste="{name}"] [data-ligne]').count() == before:
            self.press("ArrowDown")
        while self.focused("document.activeElement.closest('td').cellIndex") > 0:
            self.press("ArrowLeft")


def _names(line, row):
    """Whether a faint line is the one of a line of the papers."""
    said = {head: cell["faint"] for head, cell in line["cells"].items() if cell["faint"]}
    return bool(said) and all(keyed(row.get(head, "")) == keyed(text) for head, text in said.items())


@pytest.fixture
def hotel(sqlite_template, tmp_path):
    """A demonstration hotel with two weeks of nights behind it."""
    house = House(sqlite_template, tmp_path / "instance")
    with house.app.app_context():
        assert fill_nights(datetime.fromisoformat(f"{DAY}T20:00").replace(tzinfo=UTC), CLOSED) == CLOSED
    yield house
    house.stop()


@pytest.mark.long(reason="a night of typing")
def test_a_night_by_keyboard_costs_no_more_than_on_a_spreadsheet(hotel, browser):
    context = browser.new_context(locale="fr-CA", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(20000)
    post = Post(hotel, context, AUDITOR)
    hand = Hand(post.page)
    page = hand.page
    hand.sign_in(f"{hotel.url}/papiers/{DAY}", AUDITOR, PASSWORD)
    papers = read_papers(page)
    open_night(hand, DAY, papers.pop("reprise", None))
    hand.keys.clear()
    synchronise(hand)
    report = tab_by_tab(hand, papers)
    assert papers == {}
    submit(hand)
    tell(hand, report)
    written = hand.keys["caractères"]
    others = hand.keys.total() - written
    assert others <= OTHER_KEYS * hand.fields
    assert hand.keys.total() <= WHOLE_NIGHT * hand.fields
    expect(page.locator("[data-etat-nuit]")).to_have_text(re.compile("Soumise|Verrouillée"))
    assert post.complaints == []
    context.close()


def synchronise(hand):
    """Ask Lightspeed, then have Enter follow the usual cells."""
    page = hand.page
    with page.expect_navigation():
        hand.press("Shift+F9")
    ready(page)
    hand.press("F8")


def tab_by_tab(hand, papers):
    """Each sheet in the order of the night; how many fields and which keys each took."""
    page, report = hand.page, {}
    while True:
        tab = page.url.rpartition("/")[2].partition("#")[0]
        before = hand.fields, hand.keys.copy()
        hand.take(papers.pop(tab, ()))
        hand.fill()
        if tab == "sommaire":
            return report
        hand.press("Alt+PageDown")
        page.wait_for_url(lambda address, tab=tab: f"/{tab}" not in address)
        ready(page)
        expect(status(page)).not_to_contain_text("Enregistrement")
        report[tab] = hand.fields - before[0], hand.keys - before[1]


def submit(hand):
    """Answer what is asked, submit."""
    page = hand.page
    for asked in page.eval_on_selector_all("textarea[data-motif]", "all => all.map((one) => one.dataset.motif)"):
        hand.tab_to(f'textarea[data-motif="{asked}"]')
        hand.type("vu au papier")
    hand.tab_to("[data-action=soumettre]")
    with page.expect_navigation():
        hand.press("Enter")
    ready(page)


def spelled(text, above):
    """What one types of a text on a spreadsheet, which completes it by those above it in its column; never a figure."""
    if not re.search(r"[^\d,.-]", text):
        return text
    alone = (
        text[:end] for end in range(1, len(text)) if [one for one in above if one.startswith(text[:end])] == [text]
    )
    return next(alone, text)


def tell(hand, report):
    """The keys of the night, tab by tab, then the same fields by the same hand on a spreadsheet."""
    for tab, (fields, keys) in report.items():
        print(f"{tab:12} {fields:3} champs, {keys.total():4} touches : {dict(keys)}")  # noqa: T201
    written = hand.keys["caractères"]
    others = hand.keys.total() - written
    print(f"La nuit : {hand.fields} champs, {hand.keys.total()} touches, {written} caractères, {others} autres")  # noqa: T201
    print(f"soit {others / hand.fields:.2f} autre touche par champ; détail : {dict(hand.keys)}")  # noqa: T201
    sheet, total, above = "", 0, defaultdict(set)
    for name, text in hand.script:
        tab = name.partition(".")[0]
        if tab != sheet:
            sheet, total = tab, total + 1
            print(f"chiffrier    Ctrl+Page suiv. ({tab})")  # noqa: T201
        column = above[tab, name.rpartition(".")[2]]
        written = spelled(keyed(text), column)
        column.add(keyed(text))
        total += len(written) + 1
        print(f"chiffrier    {name} : {written} ⏎")  # noqa: T201
    print(f"Chiffrier : {total} touches pour les mêmes {len(hand.script)} champs")  # noqa: T201
