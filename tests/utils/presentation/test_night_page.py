"""The page of a night: its header, the five amounts in view, the rail, one tab."""

from datetime import UTC, date, datetime

import pytest

from database.origins import Beside, Origin
from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.rj import golden
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.night_page import Standing, header, night_page, short, staff, tab_of, tab_page
from utils.rj.catalogue import TABS
from utils.rj.standing import StripAmount, TabStanding

AXES = TabStanding("complet", "ok", "manual")
BASE = "/rj/native/2025-12-23"


def amount(key, tab, field, value="0.00", state="ok", **more):
    """An amount of the strip."""
    return StripAmount(key, key, tab, field, value, state, **more)


def standing(**more):
    given = {
        "hotel": "DEMO",
        "hotel_name": "Hôtel Démo",
        "demo": True,
        "day": date(2025, 12, 23),
        "version": 3,
        "status": "in_progress",
        "label": "En cours",
        "strip": (),
        "tabs": {tab.key: AXES for tab in TABS},
        "marks": Marks(),
    }
    return Standing(**given | more)


def strip(*amounts, of=NIGHT):
    return night_page(of, standing(strip=amounts), "recap").strip


def test_the_header_says_which_night_where_and_by_whom():
    of = night(controle={"auditor_name": "Personne 9"})
    saved = datetime(2025, 12, 24, 8, 12, 7, tzinfo=UTC)
    found = header(of, standing(prepared_by="Auditrice", saved_at=saved))
    assert found.title == "Nuit du mardi 23 décembre 2025"
    assert found.facts == "Hôtel Démo · 252 chambres · préparée par Personne 9"
    assert found.saved == "Enregistré à 03:12:07"
    assert (found.status, found.label) == ("in_progress", "En cours")


def test_the_header_names_the_account_until_a_name_is_typed_and_nobody_when_unknown():
    assert header(night(), standing(prepared_by="Auditrice")).facts.endswith("préparée par Auditrice")
    found = header(night(), standing())
    assert found.facts == "Hôtel Démo · 252 chambres"
    assert found.saved == "Rien à enregistrer"
    assert found.done == 0


def test_the_header_counts_the_tabs_that_are_complete():
    assert header(NIGHT, standing()).done == NIGHT.values["sommaire.onglets_complets"]


def test_the_rail_has_every_tab_and_the_page_its_neighbours():
    page = night_page(NIGHT, standing(), "recap")
    assert [stop.number for stop in page.rail] == list(range(1, len(TABS) + 1))
    assert [stop.key for stop in page.rail if stop.current] == ["recap"]
    assert page.rail[2].href == f"{BASE}/recap"
    assert (page.before.key, page.after.key) == ("dueback", "transelect")


def test_the_first_and_the_last_tab_have_one_neighbour():
    first, last = (night_page(NIGHT, standing(), key) for key in ("controle", "sommaire"))
    assert (first.before, first.after.key) == (None, "dueback")
    assert (last.before.key, last.after) == (TABS[-2].key, None)
    assert last.tab.blocks == ()


def test_a_tab_of_the_rail_has_its_state_and_its_short_name():
    tabs = {tab.key: AXES for tab in TABS} | {"geac": AXES._replace(balance="ecart")}
    rail = {stop.key: stop for stop in night_page(NIGHT, standing(tabs=tabs), "recap").rail}
    assert (rail["geac"].label, rail["geac"].state_key, rail["geac"].state.word) == ("GEAC", "ecart", "écart")
    assert rail["recap"].state_key == "equilibre"
    assert [short(tab_of(key)) for key in ("hp_admin", "sd", "transelect")] == ["HP / Admin", "SD", "Transelect"]


def test_only_wide_tabs_take_the_whole_width():
    assert [tab.key for tab in TABS if night_page(NIGHT, standing(), tab.key).large] == [
        *("transelect", "sd", "hp_admin"),
    ]


