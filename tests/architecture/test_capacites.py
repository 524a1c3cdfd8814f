"""A capability has one noun in every room it needs: the table of documentation/architecture.md, held to the files."""

import re
import unicodedata

import pytest

from tests.architecture.source import ROOT, fail_with

ARCHITECTURE = (ROOT / "documentation" / "architecture.md").read_text(encoding="utf-8")
MOTS = (ROOT / "documentation" / "mots.md").read_text(encoding="utf-8")
SECTION = ARCHITECTURE.partition("## Les capacités")[2].partition("\n## ")[0]
WHERE = "documentation/architecture.md, « Les capacités »"
REST = "*"
NAMELESS = {"nuit", "commun"}
"""The rows whose files bear no noun: the product itself, and what belongs to nobody."""
FRENCH = {"routes", "templates", "static/js"}
"""The rooms of addresses and pages; the others are of the code."""
LAYERS = {"actions", "presentation", "commands", "simulators"}
"""Rooms of ``utils/`` that every capability crosses: two are columns, two have a file a capability."""


def plain(text):
    """Lower case, without accents."""
    letters = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return "".join(one for one in letters if not unicodedata.combining(one))


def cells(text):
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]


def nouns_of_words(text):
    """The French terms of each English noun, by the table of mots.md: « séance, connexion » are two."""
    return {
        noun: [" ".join(re.findall(r"[a-z]{4,}", term)) for term in plain(row[2]).split(",")]
        for row in cells(text)
        for noun in re.findall(r"`([a-z_]+)`", row[1])
    }


def table(section):
    """The rows of the capabilities: name, nouns, and the names in each room, those of its ``*`` among them."""
    (_, *rooms), *rows = [row for row in cells(section) if len(row) > 2]
    rooms = [room.rstrip("/") for room in rooms]
    lists = {(who, room): names for who, room, names in re.findall(r"^- (\w+), `(.+?)/` : (.+)\.$", section, re.M)}
    for head, *columns in rows:
        name = head.partition(" (")[0]
        held = {
            room: cell.replace(REST, lists.get((name, room), "")) for room, cell in zip(rooms, columns, strict=True)
        }
        split = {room: [one.strip() for one in cell.split(",") if one.strip(" —")] for room, cell in held.items()}
        yield name, re.findall(r"`([a-z]+)`", head), split


def exceptions(section):
    return {file for row in cells(section) if len(row) == 2 for file in re.findall(r"`(.+?)`", row[0])}


CAPABILITIES = list(table(SECTION))
ROOMS = list(CAPABILITIES[0][2])
WORDS = nouns_of_words(MOTS)
EXCEPTIONS = exceptions(SECTION)


def there(room):
    """What the room holds: packages, modules, templates, without their endings."""
    entries = [one for one in (ROOT / room).iterdir() if not one.name.startswith(("_", "."))]
    return {one.name.partition(".")[0] for one in entries} - (LAYERS if room == "utils" else set())


def parts(name):
    """The words of a file, in the singular: ``job_runs`` has « job » and « run »."""
    return {one.removesuffix(end) for one in re.split(r"[_-]", plain(name)) for end in ("", "s", "es")}


def bears(name, room, noun, words):
    """Whether a file has a noun as its room asks it: English in code, every word of a French term in pages."""
    terms = words.get(noun, []) if room in FRENCH else [noun]
    return any(set(term.split()) <= parts(name) for term in terms if term)


def unplaced(room, capabilities, files):
    """What stands in a room and in no row, in several, or in a row and no longer in the room."""
    named = [name for _, _, rooms in capabilities for name in rooms[room]]
    for name in sorted(files - set(named)):
        yield (
            f"{room}/{name} : aucune ligne de {WHERE}, ne le nomme. L’écrire dans la colonne « {room}/ » de sa "
            "capacité (une neuve a sa ligne), ou dans la liste « nuit » ou « commun » s’il n’est d’aucune."
        )
    for name in sorted({name for name in named if named.count(name) > 1}):
        yield f"{room}/{name} : nommé deux fois dans {WHERE}. Un fichier est d’une seule ligne."
    for name in sorted(set(named) - files):
        yield f"{room}/{name} : nommé dans {WHERE}, et absent. L’y effacer, ou écrire le fichier."


