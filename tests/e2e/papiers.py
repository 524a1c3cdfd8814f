"""The papers of a night as a newcomer reads them, and the first steps that they lead to."""

import re
from collections import defaultdict

from tests.e2e.postes import ready

READ = """(articles) => articles.flatMap((article) => {
  const said = (one) => one.textContent.trim();
  const link = (one) => ({ address: one.href, place: said(one.querySelector("[data-place]")) });
  const lines = [...article.querySelectorAll("[data-papier=champ]")];
  const lists = [...article.querySelectorAll("[data-papier=liste]")];
  return [
    ...lines.map((line) => ({ ...link(line.querySelector("a")), text: said(line.cells[1]) })),
    ...lists.map((table) => ({
      ...link(article.querySelector("p a")),
      heads: [...table.tHead.rows[0].cells].map(said),
      rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map(said)),
    })),
  ];
})"""
"""What the papers say: for each line or list, where it leads, how it calls that place, and what is to be typed."""

NAME = """(name) => {
  const place = document.getElementById(name);
  const own = place.getAttribute("aria-label") ?? (place.labels?.[0] ?? place.querySelector("caption")).textContent;
  return own.replace(/\\s+/g, " ").trim();
}"""
FIGURE = re.compile(r"[−-]?[\d\s]+(,\d\d)?(\s\$)?")


def keyed(text):
    """A text of the papers as fingers type it: a figure without its spaces and its sign of money."""
    return re.sub(r"[\s$]", "", text).replace("−", "-") if FIGURE.fullmatch(text) else text


def read_papers(page):
    """What stands on the papers, by the page where they say to type it."""
    by_page = defaultdict(list)
    for entry in page.locator("main article").evaluate_all(READ):
        address, _, entry["name"] = entry["address"].partition("#")
        by_page[address.rpartition("/")[2]].append(entry)
    return by_page


def open_night(hands, day, reprise):
    """Open the night from the papers; a first night takes over the figures of the evening before."""
    page = hands.page
    if reprise:
        hands.tab_to(f'a[href*="reprise#{reprise[0]["name"]}"]')
        hands.press("Enter")
        page.wait_for_url("**/reprise**")
        for entry in reprise:
            take_over(hands, entry)
        hands.tab_to("form button.main")
    else:
        hands.tab_to(f'.commandes a[href$="{day}"]')
        hands.press("Enter")
        page.wait_for_url(f"**/native/{day}")
        hands.tab_to("form button.main")
    hands.press("Enter")
    page.wait_for_url(f"**/{day}/controle")
    ready(page)


def take_over(hands, entry):
    """A figure of the *reprise*, or its list of floats, typed where the paper says."""
    if "text" in entry:
        named(hands.page, entry)
        hands.tab_to(f'[name="{entry["name"]}"]')
        hands.type(keyed(entry["text"]))
        hands.fields += 1
        return
    hands.tab_to(f'[name^="{entry["name"]}."]')
    for row in entry["rows"]:
        for text in row:
            hands.type(keyed(text))
            hands.press("Tab")
            hands.fields += 1


def named(page, entry):
    """The place to which a paper leads is called on its page as the paper calls it."""
    own, told = page.evaluate(NAME, entry["name"]).lower(), entry["place"].lower()
    assert own in told or told in own, (entry["place"], own)
