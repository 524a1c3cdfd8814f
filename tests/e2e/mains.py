"""Hands on the keyboard: walking from cell to cell, adding lines, choosing from a list, without a mouse."""

import re
from collections import Counter

FURTHEST = 400
BELOW = """(name) => {
  const fields = [document.activeElement, document.querySelector(`[data-case="${name}"]`)];
  const [from, to] = fields.map((field) => field?.closest("td"));
  if (!from || !to || from.closest("table") !== to.closest("table") || from.cellIndex !== to.cellIndex) return 0;
  const rows = [...from.closest("table").rows].filter((row) => row.cells[from.cellIndex]?.querySelector("[data-case]"));
  return Math.max(0, rows.indexOf(to.parentElement) - rows.indexOf(from.parentElement));
}"""
ORDER = "(places) => places.map((place) => place.dataset.case ?? place.dataset.ajouter)"


class Keyboard:
    """Hands on the keyboard, and nothing else; counts every key."""

    def __init__(self, page):
        self.page, self.keys, self.fields = page, Counter(), 0

    def press(self, key, times=1):
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys[key] += times

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys["caractères"] += len(text)

    def focused(self, what):
        return self.page.evaluate(what)

    def tab_to(self, selector):
        """Tab until something of this selector has the focus."""
        for _ in range(FURTHEST):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"the Tab key never reaches {selector}")

    def go_to(self, name):
        """Walk to a cell: down the column when it is below, else by Tab."""
        below = self.page.evaluate(BELOW, name)
        if below:
            self.press("Enter", below)
        self.tab_to(f'[data-case="{name}"]')

    def enter(self, name, text):
        """Walk to a cell, type, leave it in place: the next move commits it."""
        self.go_to(name)
        self.type(text)
        self.fields += 1

    def sign_in(self, address, email, password):
        """From the log-in page to the address that was asked for."""
        self.page.goto(address)
        self.tab_to("#email")
        self.type(email)
        self.tab_to("#password")
        self.type(password)
        self.press("Enter")
        self.page.wait_for_url(address)

    def add_line(self, name):
        """A new line of a list, by the button that adds one; its id."""
        self.tab_to(f'[data-ajouter="{name}"]')
        self.press("Enter")
        return self.focused("document.activeElement.closest('[data-ligne]').dataset.ligne")

    def add_amounts(self, name, amounts):
        """A plain list: Enter opens the next one."""
        self.tab_to(f'[data-suite="{name}"] [data-case]')
        for amount in amounts:
            self.type(amount)
            self.press("Enter")
            self.fields += 1


def first_keys(label):
    """What one types to choose: the label up to its first letter that the driver has no key for.

    It would insert that letter by itself, in the text field last visited rather than in the list of choices.
    """
    return re.match("[ -~]+", label)[0]
