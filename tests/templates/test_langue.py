"""Every word of the templates, labels and pages is French; figures and dates go through the filters."""

import re
from dataclasses import fields as fields_of

import pytest

from routes.gabarits import FILTERS
from tests.architecture.source import ROOT, files
from tests.pages import KEYS, PAGES
from utils.presentation import help as guide
from utils.presentation.states import CHECK_STATES, NIGHT_STATES, TAB_STATES
from utils.presentation.words import CHOICES, IN_TAB, ROLES, STATUSES, choice_label, typographic
from utils.rj.catalogue import TABS

ENGLISH = re.compile(
    r"\b(the|and|of|for|with|from|this|that|your|you|are|is|was|not|please|click|here|save|saved|saving|delete|remove|add"
    r"|edit|submit|lock|locked|unlock|open|close|search|next|previous|back|settings?|user|users|password|login|logout|sign"
    r"|home|today|tomorrow|yesterday|night|tabs|amount|name|note:|warning|error|loading|yes|no|ok|cancel|confirm|print"
    r"|help|keys?|new|all|none|empty|total of|value|values|field|fields|page not found|dashboard|history|required)\b",
    re.IGNORECASE,
)
TRADE = (
    *(
        "Daily Revenue",
        "Cash Out",
        "Daily Cash Out",
        "Guest Ledger",
        "Cashier Detail",
        "Market Segment",
        "Advance Deposit",
    ),
    *(
        "Sales Journal",
        "Cash operation",
        "Star Hot",
        "Net",
        "Note",
        "no-shows",
        "No-shows",
        "Back",
        "BACK",
        "FRONT",
        "Due back",
    ),
    *(
        "Due backs",
        "due backs",
        "due back",
        "Link",
        "Spesa D",
        "Room E",
        "payment register",
        "A/R Summary",
        "Page préc.",
        "Page suiv.",
    ),
    *(
        "Guest Ledger Summary",
        "HOTEL PROM",
        "Deposit on Hand Today",
        "Sales Journal for Entire House",
        "Total",
        "retail",
    ),
)
"""Names of reports, terminals and sheets: they are printed that way on the paper, whatever the language."""

UNACCENTED = re.compile(
    r"\b(a ete|controle|controles|verifie|equilibre|equilibree|ecart|ecarts|depot|depots|deja|apres|derniere|dernieres"
    r"|premiere|enregistre|enregistrement\s+a|duree|etat|etats|reponse|numero|prepare|preparee|fermee|ouverte\s+a"
    r"|reception|verrouillee|sante|journee|entree|reglement|operation\s+refusee|mois\s+a|annee|preference|resume|telephone"
    r"|hotel|hotels|debit|cle|cles|acces|refuse\b(?=\s*:)|ecran|echap|echec|moyenne\s+a|categorie|departement|reglages?\b(?<!réglage))\b",
    re.IGNORECASE,
)
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
EXPRESSION = re.compile(r"{{-?\s*(.*?)\s*-?}}", re.DOTALL)
FIGURE = re.compile(
    r"\.(day|audit_date|submitted_at|locked_at|room_revenue|total_revenue|diff_caisse|residue|occupancy|completeness)\b"
    r"(?!\.\w)|(?<!\.)\b(jour|veille)\b(?![.\[])"
)
"""A figure or a date that a template names, without going further into it."""


def sources():
    return [path for path in files("templates", "*.html") if "emails" not in path.parts]


def said(text):
    """What is left of a sentence once names of the trade are set apart."""
    for name in sorted(TRADE, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def foreign(texts):
    """What is not French in some texts."""
    return [text for text in texts if ENGLISH.search(said(text)) or UNACCENTED.search(said(text))]


def texts_of(path):
    text = TAG.sub("\n", JINJA.sub(" ", path.read_text(encoding="utf-8")))
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_speaks_french(path):
    texts = texts_of(path)
    assert foreign(texts) == []
    assert [text for text in texts if "'" in text] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_french(shown, path):
    page = shown[path]
    english = {id(e) for e in page.elements if e.attributes.get("lang") == "en"}
    texts = [
        " ".join(element.text.split())
        for element in page.elements
        if element.name not in {"script", "style"}
        and not {id(element), *map(id, element.path)} & english
        and "data-valeur" not in element.attributes
    ]
    heard = [e.attributes[name] for e in page.elements for name in ("title", "placeholder") if name in e.attributes]
    assert foreign([*texts, *heard]) == []


def test_the_page_says_its_language(shown):
    assert all(page.all("html")[0].attributes["lang"] == "fr-CA" for page in shown.values())


def labels():
    yield from (typographic(tab.title) for tab in TABS)
    for tab in TABS:
        for field in tab:
            for one in (field, *field.columns):
                if not one.key.startswith("dbrs_daily_rev."):
                    yield one.label
                    yield one.help
    yield from (*CHOICES.values(), *IN_TAB.values(), *STATUSES.values(), *ROLES.values())
    for table in (TAB_STATES, CHECK_STATES, NIGHT_STATES):
        yield from (state.word for state in table.values())
    for hour in guide.HOURS:
        yield from (one for one in hour if isinstance(one, str))
    for pair in guide.GLOSSARY:
        yield from pair


def test_every_label_speaks_french():
    assert foreign(labels()) == []


def test_every_choice_has_its_word():
    for tab in TABS:
        for field in tab:
            for one in (field, *field.columns):
                assert all(choice_label(tab.key, code) for code in one.choices)


def test_what_the_rules_look_for_they_find():
    assert ENGLISH.search("Save the night")
    assert UNACCENTED.search("Controle du depot")
    assert FIGURE.search("state.day")
    assert not FIGURE.search("suite.day.name")


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_figures_and_dates_go_through_the_filters(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"strftime|isoformat|\|\s*(round|int|float|format)\b|\"%|\.quantize", text)
    for expression in EXPRESSION.findall(text):
        bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", expression)
        if FIGURE.search(bare) and "url_for" not in bare and "(" not in bare.partition("|")[0]:
            assert any(f"|{name}" in bare.replace(" ", "") for name in FILTERS), expression


def test_no_field_is_left_without_a_label():
    for tab in TABS:
        for field in tab:
            assert field.label.strip(), field.key
            assert {one.name for one in fields_of(field)} >= {"label", "kind"}
    assert tuple(tab.key for tab in TABS) == KEYS
