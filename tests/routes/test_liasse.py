"""The modules of a page in one script: each once, those that are needed first, nothing left to ask for."""

import re

import pytest

from routes.liasse import COMMON, ENTRIES, bundled
from routes.statique import DIRECTORY
from tests.architecture.source import ROOT


def write(folder, **modules):
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")


def test_modules_come_once_in_the_order_of_their_needs(tmp_path):
    write(
        tmp_path,
        page='import { deux as double } from "./calcul.js";\nimport * as un from "./un.js";\ndouble(un.UN);\n',
        calcul='import { UN } from "./un.js";\nexport const deux = (n) => n + UN;\n',
        un="export const UN = 1;\nexport async function faire() {}\nconst prive = 2;\n",
    )
    assert bundled(tmp_path / "page.js").decode() == (
        "const $0 = (() => {\nconst UN = 1;\nasync function faire() {}\nconst prive = 2;\n\n"
        "return { UN, faire };\n})();\n"
        "const $1 = (() => {\nconst { UN } = $0;\nconst deux = (n) => n + UN;\n\nreturn { deux };\n})();\n"
        "const { deux: double } = $1;\nconst un = $0;\ndouble(un.UN);\n"
    )


def test_a_module_imported_for_what_it_does_is_there(tmp_path):
    write(tmp_path, page='import "./fait.js";\n', fait="faire();\n")
    assert "faire();" in bundled(tmp_path / "page.js").decode()


def test_modules_that_import_each_other_are_refused(tmp_path):
    write(tmp_path, a='import { b } from "./b.js";\nexport const a = b;\n', b='import { a } from "./a.js";\n')
    with pytest.raises(ValueError, match=r"a\.js, b\.js"):
        bundled(tmp_path / "a.js")


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_the_scripts_of_the_pages_ask_for_nothing_more_than_what_every_page_does(entry):
    script = bundled(DIRECTORY / entry).decode()
    assert not re.search(r"\bimport\(", script)
    asked = re.findall(r"^\s*(?:import|export)\b.*", script, re.MULTILINE)
    if entry == "js/page.js":
        assert [line.partition(" ")[0] for line in asked] == ["export"]
    else:
        assert len(asked) == 1
        assert re.fullmatch(r'import \{ .* \} from "\./(\.\./)?page\.js";', asked[0])


def test_what_a_script_takes_is_what_every_page_gives():
    given = set(re.findall(r"\$\d+ as (\w+)", bundled(COMMON).decode().splitlines()[-1]))
    for entry in ENTRIES - {"js/page.js"}:
        taken = bundled(DIRECTORY / entry).decode().splitlines()[0]
        assert set(re.findall(r"(\w+) as \$\d+", taken)) == given


def test_every_script_of_a_page_is_one_of_them():
    asked = set()
    for page in (ROOT / "templates").rglob("*.html"):
        asked |= set(re.findall(r"filename='(js/[\w/]+\.js)'", page.read_text("utf-8")))
    assert asked == ENTRIES
