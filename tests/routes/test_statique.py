"""Styles and scripts as they are served: lighter, compressed once, again when any module of a page changes."""

import os

import pytest

from routes import statique
from routes.statique import DIRECTORY, lightened, read, tree_version


@pytest.mark.parametrize(
    ("script", "light"),
    [
        (b"// Pourquoi.\n  faire(); // une fois\n", b"\nfaire();\n"),
        (b"const a = \"http://x\"; // 'b'\n", b"const a = \"http://x\"; // 'b'\n"),
        (b"un();\n\n    // deux\n", b"un();\n\n\n"),
    ],
)
def test_a_script_loses_its_comments_and_keeps_its_texts_and_its_lines(script, light):
    assert lightened(script) == light


def test_what_is_compressed_already_is_not_compressed_again():
    font = next(DIRECTORY.rglob("*.woff2"))
    assert read(font, 1).compressed == {}
    style = read(DIRECTORY / "css/base.css", 1)
    assert (style.content_type, all(len(one) < len(style.body) for one in style.compressed.values())) == (
        "text/css; charset=utf-8",
        True,
    )


def test_the_version_is_that_of_every_file(tmp_path):
    (tmp_path / "un.js").write_text("1", encoding="utf-8")
    first = tree_version(tmp_path)
    tree_version.cache_clear()
    (tmp_path / "deux.js").write_text("2", encoding="utf-8")
    assert tree_version(tmp_path) != first


def test_the_script_of_a_page_is_read_again_when_a_module_of_it_changes(visitor, tmp_path, monkeypatch):
    (tmp_path / "js").mkdir()
    (tmp_path / "js/page.js").write_text('import { UN } from "./un.js";\nfaire(UN);\n', encoding="utf-8")
    part = tmp_path / "js/un.js"
    part.write_text("export const UN = 1;\n", encoding="utf-8")
    monkeypatch.setattr(statique, "DIRECTORY", tmp_path)
    assert "UN = 1" in visitor.get("/static/x/js/page.js").text
    part.write_text("export const UN = 2;\n", encoding="utf-8")
    os.utime(part, ns=(1, 4_000_000_000_000_000_000))
    assert "UN = 2" in visitor.get("/static/x/js/page.js").text
