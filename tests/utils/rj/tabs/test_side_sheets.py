"""Contrôle, due back, SD, SetD, HP, Internet, Sonifi: the examples of the reference."""

import pytest

from tests.utils.rj.build import figure, figures, night

NIL = {
    "dueback": {"dueback_total": "0.00", "dueback_encours": "0.00"},
    "sd": {
        **{"sd_total_amount": "0.00", "sd_total_verified": "0.00", "sd_total_verified_cdn": "0.00"},
        **{"sd_total_verified_us": "0.00", "sd_total_reimbursement": "0.00", "sd_total_variance": "0.00"},
        "sd_max_ecart": "0.00",
    },
    "setd": {"setd_total": "0.00"},
    "hp_admin": {
        **{"hp_admin_total": "0.00", "hp_total_administration": "0.00", "hp_total_promotion": "0.00"},
        **{"hp_pourboire_administration": "0.00", "hp_pourboire_promotion": "0.00", "hp_sans_motif": 0},
    },
    "internet": {"internet_total": "0.00"},
    "sonifi": {"sonifi_email": "0.00", "sonifi_total": "0.00"},
}


@pytest.mark.parametrize(("tab", "totals"), NIL.items())
def test_a_tab_declared_nil_is_nought_and_finished(tab, totals):
    declared = night(**{tab: {"sans_activite": True}})
    assert figures(declared, tab, *totals) == list(totals.values())
    assert figure(declared, f"sommaire.onglets.{tab}") == "sans_activite"


@pytest.mark.parametrize("tab", NIL)
def test_a_tab_not_declared_is_missing(tab):
    for undeclared in (night(), night(**{tab: {"sans_activite": False}})):
        assert figures(undeclared, tab, *NIL[tab]) == [None] * len(NIL[tab])


LINES = {"dueback": "dueback_entries", "sd": "sd_entries", "setd": "setd_personnel", "hp_admin": "hp_admin_entries"}


@pytest.mark.parametrize(("tab", "lines"), [*LINES.items(), ("sonifi", "sonifi_unites")])
def test_a_line_undoes_the_declaration(tab, lines):
    given = night(**{tab: {"sans_activite": True, lines: [{}]}})
    assert figure(given, f"sommaire.onglets.{tab}") != "sans_activite"


@pytest.mark.parametrize(("day", "days"), [("2025-12-23", 31), ("2024-02-29", 29), ("2025-02-01", 28)])
def test_the_days_of_the_month(day, days):
    assert figure(night(day), "controle.jours_dans_mois") == days


def test_the_night_knows_its_property():
    given = night(settings={"name": "Hôtel Démo", "rooms": 100})
    assert figures(given, "controle", "property_name", "property_rooms", "audit_date") == [
        "Hôtel Démo",
        100,
        "2025-12-23",
    ]
    assert figure(night(), "controle.property_name") is None


def test_due_backs():
    lines = [
        {"name": "A", "previous": "-50.00", "nouveau": "323.42"},
        {"name": "B", "nouveau": "329.68"},
        {"name": "C"},
    ]
    given = night(dueback={"dueback_entries": lines})
    assert figures(given, "dueback", "dueback_total", "dueback_encours", "dueback_rj", "dueback_z") == [
        *("603.10", "653.10", "-603.10", "0.00")
    ]


def test_one_envelope_after_the_other():
    """2025-11-01: 497.80 − 316.32 + 462.51 = 643.99."""
    lines = [
        {"name": "A", "amount": "-500.00", "verified": "136.35", "reimbursement": "316.32"},
        {"name": "B", "amount": "37.49", "verified": "361.45"},
    ]
    given = night(sd={"sd_entries": lines})
    assert figures(given, "sd", "sd_total_amount", "sd_total_verified", "sd_total_variance", "sd_max_ecart") == [
        *("-462.51", "497.80", "643.99", "323.96")
    ]


def test_dollars_of_the_states_are_summed_at_face_value():
    lines = [{"verified": "10.00"}, {"verified": "5.00", "currency": "CDN"}, {"verified": "1.00", "currency": "US"}]
    given = night(sd={"sd_entries": lines})
    assert figures(given, "sd", "sd_total_verified", "sd_total_verified_cdn", "sd_total_verified_us") == [
        *("16.00", "15.00", "1.00")
    ]


def test_the_sealed_envelopes():
    data = {"client6": {"amounts": ["106.70", "18.70"]}, "client8": {"amounts": ["0.60"]}}
    assert figures(
        night(sd={"depot_data": data}), "sd", "depot_total_client6", "depot_total_client8", "depot_total"
    ) == [*("125.40", "0.60", "126.00")]
    assert figure(night(sd={"depot_data": {"client6": {"amounts": []}}}), "sd.depot_total") is None


def test_over_and_short_is_spread_over_persons_and_accounts():
    spread = {"setd_personnel": [{"amount": "-329.68"}, {"amount": "1794.35"}, {}], "setd_gl_101100": "60.00"}
    accounts = {
        "setd_petite_caisse": "1.00",
        "setd_conciliation": "2.00",
        "setd_correction": "4.00",
        "setd_residuel": "0.80",
    }
    given = night(setd=spread | accounts, recap={"surplus_deficit_lecture": "1532.47"})
    assert figures(given, "setd", "setd_rj_balance", "setd_total", "setd_controle") == ["1532.47", "1532.47", "0.00"]


