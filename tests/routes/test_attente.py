"""A night only synchronised: what the API and the pages say waits; what the button says; the terminals expected."""

from types import SimpleNamespace

from database.origins import NO_ORIGINS, Origin
from tests.utils.actions.lightspeed.synchro import synthetic_hotel
from tests.utils.actions.nights import DAY, Person, after, good, night
from utils.actions.lightspeed.said import _changed, _sentence
from utils.rj.merge import SYNCED

BAR_C = {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "10.00", "bar_c": "5.00"}, "positouch": "15.00"}}}
BAR_A = {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "10.00"}, "positouch": "15.00"}}}


def synchronised(person):
    return good(person.client.post(f"/api/lightspeed/sync/{person.day}", json={}))


def strip(document):
    return {one["cle"]: (one["etat"], one.get("attend", [])) for one in document["bande"]}


def page(person, rest=""):
    answer = person.client.get(f"/rj/native/{person.day}{rest}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_a_night_only_synchronised_waits_everywhere(app):
    with synthetic_hotel(app):
        auditor = Person(app).open()
        synchronised(auditor)
        whole = auditor.whole()
        found = strip(whole)
        assert found["transelect"] == ("na", ["Transelect restaurant"])
        assert found["quasimodo"] == ("na", ["Due back", "Recap", "Transelect restaurant", "SD"])
        assert found["recap"] == ("na", ["Due back", "Recap", "SD"])
        assert found["geac"] == ("ok", [])
        checks = {one["cle"]: one for one in whole["controles"]}
        assert checks["chk_transelect_x20"]["statut"] == "ok"  # the night file's own word does not change
        assert checks["chk_transelect_x20"]["phrase"] == "En attente : Transelect restaurant."
        axes = whole["onglets"]["transelect"]
        assert (axes["equilibre"], axes["attend"]) == ("na", ["Transelect restaurant"])
        assert not [one for one in whole["remarques"] if one["champ"] == "quasimodo.quasi_variance"]
        summary = page(auditor, "/sommaire")
        assert "En attente de papiers (" in summary
        assert "En attente : Transelect restaurant." in summary
        start = summary.index('aria-label="Équilibre de la nuit"')
        shown = summary[start : summary.index("</nav>", start)]
        assert (shown.count("en attente"), shown.count("à expliquer")) == (4, 0)
        month = auditor.client.get(f"/historique?mois={DAY[:7]}", headers={"Accept": "text/html"}).text
        assert "à voir" not in month


def test_every_tab_is_shown_after_a_whole_synchronisation(app):
    """A tab of which the synchronisation has nothing to say too."""
    with synthetic_hotel(app):
        auditor = Person(app).open()
        said = synchronised(auditor)["onglets"].values()
        assert not all(one.get("message") for one in said)
        for tab in auditor.whole()["onglets"]:
            assert "Lightspeed" in page(auditor, f"/{tab}")


def test_the_sync_says_what_it_did_then_that_nothing_changed(app):
    with synthetic_hotel(app) as running:
        running.inside.buckets.enforced = False
        auditor = Person(app).open()
        first = synchronised(auditor)
        written = sum(1 for tab in first["onglets"].values() if tab.get("ecrits"))
        assert first["phrase"].startswith(f"{first['ecrits']} chiffres écrits dans {written} onglets, 0 à trancher.")
        assert {"libelle": "Transelect", "adresse": f"/rj/native/{DAY}/transelect"} in first["liens"]
        second = synchronised(auditor)
        assert second["phrase"].startswith("Rien n’a changé depuis ")
        assert "0 chiffre écrit, 0 à trancher." in second["phrase"]


def test_a_figure_to_settle_is_counted(app):
    with synthetic_hotel(app) as running:
        running.inside.buckets.enforced = False
        auditor = Person(app).open()
        auditor.save("jour", {"jour_adultes": 1})
        assert ", 1 à trancher." in synchronised(auditor)["phrase"]


def test_the_figures_that_changed_are_counted_since_the_last_reading():
    def state(**versions):
        origins = NO_ORIGINS.after({cell: Origin(SYNCED if cell != "typed" else "saisi") for cell in versions})
        return SimpleNamespace(tabs={"jour": SimpleNamespace(field_versions=versions, origins=origins)})

    changed = _changed(state(a=1, b=1, c=1, typed=1), state(a=2, b=1, c=3, typed=4, new=4))
    result = SimpleNamespace(
        status="complete", written=3, removed=(), message="3 chiffres écrits. Il manque un rapport."
    )
    assert _sentence(result, 1, 0, changed, "03:05") == (
        "3 chiffres écrits dans 1 onglet, 0 à trancher, 2 changés depuis 03:05. Il manque un rapport."
    )


def test_a_terminal_of_the_last_fourteen_nights_is_expected(app_sqlite):
    auditor = Person(app_sqlite).open()
    auditor.save("transelect", BAR_C)
    tonight = auditor.on(after(DAY)).open()
    before = page(tonight, "/transelect")
    assert before.count('<span class="sub attendu">attendu</span>') == 2
    assert "Montrer les 18 colonnes sans montant" in before
    tonight.save("transelect", BAR_A)
    assert "Bar C n'a pas de lot; il en avait un 1 nuit sur 1." in tonight.remarks()
    shown = page(tonight, "/transelect")
    assert shown.count('<span class="sub attendu">attendu</span>') == 1
    assert "Bar C n’a pas de lot; il en avait un 1 nuit sur 1." in shown
    tonight.save("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_c": "5.00"}}}})
    assert not [said for said in tonight.remarks() if "Bar C" in said]
    assert good(tonight.client.get(night(tonight.day)))["onglets"]["transelect"]["equilibre"] == "na"


def test_a_terminal_idle_for_fourteen_nights_is_forgotten(app_sqlite):
    auditor = Person(app_sqlite).open()
    auditor.save("transelect", BAR_C)
    for number in range(1, 15):
        auditor.on(after(DAY, number)).open()
    fourteenth, fifteenth = auditor.on(after(DAY, 14)), auditor.on(after(DAY, 15)).open()
    assert page(fourteenth, "/transelect").count("attendu</span>") == 2
    assert page(fifteenth, "/transelect").count("attendu</span>") == 0


def test_the_jour_adds_each_outlet_up(app_sqlite):
    auditor = Person(app_sqlite).open()
    auditor.save("jour", {"jour_pos_spesa_nourriture": "404.35", "jour_pos_spesa_bieres": "10.00"})
    shown = page(auditor, "/jour")
    block = shown[shown.index('data-bloc="ventes-par-point-de-vente"') :]
    block = block[: block.index("</section>")]
    assert "Marché La Spesa" in block
    assert block.count("414,35") == 2
