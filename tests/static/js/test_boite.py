"""The box of what was typed: nothing leaves it but on the word of the server, and it survives the page."""

import pytest

from tests.static.js.conftest import Desk

pytestmark = pytest.mark.e2e

CDN, US = "recap.deposit_cdn", "recap.deposit_us"


def keep(desk):
    """Wait until the disk has everything."""
    desk.run("await new Promise((fini) => { boite.poser([]); magasin.ecrire((m) => m.count(), fini); });")


def test_what_is_typed_survives_the_page(desk):
    desk.put((CDN, "10"), (US, "5"))
    keep(desk)
    assert desk.again().entries() == [(CDN, "10", "prete"), (US, "5", "prete")]


def test_an_entry_says_who_typed_it_and_on_what(desk):
    desk.put((CDN, "10"))
    entry = desk.run("return boite.trouver(donne[0]);", CDN)
    assert {key: entry[key] for key in ("onglet", "genre", "par", "auteur", "base")} == {
        "onglet": "recap",
        "genre": "saisie",
        "par": "7",
        "auteur": "Auditrice",
        "base": 3,
    }


def test_a_cell_typed_again_keeps_the_version_first_read_and_takes_another_stamp(desk):
    stamps, bases = desk.run(
        """boite.poser([{ nom: donne[0], texte: "10" }]);
        const avant = boite.trouver(donne[0]);
        etat.etat.version = 9;
        boite.poser([{ nom: donne[0], texte: "20" }]);
        const apres = boite.trouver(donne[0]);
        return [[avant.timbre, apres.timbre], [avant.base, apres.base]];""",
        CDN,
    )
    assert stamps[0] != stamps[1]
    assert bases == [3, 3]


def test_an_entry_takes_the_place_of_the_draft_of_its_cell(desk):
    desk.run('boite.poser([{ nom: donne[0], texte: "1", genre: "brouillon" }]);', CDN)
    assert desk.run("return boite.aEnvoyer().length;") == 0
    desk.put((CDN, "10"))
    assert desk.entries() == [(CDN, "10", "prete")]
    keep(desk)
    assert desk.again().entries() == [(CDN, "10", "prete")]


def test_an_answer_touches_only_what_it_is_about(desk):
    held = desk.run(
        """boite.poser([{ nom: donne[0], texte: "10" }]);
        const envoyee = boite.trouver(donne[0]);
        boite.poser([{ nom: donne[0], texte: "20" }]);
        boite.conclure([envoyee], 8);
        const suite = boite.trouver(donne[0]);
        return [suite.texte, suite.base, suite.incertaine];""",
        CDN,
    )
    assert held == ["20", 8, False]


def test_what_the_server_has_does_not_come_back(desk):
    desk.put((CDN, "10"), (US, "5"))
    keep(desk)
    desk.run("boite.conclure([boite.trouver(donne[0])], 4); await boite.relire();", CDN)
    assert desk.entries() == [(US, "5", "prete")]
    keep(desk)
    assert desk.again().entries() == [(US, "5", "prete")]


def test_a_text_sent_without_an_answer_is_uncertain_once_typed_again(desk):
    desk.run("boite.poser([{ nom: donne[0], texte: '10' }]); boite.marquerParties(boite.toutes());", CDN)
    desk.put((CDN, "20"))
    assert desk.run("return boite.trouver(donne[0]).incertaine;", CDN) is True


def test_two_instants_are_never_the_same(desk):
    instants = desk.run(
        "boite.poser(donne[0]); return boite.toutes().map((entree) => entree.quand);",
        [{"nom": f"recap.case_{n}", "texte": str(n)} for n in range(50)],
    )
    assert instants == sorted(set(instants))


@pytest.mark.parametrize(
    "broken", ["indexedDB.open = () => { throw new Error('interdit'); };", "delete window.indexedDB;"]
)
def test_a_browser_without_memory_keeps_what_is_typed_in_the_page(browser, broken):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(broken)
    desk = Desk(page)
    desk.put((CDN, "10"))
    desk.run("await boite.relire();")
    assert desk.entries() == [(CDN, "10", "prete")]
    context.close()
