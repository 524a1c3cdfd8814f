"""What is copied: what the cells hold, in the shape a spreadsheet reads, where no text becomes a formula."""

import pytest

from tests.static.js.grille import AT, laid

pytestmark = pytest.mark.e2e

COPY = f"""const selection = await import("/static/js/selection.js");
(await import("/static/js/copier.js")).demarrer();
{AT}
if (donne.length) selection.choisir(td(donne[0]), td(donne[1]));
const clipboardData = new DataTransfer();
const copie = new ClipboardEvent("copy", {{ clipboardData, bubbles: true, cancelable: true }});
document.dispatchEvent(copie);
return [clipboardData.getData("text/plain"), copie.defaultPrevented];"""


def test_numbers_are_calculated_and_a_text_that_looks_like_a_formula_is_quoted(desk):
    copied, own = laid(desk).run(COPY, "transelect.a.visa", "transelect.b.amex")
    assert (copied, own) == ("1000,50\t\n20,00\t'=SOMME(A1)", True)


def test_with_nothing_chosen_the_browser_copies_as_it_does(desk):
    assert laid(desk).run(COPY) == ["", False]
