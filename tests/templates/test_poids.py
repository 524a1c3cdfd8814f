"""What a page weighs over the wire, what comes from elsewhere, and whether it can be read in both themes."""

import re
from hashlib import sha256

import pytest

from tests.architecture.source import ROOT
from tests.pages import KEYS, NIGHT

VENDOR = ROOT / "static" / "vendor"
COLD, FIRST, NEXT = 100_000, 60_000, 20_000
"""Bytes of a visit with nothing kept, of the first visit of somebody who just signed in, and of the next ones."""

SERVER = len("HTTP/1.1 200 OK\r\nServer: gunicorn\r\nConnection: keep-alive\r\n\r\n")
"""What the server adds to the headers that the application gives."""

ADDRESS = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORT = re.compile(r'(?:from|import)\s*\(?"(\./[^"]+)"')
FONT = re.compile(r'url\("(\.\./[^"]+)"\)')


def fetched(client, path):
    return client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})


def weight(answer):
    """Bytes over the wire: the compressed body and the headers."""
    return len(answer.data) + SERVER + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)


def needed(client, page):
    """Every file that a page asks for, those its scripts import and its styles name included."""
    waiting, known = set(ADDRESS.findall(page)), {}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        assert answer.status_code == 200, path
        known[path] = weight(fetched(client, path))
        folder = path.rpartition("/")[0]
        if path.endswith(".js"):
            found = {resolved(f"{folder}/{name}") for name in IMPORT.findall(answer.text)}
        else:
            found = (
                {resolved(f"{folder}/{name}") for name in FONT.findall(answer.text)} if path.endswith(".css") else set()
            )
        waiting |= found - known.keys()
    return known


def resolved(path):
    parts = []
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


@pytest.fixture
def kept(visitor):
    """What a browser has since the page where one signs in: the font, the styles and script of every page."""
    return needed(visitor, visitor.get("/connexion").text)


@pytest.mark.parametrize("key", KEYS)
def test_a_night_page_is_light(reader, kept, key):
    own = weight(fetched(reader, f"{NIGHT}/{key}"))
    files = needed(reader, reader.get(f"{NIGHT}/{key}").text)
    cold = own + sum(files.values())
    first = own + sum(size for path, size in files.items() if path not in kept)
    said = f"{key} : rien de gardé {cold} octets, première visite {first}, suivante {own}, {len(files)} fichiers"
    print(said)  # noqa: T201 - the weight is to be read
    assert cold <= COLD
    assert first <= FIRST
    assert own <= NEXT
    for path in files:
        assert fetched(reader, path).headers["Cache-Control"] == "max-age=31536000, public, immutable"


def test_what_comes_from_elsewhere_is_as_it_was_published():
    table = dict(
        re.findall(r"^\| ([\w./-]+) \| `([0-9a-f]{64})` \|$", (VENDOR / "VENDOR.md").read_text("utf-8"), re.MULTILINE)
    )
    files = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file()}
    files.pop("VENDOR.md")
    assert {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == table


def test_every_package_has_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert len(folders) == 3
    assert all((folder / "LICENSE").read_text(encoding="utf-8").strip() for folder in folders)


def test_the_icons_are_those_of_feather():
    sprite = (ROOT / "templates/composants/icones.html").read_text(encoding="utf-8")
    symbols = dict(re.findall(r'<symbol id="i-(\w+)" viewBox="0 0 24 24">(.*?)</symbol>', sprite))
    published = {
        re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)[1]
        for path in (VENDOR / "feather").glob("*.svg")
    }
    ours = {name for name, body in symbols.items() if body not in published}
    assert ours == {"diff", "half"}
    assert set(symbols.values()) >= published


def luminance(colour):
    digits = colour * 2 if len(colour) == 3 else colour
    if len(colour) == 3:
        digits = "".join(2 * digit for digit in colour)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens(theme):
    css = (ROOT / "static/css/base.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\(#([0-9a-f]{3,6}), #([0-9a-f]{3,6})\)", css)
    return {name: (light, dark)[theme] for name, light, dark in pairs}


@pytest.mark.parametrize("theme", [0, 1], ids=["clair", "sombre"])
@pytest.mark.parametrize("ground", ["paper", "calc", "wait-bg", "diff-bg"])
def test_words_stand_out_on_every_ground(theme, ground):
    known = tokens(theme)
    for word in ("ink", "soft", "accent", "ok", "diff", "wait"):
        assert contrast(known[word], known[ground]) >= 4.5, (word, ground)


@pytest.mark.parametrize("theme", [0, 1], ids=["clair", "sombre"])
def test_the_frame_of_a_field_can_be_seen(theme):
    known = tokens(theme)
    assert contrast(known["edge"], known["paper"]) >= 3
    assert contrast(known["on-accent"], known["accent"]) >= 4.5
