"""The table of threats names tests that exist."""

import re

from tests.architecture.source import ROOT

DOCUMENT = ROOT / "documentation" / "securite.md"


def test_each_threat_has_an_answer_and_a_test_that_exists():
    lines = re.findall(r"^\| (.+?) \| (.+?) \| `(.+?)` \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) > 15
    assert [path for _, _, path in lines if not (ROOT / path).is_file()] == []
