"""What the documents promise, found by reading them: command lines, addresses, settings."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", *sorted(str(one.relative_to(ROOT)) for one in ROOT.glob("documentation/*.md")))
GROUPS = ("base", "demonstration", "hotel", "retention", "rj", "sauvegarde", "simulateur", "utilisateur")
_FLASK = re.compile(r"flask --app main((?: +[^\s`]+)+)")
_SHORT = re.compile(rf"(?m)(?:^|`)rj ((?:{'|'.join(GROUPS)})\b[^`\n]*)")
_FENCE = re.compile(r"```(\w*)\n(.*?)```", re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_ADDRESS = re.compile(r"^(?:(GET|POST|PUT|PATCH)(?:, (?:GET|POST))? )?(/[A-Za-z{<_.-][^\s`]*|/)$")


def text_of(page):
    """A page as one text, a line cut by a backslash made whole."""
    return (ROOT / page).read_text(encoding="utf-8").replace("\\\n", " ")


def command_lines():
    """Each command line of `flask --app main` in the documents, as its words, with the page that says it.

    « rj … » at the beginning of a line abbreviates it (exploitation.md).
    """
    found = {}
    for page in PAGES:
        text = text_of(page)
        lines = [match[1] for match in _FLASK.finditer(text)]
        lines += [match[1] for match in _SHORT.finditer(text) if page == "documentation/exploitation.md"]
        for line in lines:
            words = tuple(shlex.split(line.partition(" #")[0]))
            if words and words[0] in GROUPS and len(words) > 1:
                found.setdefault(words, page)
    return found


def make_lines():
    """Each `make target` of the documents."""
    found = {}
    for page in PAGES:
        for match in re.finditer(r"(?m)(?:^|`)make ([a-z-]+)", text_of(page)):
            found.setdefault(match[1], page)
    return found


def addresses():
    """Each address of the application that a document names in code: method or None, path, page."""
    found = {}
    for page in PAGES:
        for code in _CODE.findall(_FENCE.sub("", text_of(page))):
            if match := _ADDRESS.fullmatch(code.partition(" {")[0].partition("?")[0]):
                found.setdefault((match[1], match[2]), page)
    return found
