"""A text of a list that is completed as in Excel: by the only known one that begins so, and by nothing else."""

import pytest

from tests.static.js.grille import laid

pytestmark = pytest.mark.e2e

WITH = 'const { complet, demarrer } = await import("/static/js/completer.js");'


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("pl", "Plainte d’un client"),
        ("ECO", "École"),
        ("R", ""),
        ("Repas d", "Repas d’un fournisseur"),
        ("Plainte d’un client", ""),
        ("Autre", ""),
        (" ", ""),
    ],
)
def test_only_one_known_text_completes_another(desk, text, whole):
    known = ["Plainte d’un client", "Repas", "Repas d’un fournisseur", "École", "École"]
    assert desk.run(f"{WITH} return complet(donne[0], donne[1]);", text, known) == whole


def test_the_end_that_is_proposed_is_taken_whole_and_gives_way_to_what_is_typed(desk):
    laid(desk).run(
        f"""{WITH} etat.etat.textes = {{"sd_entries.note": ["Plainte d’un client"]}};
        document.querySelector("[data-ligne] td").insertAdjacentHTML("beforeend",
          '<input data-case="sd.sd_entries.z.note" data-genre="text">');
        demarrer();
        document.querySelector("[data-case$='.note']").focus();"""
    )
    shown = """(() => { const un = document.activeElement; return [un.value, un.selectionStart]; })()"""
    desk.page.keyboard.type("pla")
    assert desk.page.evaluate(shown) == ["Plainte d’un client", 3]
    desk.page.keyboard.type("n")
    assert desk.page.evaluate(shown) == ["Plan", 4]
    desk.page.keyboard.press("Backspace")
    assert desk.page.evaluate(shown) == ["Pla", 3]