def misnamed(capabilities, words, excepted):
    """Each file of a row that has not its noun, and each of a list that has the noun of a row."""
    owners = {noun: name for name, nouns, _ in capabilities if name not in NAMELESS for noun in nouns}
    for name, nouns, rooms in capabilities:
        for room, file in ((room, file) for room, files in rooms.items() for file in files):
            if f"{room}/{file}" in excepted or any(bears(file, room, noun, words) for noun in nouns):
                continue
            said = sorted({word for noun in nouns for word in ([noun] if room not in FRENCH else words.get(noun, []))})
            if name not in NAMELESS:
                yield (
                    f"{room}/{file} : ne porte pas le nom de sa capacité, « {name} » ({', '.join(said)}). Le "
                    f"renommer, ou l’écrire avec sa raison au tableau des exceptions de {WHERE}."
                )
            elif owner := next((owners[noun] for noun in owners if bears(file, room, noun, words)), None):
                yield (
                    f"{room}/{file} : porte le nom de « {owner} » et se trouve dans la liste « {name} ». Le ranger "
                    f"dans la ligne de cette capacité, le renommer, ou l’écrire au tableau des exceptions de {WHERE}."
                )


def nameless(capabilities, words):
    """Each row without a noun, with one that mots.md does not know, or with that of another row."""
    seen = {}
    for name, nouns, _ in capabilities:
        if not nouns and name not in NAMELESS:
            yield f"« {name} » : sans nom. Écrire entre parenthèses son nom en anglais, comme « aide (`help`) »."
        for noun in nouns:
            if noun not in words:
                yield f"« {name} » : `{noun}` n’est pas dans documentation/mots.md. Y écrire sa rangée."
            if noun in seen:
                yield f"« {name} » : `{noun}` est déjà le nom de « {seen[noun]} ». En choisir un autre."
            seen[noun] = name


@pytest.mark.parametrize("room", ROOMS)
def test_each_file_of_a_room_is_of_one_capability(room):
    fail_with(unplaced(room, CAPABILITIES, there(room)))


def test_each_row_has_its_nouns_from_the_table_of_words():
    fail_with(nameless(CAPABILITIES, WORDS))


def test_each_file_bears_a_noun_of_its_row():
    fail_with(misnamed(CAPABILITIES, WORDS, EXCEPTIONS))


def test_an_exception_is_still_one():
    needed = {said.partition(" : ")[0] for said in misnamed(CAPABILITIES, WORDS, set())}
    fail_with(f"{one} : n’est plus une exception; l’effacer de {WHERE}." for one in sorted(EXCEPTIONS - needed))


def test_four_names_for_one_thing_are_refused():
    """A row may not call one thing by four names, nor hide in the list of the common ones."""
    head = "| Capacité | database/ | utils/ | routes/ | static/js/ |\n"
    tail = "\n| commun | * | — | — | — |\n"
    good = f"{head}| prévisions (`forecast`) | forecasts | forecast | previsions | prevision |{tail}"
    bad = f"{head}| prévisions (`forecast`) | outlook | forecast | forecast | pronostic |{tail}"
    listed = "- commun, `database/` : base, forecast_rows.\n"
    words = nouns_of_words("| ce qui vient | `forecast` | prévision | — |")

    def found(text):
        return [one.partition(" : ")[0] for one in misnamed(list(table(text)), words, set())]

    assert found(good + "- commun, `database/` : base.\n") == []
    assert found(bad + listed) == [
        *("database/outlook", "routes/forecast", "static/js/pronostic", "database/forecast_rows"),
    ]
    assert [one.partition(" : ")[0] for one in nameless(list(table(good)), {})] == ["« prévisions »"]


def test_a_new_file_without_a_row_is_refused():
    (said,) = unplaced("utils/actions", CAPABILITIES, there("utils/actions") | {"forecast"})
    assert said.startswith("utils/actions/forecast : aucune ligne de documentation/architecture.md")


def test_lightspeed_has_one_name_in_every_room():
    """It stood in nine places under five names."""
    (rooms,) = (rooms for name, _, rooms in CAPABILITIES if name == "lightspeed")
    assert all(name.startswith("lightspeed") for held in rooms.values() for name in held)
