"""A closed night says what it said on the day it was closed, whatever the catalogue has become since."""

import json

import pytest
from flask import render_template_string

from tests.pages import Page
from tests.utils.rj import golden
from utils.actions import freezing
from utils.actions.freezing import DECLARED, frozen, thawed
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_page
from utils.rj.catalogue import BY_KEY, FIELDS

SETTINGS = {}
DRAWN = """{% for bloc in tab.blocks %}{% include bloc.template %}{% endfor %}"""


def closed(name=golden.COMPLETE):
    """A golden night as the base keeps it once closed."""
    night = golden.night(name)
    reglages = {key: night_settings(night)[key] for key in ("rooms",)}
    return json.loads(json.dumps(frozen(night, reglages, {})))


def night_settings(night):
    return {"rooms": night.settings.rooms}


@pytest.fixture
def without(monkeypatch):
    """Take a field, or a column of its lines, out of the catalogue."""

    def taken_out(name):
        monkeypatch.setattr(freezing, "DECLARED", {key: DECLARED[key] for key in DECLARED if not is_under(key, name)})
        monkeypatch.setattr(freezing, "FIELDS", {key: FIELDS[key] for key in FIELDS if key != name})

    return taken_out


def is_under(key, name):
    return key == name or key.startswith(f"{name}[].")


@pytest.mark.parametrize("name", golden.NAMES)
def test_a_closed_night_comes_back_as_it_was(name):
    night, back = golden.night(name), thawed(closed(name), "Sheraton Laval")
    assert back.inputs == night.inputs
    assert {key: back.values[key] for key in night.values if not key.startswith("property.")} == {
        key: value for key, value in night.values.items() if not key.startswith("property.")
    }
    assert (back.sources, back.former, back.day) == (night.sources, {}, night.day)


def test_the_lines_of_a_closed_night_keep_what_names_them():
    document = closed()
    name = next(key for key, value in document["saisies"].items() if as_lines(value) and "id" not in value[0])
    for part in ("saisies", "valeurs"):
        for position, line in enumerate(document[part][name]):
            line["id"] = f"ligne-{position:08}"
    back = thawed(document, "Sheraton Laval")
    for lines in (back.inputs[name], back.values[name]):
        assert [line["id"] for line in lines] == [f"ligne-{position:08}" for position in range(len(lines))]
    assert back.former == {}


def test_each_field_and_each_column_taken_out_leaves_the_night_readable(without):
    document, whole = closed(), thawed(closed(), "Sheraton Laval")
    held = [name for name in document["champs"] if name in DECLARED]
    assert len(held) > 400
    for name in held:
        without(name)
        night = thawed(document, "Sheraton Laval")
        lines = name.partition("[].")[0]
        kept = {key: value for key, value in whole.values.items() if not is_under(key, name) and key != lines}
        assert {key: night.values[key] for key in kept} == kept, name
        labels = tuple(label for _, label in document["champs"].values())
        assert all(one.label.startswith(labels) for one in night.former.values()), name
        assert not [path for path in night.former if not path.startswith(lines)], name
        assert night.former or not has_figures(whole, name), name


def as_lines(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def has_figures(night, name):
    """Whether the night holds a figure under this name, be it in a line."""
    lines, _, column = name.partition("[].")
    if name in night.values:
        return night.values[name] not in ((), {}) and any(map(is_given, as_figures(night.values[name])))
    return any(line.get(column) is not None for line in night.values.get(lines, ()))


def as_figures(value):
    return value if isinstance(value, tuple) else (value,)


def is_given(figure):
    return figure is not None


def test_a_night_closed_before_kinds_were_kept_with_it_is_read_by_the_catalogue():
    document = closed()
    del document["champs"]
    assert thawed(document, "Sheraton Laval").values == thawed(closed(), "Sheraton Laval").values


def test_what_is_declared_no_more_is_shown_under_its_label_of_then(app_sqlite, without):
    name = "recap.cheque_ar_lecture"
    document = closed()
    document["valeurs"][name] = document["saisies"][name] = "12.50"
    document["champs"][name] = ["money", "Chèque d’un ancien registre"]
    without(name)
    page = tab_page(thawed(document, "Sheraton Laval"), BY_KEY["recap"], Marks())
    with app_sqlite.test_request_context():
        html = render_template_string(DRAWN, tab=page, base="/rj/native/2025-12-23", onglet="recap", modifiable=False)
    words = " ".join(Page(html).words())
    assert "Chiffres de cette nuit qui n’existent plus aujourd’hui" in words
    assert "Chèque d’un ancien registre" in words
    assert "12,50" in words
