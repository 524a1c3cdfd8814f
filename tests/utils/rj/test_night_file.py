"""The errors of the night file: each has its path and a French sentence, all at once, and nothing is computed."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.utils.rj.golden import COMPLETE, document, figures, text
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.night_file import calculated, read_night
from utils.rj.reading import Refused

CALCULATED = "Ce champ est calculé : il ne se saisit pas."
UNKNOWN = "Champ inconnu."
NOT_TEXT = 'Il faut un texte entre guillemets, par exemple "1234.56".'
NOT_WHOLE = "Il faut un nombre entier, sans guillemets ni décimales."
NO_OBJECT = "Il faut un objet JSON."
NO_LIST = "Il faut une liste JSON."
NO_DATE = "Il manque la date d'audit (audit_date), AAAA-MM-JJ."
SHAPE = "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."


def errors(given):
    """What is wrong with a document, as text or as JSON: path and sentence."""
    with pytest.raises(Refused) as refused:
        calculated(given if isinstance(given, str | bytes) else json.dumps(given))
    return [(problem.path, problem.message) for problem in refused.value.problems]


def night(**tabs):
    return {"audit_date": "2025-12-23", "tabs": tabs}


def one(tab, key, value):
    """A night in which one value was given."""
    return night(**{tab: {key: value}})


AMOUNT = ("recap", "cash_ls_lecture")
COUNT = ("jour", "jour_adultes")

VALUES = [
    (*AMOUNT, "12,3a", "Montant invalide : « 12,3a »."),
    (*AMOUNT, "12,50", "Montant invalide : « 12,50 »."),
    (*AMOUNT, "1 234.56", "Montant invalide : « 1 234.56 »."),
    (*AMOUNT, "1.234", "Montant invalide : « 1.234 »."),
    (*AMOUNT, "+1.00", "Montant invalide : « +1.00 »."),
    (*AMOUNT, ".50", "Montant invalide : « .50 »."),
    (*AMOUNT, "1.", "Montant invalide : « 1. »."),
    (*AMOUNT, "1234567890123", "Montant invalide : « 1234567890123 »."),
    (*AMOUNT, " 1.00", "Montant invalide : «  1.00 »."),
    (*AMOUNT, "NaN", "Montant invalide : « NaN »."),
    (*AMOUNT, "1e3", "Montant invalide : « 1e3 »."),
    (*AMOUNT, 12.5, NOT_TEXT),
    (*AMOUNT, 12, NOT_TEXT),
    (*AMOUNT, True, NOT_TEXT),
    (*AMOUNT, [], NOT_TEXT),
    (*AMOUNT, {}, NOT_TEXT),
    (*COUNT, "3", NOT_WHOLE),
    (*COUNT, 3.0, NOT_WHOLE),
    (*COUNT, True, NOT_WHOLE),
    (*COUNT, [3], NOT_WHOLE),
    (*COUNT, -1, "Le nombre est négatif ou trop grand."),
    (*COUNT, 10**9, "Le nombre est négatif ou trop grand."),
    (
        "controle",
        "weather_condition",
        "brume",
        "Choix inconnu : « brume ». Choix possibles : soleil, nuages, pluie, neige.",
    ),
    ("controle", "weather_condition", 1, "Il faut un texte."),
    ("controle", "notes", 1, "Il faut un texte."),
    ("controle", "notes", 1.5, "Il faut un texte."),
    ("controle", "notes", "x" * 4001, "Le texte dépasse 4000 caractères."),
    ("controle", "notes", "a\x00b", "Le texte contient un caractère interdit."),
    ("geac", "geac_chk_nobalance", "oui", "Il faut vrai ou faux (true, false)."),
    ("geac", "geac_chk_nobalance", 1, "Il faut vrai ou faux (true, false)."),
    ("sd", "depot_data.client6.date", "2025-13-01", "La date 2025-13-01 n'existe pas."),
    ("sd", "depot_data.client6.date", 20251223, SHAPE),
    ("sd", "depot_data.client6.amounts", "106.70", NO_LIST),
    ("sd", "depot_data.client6", ["106.70"], NO_OBJECT),
    ("sd", "sd_entries", {}, NO_LIST),
    ("geac", "geac_balance_sheet", "1.00", NO_OBJECT),
    ("transelect", "transelect_restaurant.visa.terminals", [], NO_OBJECT),
    ("recap", "cash_ls_net", "1.00", CALCULATED),
    ("dueback", "dueback_total", "1.00", CALCULATED),
    ("sommaire", "chk_recap", "0.00", CALCULATED),
    ("setd", "setd_rj_balance", "1.00", CALCULATED),
    ("hp_admin", "hp_deductions.jour_tabagie", "1.00", CALCULATED),
    ("sommaire", "statuts.chk_recap", "ok", CALCULATED),
    ("recap", "cash_ls", "1.00", UNKNOWN),
    ("geac", "geac_balance_sheet.prev", "1.00", UNKNOWN),
    ("transelect", "transelect_restaurant.jcb", {}, UNKNOWN),
    ("recap", "cle\ninconnue", "1.00", UNKNOWN),
    ("controle", "audit_date", "2025-12-23", "La date se donne au premier niveau."),
]


@pytest.mark.parametrize(("tab", "key", "value", "message"), VALUES)
def test_a_wrong_value_has_its_path_and_its_sentence(tab, key, value, message):
    *parents, last = key.split(".")
    inner = {last: value}
    for parent in reversed(parents):
        inner = {parent: inner}
    assert errors(night(**{tab: inner})) == [(f"tabs.{tab}.{key.replace(chr(10), ' ')}", message)]


LINES = [
    (
        "dueback",
        "dueback_entries",
        [{"name": "A"}, {"name": "B"}, {"name": "A"}],
        "[2].name",
        "Cette personne est déjà dans la liste.",
    ),
    (
        "dueback",
        "dueback_entries",
        [{"previous": "0.01"}],
        "[0].previous",
        "Le solde précédent doit être négatif ou nul.",
    ),
    (
        "dueback",
        "dueback_entries",
        [{"nouveau": "-0.01"}],
        "[0].nouveau",
        "Le nouveau due back doit être positif ou nul.",
    ),
    ("dueback", "dueback_entries", [{"nouveau": "1.00", "net": "1.00"}], "[0].net", CALCULATED),
    ("dueback", "dueback_entries", [{"montant": "1.00"}], "[0].montant", UNKNOWN),
    ("dueback", "dueback_entries", [[]], "[0]", NO_OBJECT),
    ("dueback", "dueback_entries", ["A"], "[0]", NO_OBJECT),
    ("sd", "sd_entries", [{}, {"amount": 1}], "[1].amount", NOT_TEXT),
    ("sd", "sd_entries", [{"currency": "EUR"}], "[0].currency", "Choix inconnu : « EUR ». Choix possibles : CDN, US."),
    ("sonifi", "sonifi_unites", [{"prix": "22.99", "quantite": "2"}], "[0].quantite", NOT_WHOLE),
    (
        "transelect",
        "transelect_terminals",
        [{"label": "Bar", "group": "pos"}],
        "[0]",
        "Le terminal n'a pas d'identifiant.",
    ),
    (
        "transelect",
        "transelect_terminals",
        [{"id": "a", "group": "pos"}] * 2,
        "[1]",
        "Le terminal « a » est donné deux fois.",
    ),
    (
        *("transelect", "transelect_terminals", [{"id": "a"}], "[0]"),
        "Le terminal n'a pas de groupe. Choix possibles : pos, banquet.",
    ),
    (
        *("transelect", "transelect_terminals", [{"id": "a", "group": "bar"}], "[0].group"),
        "Choix inconnu : « bar ». Choix possibles : pos, banquet.",
    ),
]


@pytest.mark.parametrize(("tab", "key", "value", "where", "message"), LINES)
def test_a_wrong_line_has_its_place_and_its_sentence(tab, key, value, where, message):
    assert errors(one(tab, key, value)) == [(f"tabs.{tab}.{key}{where}", message)]


@pytest.mark.parametrize("name", ["name", "nobody"])
def test_a_name_may_be_missing_on_several_lines(name):
    lines = [{"nouveau": "1.00"}, {"nouveau": "2.00"}] + [{name: "A"}] * (name == "name")
    assert read_night(one("dueback", "dueback_entries", lines)).values["dueback.dueback_total"] == 3


def test_an_unknown_terminal():
    given = one("transelect", "transelect_restaurant", {"visa": {"terminals": {"bar_a": "1.00", "bar_z": "2.00"}}})
    path = "tabs.transelect.transelect_restaurant.visa.terminals.bar_z"
    assert errors(given) == [(path, "Terminal inconnu.")]
    given["property"] = {"terminals": [{"id": "bar_z", "group": "pos"}]}
    assert [path for path, _ in errors(given)] == [path.replace("bar_z", "bar_a")]
    given["previous"] = {"transelect_terminals": [{"id": name, "group": "pos"} for name in ("bar_a", "bar_z")]}
    assert read_night(given).values["transelect.transelect_total1_visa"] == 3
    given["tabs"]["transelect"]["transelect_terminals"] = [{"id": "bar_a", "group": "banquet"}]
    assert errors(given) == [(path, "Terminal inconnu.")]


def test_an_empty_list_of_terminals_is_no_list():
    given = one("transelect", "transelect_restaurant", {"visa": {"terminals": {"bar_a": "1.00"}}})
    given["tabs"]["transelect"]["transelect_terminals"] = []
    given["previous"] = {"transelect_terminals": []}
    assert read_night(given).values["transelect.transelect_total1_visa"] == 1
    assert "transelect_terminals" not in calculated(json.dumps(given))["computed"]["transelect"]


def test_a_market_row_that_does_not_exist():
    assert errors(one("dbrs", "dbrs_market_rows", {"5": 1, "2": 1, "92": 1})) == [
        ("tabs.dbrs.dbrs_market_rows.2", "Ligne inconnue : de 3 à 91."),
        ("tabs.dbrs.dbrs_market_rows.92", "Ligne inconnue : de 3 à 91."),
    ]


DOCUMENTS = [
    ({"tabs": {}}, "audit_date", NO_DATE),
    ({"audit_date": None, "tabs": {}}, "audit_date", NO_DATE),
    ({"audit_date": 20251223, "tabs": {}}, "audit_date", NO_DATE),
    ({"audit_date": "23/12/2025", "tabs": {}}, "audit_date", SHAPE),
    ({"audit_date": "2025-12-23T00:00", "tabs": {}}, "audit_date", SHAPE),
    ({"audit_date": "2025-02-29", "tabs": {}}, "audit_date", "La date 2025-02-29 n'existe pas."),
    ({"audit_date": "1999-12-31", "tabs": {}}, "audit_date", "La date 1999-12-31 est hors des années 2000 à 2099."),
    ({"audit_date": "2025-12-23"}, "tabs", "Il manque les onglets de la nuit (tabs)."),
    ({"audit_date": "2025-12-23", "tabs": []}, "tabs", NO_OBJECT),
    ({"audit_date": "2025-12-23", "tabs": None}, "tabs", NO_OBJECT),
    ({"audit_date": "2025-12-23", "tabs": {}, "date": "x"}, "date", UNKNOWN),
    ({"audit_date": "2025-12-23", "tabs": {"reecap": {}}}, "tabs.reecap", "Onglet inconnu."),
    ({"audit_date": "2025-12-23", "tabs": {"recap": []}}, "tabs.recap", NO_OBJECT),
    ([], "", NO_OBJECT),
    ("12", "", NO_OBJECT),
    ("null", "", NO_OBJECT),
    ('"2025-12-23"', "", NO_OBJECT),
    ("", "", "Le document n'est pas du JSON bien formé, ligne 1."),
    ("{", "", "Le document n'est pas du JSON bien formé, ligne 1."),
    ('{\n"a": 1,\n}', "", "Le document n'est pas du JSON bien formé, ligne 3."),
    ("{} {}", "", "Le document n'est pas du JSON bien formé, ligne 1."),
    (b"\xff\xfe{\x00}\x00", "", "Le document n'est pas en UTF-8."),
    ('{"audit_date": "2025-12-23", "tabs": {"caf\xe9": {}}}'.encode("latin-1"), "", "Le document n'est pas en UTF-8."),
    ("[" * 100_000, "", "Le document est trop imbriqué."),
    (
        '{"audit_date": "2025-12-23", "tabs": {}, "source": "\\ud800"}',
        "source",
        "Le texte contient une moitié de caractère.",
    ),
    ('{"audit_date": "2025-12-23", "tabs": {"\\udfff": {}}}', "tabs. ", "Le texte contient une moitié de caractère."),
]


@pytest.mark.parametrize(("given", "path", "message"), DOCUMENTS)
def test_a_document_that_is_no_night(given, path, message):
    assert errors(given)[0] == (path, message)


def test_a_document_too_deep_for_a_night_is_refused_wherever_it_is_deep():
    deep = "[" * 50 + "]" * 50
    found = errors(f'{{"audit_date": "2025-12-23", "tabs": {{}}, "expected": {deep}}}')
    assert found == [(f"expected{'[0]' * 39}", "Le document est trop imbriqué.")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number(number):
    given = f'{{"audit_date": "2025-12-23", "tabs": {{"recap": {{"cash_ls_lecture": {number}}}}}}}'
    assert errors(given) == [("tabs.recap.cash_ls_lecture", f"« {number} » n'est pas un nombre.")]


def test_a_number_too_long_to_be_one():
    given = f'{{"audit_date": "2025-12-23", "tabs": {{"jour": {{"jour_adultes": {"9" * 5000}}}}}}}'
    assert errors(given) == [("tabs.jour.jour_adultes", f"Nombre trop grand : « {'9' * 39}… ».")]


def test_two_keys_alike_in_one_object():
    """Wherever they are, even where the values are ignored; the third one changes nothing."""
    twice = '{"recap": {"cash_ls_lecture": "1.00", "cash_ls_lecture": "1.00", "cash_ls_lecture": "1.00"}}'
    given = f'{{"audit_date": "2025-12-23", "tabs": {twice}, "expected": [{twice}]}}'
    sentence = "La clé « cash_ls_lecture » est donnée deux fois."
    assert errors(given) == [
        ("tabs.recap.cash_ls_lecture", sentence),
        ("expected[0].recap.cash_ls_lecture", sentence),
    ]


def test_every_error_is_said_at_once_in_the_order_of_the_document():
    given = {
        "zut": 1,
        "audit_date": "hier",
        "property": {"chambres": 1, "rooms": "252"},
        "previous": {"solde": 1, "jour_new_balance": 1},
        "tabs": {"recap": {"b": 1, "a": 1, "cash_ls_lecture": "x", "cash_ls_net": "1.00"}, "rien": 1},
    }
    assert [path for path, _ in errors(given)] == [
        *("zut", "audit_date", "property.chambres", "property.rooms", "previous.solde", "previous.jour_new_balance"),
        *("tabs.recap.b", "tabs.recap.a", "tabs.recap.cash_ls_lecture", "tabs.recap.cash_ls_net", "tabs.rien"),
    ]


def test_an_error_is_written_as_the_interface_has_it():
    with pytest.raises(Refused) as refused:
        read_night(one(*AMOUNT, "12,3a"))
    assert refused.value.as_json() == {
        "erreurs": [{"chemin": "tabs.recap.cash_ls_lecture", "message": "Montant invalide : « 12,3a »."}]
    }
    assert str(refused.value) == "Montant invalide : « 12,3a »."
    assert str(Refused([])) == ""


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if not field.typed])
def test_no_calculated_field_can_be_given(name):
    """Each of them, one by one; those with [saisie directe permise] are not among them."""
    tab, _, key = name.partition(".")
    inner = "1.00"
    for part in reversed(key.split(".")):
        inner = {part: inner}
    assert errors(night(**{tab: inner})) == [(f"tabs.{name}", CALCULATED)]


# What is absent


@pytest.mark.parametrize("nothing", [None, ""])
def test_null_and_empty_are_absent_wherever_they_are(nothing):
    given = {
        "audit_date": "2025-12-23",
        "property": {"rooms": nothing, "rates": nothing, "tolerances": {"recap": nothing}, "name": nothing},
        "previous": {"jour_new_balance": nothing, "mtd": {"room_revenue": nothing}},
        "tabs": {
            "controle": nothing,
            "recap": {"cash_ls_lecture": nothing, "cash_pos_lecture": "1.00"},
            "sd": {"sd_entries": [{"amount": nothing, "verified": "2.00"}], "depot_data": nothing},
            "dbrs": {"dbrs_market_rows": {"5": nothing}, "dbrs_daily_rev": {"package": nothing}},
            "transelect": {"transelect_restaurant": {"visa": {"terminals": {"bar_a": nothing}}}},
            "geac": {"geac_chk_nobalance": nothing, "geac_balance_sheet": nothing},
        },
    }
    assert dict(read_night(given).inputs) == {
        "recap.cash_pos_lecture": 1,
        "sd.sd_entries": ({"verified": 2},),
        "dbrs.dbrs_market_rows": {},
        "transelect.transelect_restaurant.visa.terminals": {},
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_empty_envelope_is_no_envelope(nothing):
    given = one("sd", "depot_data", {"client6": {"amounts": ["106.70", nothing, "18.70"]}})
    assert read_night(given).inputs["sd.depot_data.client6.amounts"] == (Decimal("106.70"), Decimal("18.70"))


@pytest.mark.parametrize("key", ["property", "previous"])
def test_what_is_optional_may_be_empty(key):
    plain = calculated(json.dumps(night()))
    for nothing in (None, "", {}):
        assert calculated(json.dumps(night() | {key: nothing}))["computed"] == plain["computed"]


def test_zero_is_read_and_missing_is_not():
    zero = read_night(one(*AMOUNT, "0.00"))
    assert zero.values["recap.recap_total_recettes"] == 0
    assert "recap.recap_total_recettes" not in read_night(night()).values


def test_a_night_in_which_nothing_was_given_shows_only_what_is_set():
    computed = calculated(json.dumps(night()))["computed"]
    assert computed.keys() == {"controle", "transelect", "jour", "quasimodo", "sommaire"}
    assert computed["jour"] == {"jour_rooms_disponibles": 252}
    assert set(computed["sommaire"]["onglets"].values()) == {"vide"}


def test_a_line_without_any_value_keeps_its_place():
    computed = calculated(json.dumps(one("sd", "sd_entries", [{}, {"amount": "1.00"}, {"name": "x"}])))["computed"]
    assert computed["sd"]["sd_entries"] == [{}, {"variance": "-1.00"}, {}]


@pytest.mark.parametrize("number", ["-0", "-0.0", "-0.00"])
def test_there_is_no_negative_zero(number):
    assert calculated(json.dumps(one(*AMOUNT, number)))["tabs"]["recap"]["cash_ls_lecture"] == "0.00"


def test_a_byte_order_mark_is_passed_over():
    assert calculated(b"\xef\xbb\xbf" + text(COMPLETE)) == calculated(text(COMPLETE))


# Anything at all

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["1.00", "CDN"])
)
KEYS = st.sampled_from(
    [
        "audit_date",
        "property",
        "previous",
        "tabs",
        "rates",
        "rj",
        "mtd",
        "dueback",
        "transelect_terminals",
        "id",
        "name",
    ]
    + list(BY_KEY)
    + [part for name in FIELDS for part in name.split(".")]
) | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


def refused_or_calculated(document):
    """True when the night was calculated; anything but a refusal escapes."""
    try:
        read_night(document)
    except Refused as refused:
        return bool(refused.problems) and all(problem.message.endswith(".") for problem in refused.problems)
    return True


@given(ANYTHING)
def test_any_json_is_a_night_or_is_refused(document):
    assert refused_or_calculated(document)


@given(st.dictionaries(st.sampled_from(list(BY_KEY)), st.dictionaries(KEYS, ANYTHING, max_size=3)), ANYTHING, ANYTHING)
def test_any_tabs_settings_and_previous_night_are_read_or_refused(tabs, settings, previous):
    given = {"audit_date": "2025-12-23", "tabs": tabs, "property": settings, "previous": previous}
    assert refused_or_calculated(given)


@given(st.sampled_from(sorted(dict(figures(document(COMPLETE))))), ANYTHING)
def test_the_complete_night_with_anything_in_one_place(path, value):
    """2025-12-23 with one of its values replaced."""
    night = document(COMPLETE)
    place, *keys = night, *path.replace("[", ".").replace("]", "").split(".")
    for key in keys[:-1]:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[int(keys[-1]) if isinstance(place, list) else keys[-1]] = value
    assert refused_or_calculated(night)


@given(st.binary() | st.text() | ANYTHING.map(json.dumps))
def test_any_file_is_a_night_or_is_refused(data):
    try:
        found = calculated(data)
    except Refused as refused:
        found = refused.as_json()["erreurs"]
    assert found