AREAS = [
    ("piazza", "piazza"),
    ("cupola", "piazza"),
    ("club_lounge", "piazza"),
    ("link", "cafe"),
    ("banquet", "banquet"),
    ("serv_ch", "chambres_svc"),
    ("spesa", "spesa"),
]
CATEGORIES = {
    "nourriture": "nourriture",
    "boisson": "boisson",
    "biere": "bieres",
    "vin": "vins",
    "mineraux": "mineraux",
}


@pytest.mark.parametrize(("area", "outlet"), AREAS)
@pytest.mark.parametrize(("bill", "category"), CATEGORIES.items())
def test_a_bill_is_deducted_from_the_cell_that_sold_it(area, outlet, bill, category):
    given = night(hp_admin={"hp_admin_entries": [{"area": area, bill: "5.00", "autre": "1.00", "pourboire": "2.00"}]})
    deductions = {name: value for name, value in given.values.items() if name.startswith("hp_admin.hp_deductions.")}
    assert deductions == {f"hp_admin.hp_deductions.jour_{outlet}_{category}": 5}


@pytest.mark.parametrize("bill", CATEGORIES)
def test_what_the_shop_sells_at_the_tabagie_leaves_the_food_of_the_spesa(bill):
    lines = [{"area": "tabagie", bill: "5.00"}, {"area": "spesa", "nourriture": "1.00"}]
    given = night(hp_admin={"hp_admin_entries": lines})
    assert figure(given, "hp_admin.hp_deductions.jour_spesa_nourriture") == "6.00"


@pytest.mark.parametrize("area", [*(area for area, _ in AREAS), "tabagie"])
def test_tobacco_leaves_the_tabagie_wherever_it_is_sold(area):
    given = night(hp_admin={"hp_admin_entries": [{"area": area, "tabagie": "5.00"}]})
    assert figure(given, "hp_admin.hp_deductions.jour_tabagie") == "5.00"


def test_tips_go_to_the_jour_by_payment():
    """2025-12-23: 11.21 and 1.16."""
    lines = [
        {"paiement": "administration", "pourboire": "11.21", "nourriture": "1.00"},
        {"paiement": "promotion", "pourboire": "1.16"},
        {"paiement": "star_hot", "pourboire": "9.00"},
        {"pourboire": "5.00"},
    ]
    given = night(hp_admin={"hp_admin_entries": lines})
    assert figures(given, "jour", "jour_hp_admin", "jour_hp_promotion") == ["11.21", "1.16"]
    keys = ("hp_admin_total", "hp_total_administration", "hp_total_promotion", "hp_sans_motif")
    assert figures(given, "hp_admin", *keys) == ["27.37", "12.21", "1.16", 4]


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ({"internet_ls_361": "59.65", "internet_ls_365": "-48.27"}, "11.38"),
        ({"internet_ls_361": "288.85", "internet_adj_chambre": "-259.71", "internet_ls_365": "-9.19"}, "19.95"),
        ({"internet_nb_forfaits": 3}, "-30.00"),
        ({"internet_banquet": "1.00", "internet_spesa": "2.00", "internet_forfait_bnc": "4.00"}, "7.00"),
    ],
)
def test_internet(typed, total):
    given = night(internet=typed, jour={"jour_internet": "10.00"})
    assert figure(given, "internet.internet_total") == total
    variance = given.values["internet.internet_total"] - 10
    assert given.values["internet.internet_variance"] == variance


def test_films_three_ways():
    """2024-12-17: 14.99 + 2 × 22.99 = 60.97 on the mail, 22.99 in the Jour."""
    films = [{"prix": "14.99", "quantite": 1}, {"prix": "22.99", "quantite": 2}, {"prix": "9.00"}, {"quantite": 4}]
    given = night(sonifi={"sonifi_unites": films, "sonifi_cd_352": "22.99"})
    keys = ("sonifi_email", "sonifi_total", "sonifi_rj", "sonifi_variance", "sonifi_var_cd")
    assert figures(given, "sonifi", *keys) == ["60.97", "60.97", "22.99", "-37.98", "-37.98"]


def test_a_mail_without_films_is_a_nil_report_and_no_mail_is_nothing():
    assert figures(night(sonifi={"sonifi_unites": []}), "sonifi", "sonifi_email", "sonifi_total") == ["0.00", "0.00"]
    assert figure(night(sonifi={"sonifi_unites": [{}]}), "sonifi.sonifi_email") is None
    adjusted = night(sonifi={"sonifi_ajustement": "-5.00"})
    assert figure(adjusted, "sonifi.sonifi_total") is None
    typed = night(sonifi={"sonifi_ajustement": "-5.00", "sonifi_email": "22.99"})
    assert figure(typed, "sonifi.sonifi_total") == "17.99"
