"""What the documents promise, found by reading them: command lines, addresses, settings."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(str(one.relative_to(ROOT)) for one in ROOT.glob("documentation/**/*.md")),
)
GROUPS = ("base", "demonstration", "hotel", "retention", "rj", "sauvegarde", "simulateur", "utilisateur")
PROGRAMS = (
    *GROUPS,
    *("flask", "make", "pytest", "python3", "pip", "gunicorn", "sudo", "cd", "git", "curl", "chmod", "crontab"),
    *("apt-get", "systemctl", "journalctl", "nginx", "psql", "pg_dump", "createdb", "docker", "openssl", "npm"),
)
"""The first word of what is a command line when a sentence names it."""

WHOLE = {("rj", "journal", "verifier"), ("simulateur", "lightspeed"), ("simulateur", "marsha")}
"""They are lines by themselves, though longer ones begin with them."""

_FENCE = re.compile(r"```(\w*)\n(.*?)```", re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_PYTHON = re.compile(r"(python3 -c '[^']+')")
_SETTING = re.compile(r"(?:export )?([A-Z][A-Z0-9_]{2,})=(.*)")
_ADDRESS = re.compile(r"^(?:(GET|POST|PUT|PATCH|DELETE)(?:, (?:GET|POST))? )?(/[A-Za-z{<_.-][^\s`]*|/)$")


def text_of(page):
    """A page as one text, a line cut by a backslash made whole."""
    return (ROOT / page).read_text(encoding="utf-8").replace("\\\n", " ")


def languages(text):
    """The languages of what a page shows apart."""
    return {language for language, _ in _FENCE.findall(text)}


def lines_of(text):
    """Each line of a terminal that a page shows apart, and each command line that a sentence names."""
    for language, block in _FENCE.findall(text):
        for line in block.splitlines() if language == "sh" else ():
            yield from _PYTHON.findall(line)
            yield from filter(None, (part.strip() for part in line.partition(" #")[0].split("&&")))
    for code in _CODE.findall(_FENCE.sub("", text)):
        first, *more = code.split(" ")
        if more and Path(first).name in PROGRAMS and code not in {"flask --app main", "rj COMMANDE"}:
            yield code


def command_of(line):
    """The words of a command line of ours, or nothing. « rj base preparer » abbreviates (exploitation.md)."""
    _, asked, rest = line.partition("flask --app main ")
    if asked:
        return tuple(shlex.split(rest))
    words = tuple(shlex.split(line))
    if words[0] == "rj" and words[1] in GROUPS:
        return words[1:]
    return words if words[0] in GROUPS else ()


def setting_of(line):
    """The name and the value of a line that sets something, or nothing."""
    found = _SETTING.fullmatch(line)
    return found and (found[1], found[2].strip().strip('"'))


def every(read):
    """What a reader finds in each page: the first page that says each thing."""
    found = {}
    for page in PAGES:
        for one in read(text_of(page)):
            found.setdefault(one, page)
    return found


def command_lines():
    """Each command line of ours, as its words, with the page that says it; the beginning of another is that other."""
    said = {words: page for line, page in every(lines_of).items() if (words := command_of(line))}
    return {
        words: page
        for words, page in said.items()
        if not any(one[: len(words)] == words and one != words and words not in WHOLE for one in said)
    }


def settings_of(text):
    """Each name in capitals that a page gives as a setting, in a terminal or in a sentence, with its value or None."""
    for line in lines_of(text):
        if found := setting_of(line):
            yield found
    for code in _CODE.findall(_FENCE.sub("", text)):
        if found := setting_of(code):
            yield found
        elif re.fullmatch(r"[A-Z][A-Z0-9_]{3,}", code):
            yield code, None


def addresses_of(text):
    """Each address of the application that a page names in code: method or None, path."""
    for code in _CODE.findall(_FENCE.sub("", text)):
        if match := _ADDRESS.fullmatch(code.partition(" {")[0].partition("?")[0]):
            yield match[1], match[2]


def addresses():
    """Each address, with the page that names it."""
    return every(addresses_of)
