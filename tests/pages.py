"""Pages as a person meets them: the golden night typed into a hotel, and a page read back from its HTML."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.applications import login
from tests.utils.rj import golden
from utils.rj.catalogue import TABS

DAY = "2025-12-23"
NIGHT = f"/rj/native/{DAY}"
KEYS = tuple(tab.key for tab in TABS)
PAGES = (
    *(f"{NIGHT}/{key}" for key in KEYS),
    *("/lightspeed/", f"/lightspeed/?jour={DAY}", f"/papiers/{DAY}"),
    *(
        "/automatismes",
        "/notifications",
        "/",
        "/historique",
        "/historique?mois=2025-12",
        "/aide",
        f"{NIGHT}/journal",
        f"{NIGHT}/reprise",
        f"{NIGHT}/classeur",
    ),
    *("/rj/native/2024-12-24", f"{NIGHT}/imprimer", f"{NIGHT}/recap/imprimer"),
)
VOID = {"input", "link", "meta", "br", "hr", "img"}
SILENT = {"script", "style", "template"}


def without_token(text):
    """A page without its token, which carries the second it was made in."""
    return re.sub(r"[\w-]{20,}\.[\w-]+\.[\w-]{20,}", "", text)


def auditor(app, email="auditeur@demo.hotel"):
    """A browser signed in as the night auditor, or as somebody else."""
    client = app.test_client()
    assert login(client, email).status_code == 303
    return client


def type_night(client, day=DAY, name=golden.COMPLETE):
    """Open a night and type a golden one into it, through the API as the page does."""
    document, address = golden.document(name), f"/api/rj/native/session/{day}"
    assert client.post(address).status_code in (200, 201)
    if "previous" in document:
        assert client.put(f"{address}/reprise", json=document["previous"]).status_code == 200
    for tab, values in document["tabs"].items():
        version = client.get(address).json["version"]
        answer = client.patch(f"{address}/{tab}", json={"version": version, "values": values})
        assert answer.status_code == 200, answer.text
    return client


@dataclass
class Element:
    """An element of a page: its name, attributes, ancestors and own text."""

    name: str
    attributes: dict
    path: tuple
    text: str = ""


@dataclass
class Page(HTMLParser):
    """The elements of a page, in order."""

    source: str
    elements: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._open = []
        self.feed(self.source)
        self.close()

    def handle_starttag(self, name, given):
        element = Element(name, {key: value or "" for key, value in given}, tuple(self._open))
        self.elements.append(element)
        if name not in VOID:
            self._open.append(element)

    def handle_endtag(self, name):
        while self._open and self._open.pop().name != name:
            pass

    def handle_data(self, data):
        for element in self._open[-1:]:
            element.text += data

    def all(self, *names):
        """Elements of these names."""
        return [element for element in self.elements if element.name in names]

    def with_attribute(self, name):
        """Elements that have an attribute."""
        return [element for element in self.elements if name in element.attributes]

    def inside(self, element, *names):
        """Whether an element stands in one of these."""
        return any(ancestor.name in names for ancestor in element.path)

    def words(self):
        """Everything a person reads or hears: texts, labels, titles, placeholders."""
        for element in self.elements:
            if element.name not in SILENT and not self.inside(element, *SILENT) and element.text.strip():
                yield " ".join(element.text.split())
            for name in ("aria-label", "title", "placeholder", "alt"):
                if element.attributes.get(name):
                    yield element.attributes[name]