def test_an_amount_leads_to_its_field():
    recap, geac = strip(
        amount("recap", "recap", "recap.recap_balance", "-1234.50", "ecart"), amount("geac", "geac", "geac.x")
    )
    assert (recap.figure, recap.value, recap.href) == (fr("-1 234,50"), "-1234.50", f"{BASE}/recap#recap.recap_balance")
    assert (recap.state_key, recap.state.word) == ("ecart", "écart")
    assert geac.href == f"{BASE}/geac"


def test_an_amount_that_waits_names_its_papers_and_one_that_is_absent_shows_nothing():
    (found,) = strip(amount("recap", "recap", "recap.x", None, "ecart", waits=("Daily Revenue", "GEAC")))
    assert (found.figure, found.value, found.waits) == ("", None, "Daily Revenue, GEAC")
    assert found.state_key == "attente"


def test_the_variance_of_the_cards_leads_to_the_card_that_is_furthest_off():
    given = amount("cartes", "transelect", "transelect.transelect_variance", "-9609.77", "ecart")
    (found,) = strip(given)
    worst = found.href.partition("#")[2]
    variances = {
        name: abs(value)
        for name, value in NIGHT.values.items()
        if name.startswith(("transelect.transelect_var_", "transelect.transelect_rec_var_"))
    }
    assert variances[worst] == max(variances.values()) > 0
    (even,) = strip(given, of=night())
    assert even.href == f"{BASE}/transelect#transelect.transelect_variance"


def test_names_are_proposed_from_the_staff_then_from_the_night_once_each():
    of = night(
        settings={"staff": ["Personne 9", "Personne 1"]},
        dueback={"dueback_entries": [{"name": "Réceptionniste 11", "nouveau": "1.00"}]},
        setd={"setd_personnel": [{"name": "Personne 9", "amount": "1.00"}, {"amount": "2.00"}]},
    )
    assert staff(of) == ("Personne 9", "Personne 1", "Réceptionniste 11")
    assert staff(night(settings={"staff": []})) == ()


def test_a_tab_offers_to_say_that_nothing_happened_only_where_that_may_be():
    assert [tab.key for tab in TABS if tab_page(NIGHT, tab, Marks()).nil] == [
        *("dueback", "sd", "setd", "hp_admin", "internet", "sonifi"),
    ]


def test_remarks_that_say_the_same_are_one_pointer():
    margin = tab_page(NIGHT, tab_of("hp_admin"), Marks()).margin
    (pointer,) = margin[-1].pointers
    assert pointer.sentence == "Motif et autorisation obligatoires. (7 lignes)"
    assert (pointer.href, pointer.kind) == ("#hp_admin.hp_admin_entries.ligne-000.raison", "ask")


def test_what_is_to_be_settled_is_counted_apart():
    beside = Beside("450.00", "lightspeed", revision=2)
    marks = Marks(origins={"recap.deposit_cdn": Origin("saisi", beside=beside)})
    page = tab_page(NIGHT, tab_of("recap"), marks)
    assert [note.name for note in page.to_settle] == ["recap.deposit_cdn"]
    assert tab_page(NIGHT, tab_of("recap"), Marks()).to_settle == ()


@pytest.mark.parametrize("name", [golden.COMPLETE, "sd-2025-11-01", "hp-2025-12-01", "jour-2025-12-14"])
def test_every_field_of_every_tab_is_on_its_page(name):
    of = golden.night(name)
    for tab in TABS[:-1]:
        page = tab_page(of, tab, Marks())
        assert (page.number, page.key) == (TABS.index(tab) + 1, tab.key)
        assert page.blocks
        assert not any(getattr(block, "title", "") == "Autres champs" for block in page.blocks)


def test_a_page_carries_its_base_and_the_staff():
    page = night_page(NIGHT, standing(), "recap")
    assert page.base == BASE
    assert page.staff == staff(NIGHT)
