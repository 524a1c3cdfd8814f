"""Why this figure: the arithmetic of each sentence, redone, gives the value; origins and refusals."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.utils.rj.build import night as a_night
from tests.utils.rj.golden import COMPLETE, NAMES, document, night
from tests.utils.rj.sentences import NBSP, holds, value_of
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import CHOICE, FLAG, TEXT
from utils.rj.explain import UnknownField, explain, formula_in_words, listed_names
from utils.rj.night_file import read_night
from utils.rj.sheets import SHEETS

TERMINALS = "transelect.transelect_terminal_totals"
YES_NO = {"vrai": True, "faux": False}


def value_at(night, name):
    """The value of a figure, of one entry of a map or of one line."""
    if matched := re.fullmatch(r"(.+)\[(\d+)\]\.(\w+)", name):
        return night.values[f"{matched[1]}[].{matched[3]}"][int(matched[2])]
    if name in night.values:
        return night.values[name]
    return night.values[TERMINALS][name.removeprefix(f"{TERMINALS}.")]


def field_of(name):
    """The field that a name or one of its lines belongs to."""
    if matched := re.fullmatch(r"(.+)\[\d+\]\.(\w+)", name):
        return next(column for column in FIELDS[matched[1]].columns if column.key == matched[2])
    return FIELDS.get(name) or FIELDS[TERMINALS]


def redone(night, name, sentence, value):
    """What a reader finds who redoes the sentence with pencil and paper."""
    field = field_of(name)
    if field.kind == CHOICE:
        return state_redone(night, name, sentence)
    figures, _, said = sentence.rpartition(" = ")
    if field.kind == TEXT:
        return figures
    if field.kind == FLAG:
        assert YES_NO[said] == flag_redone(figures)
        return flag_redone(figures)
    assert value_of(said.replace("$", "").replace("%", "")) == Fraction(value)
    return value_of(figures)


def flag_redone(figures):
    if figures.startswith("statut "):
        return figures == "statut ok"
    if ";" in figures:
        flags, blocking = re.fullmatch(r"(.+); contrôles bloquants : (\d+)", figures).groups()
        return flags == "vrai, vrai, vrai" and blocking == "0"
    return holds(figures)


def state_redone(night, name, sentence):
    figures, _, said = sentence.rpartition(" : ")
    key = name.rpartition(".")[2]
    if name.startswith("sommaire.statuts."):
        found = (
            "na" if figures == "vide" else "ok" if holds(figures) and "≤" in figures else night.settings.severities[key]
        )
        assert "≤" in figures or figures == "vide" or holds(figures)
    elif name == "sommaire.onglets.sommaire":
        done, empty, blocking = re.fullmatch(
            rf"(\d+) onglets sur {len(SHEETS)} terminés, (\d+) vides; contrôles bloquants : (\d+)", figures
        ).groups()
        whole = str(len(SHEETS))
        found = "complet" if (done, blocking) == (whole, "0") else "vide" if empty == whole else "en_cours"
    else:
        found = tab_redone(figures.split("; "))
    assert said == found
    return found


def tab_redone(parts):
    if parts == ["déclaré sans activité, sans ligne"]:
        return "sans_activite"
    *required, begun = parts
    if all(part.endswith(" connu") for part in required):
        return "complet"
    return "en_cours" if begun == "commencé" else "vide"


def check(night, name):
    """Redo one explanation; a typed value is said to be, its source redone when it has one."""
    explanation, value = explain(night, name), value_at(night, name)
    sentence = explanation.sentence
    if sentence.startswith("saisi : "):
        assert explanation.figure == sentence.removeprefix("saisi : ").partition("; la source donne ")[0]
        assert value == night.inputs[name]
        _, _, sentence = sentence.partition("; la source donne ")
        value = night.sources.get(name)
        assert bool(sentence) == (value is not None)
    if sentence:
        assert redone(night, name, sentence, value) == (Fraction(value) if isinstance(value, int | Decimal) else value)


def test_every_calculated_field_of_the_complete_night_is_redone():
    """Hundreds of sentences of 2025-12-23; `test_the_names_are_those…` says which."""
    names = listed_names(night(COMPLETE))
    assert len(names) > 300
    for name in names:
        check(night(COMPLETE), name)


@pytest.mark.parametrize("name", NAMES)
def test_every_calculated_field_of_every_golden_night_is_redone(name):
    names = listed_names(night(name))
    for figure in names:
        check(night(name), figure)
    assert len(names) > 60


def test_the_names_are_those_of_the_calculated_fields_that_have_a_value():
    found = {re.sub(r"\[\d+\]", "[]", name) for name in listed_names(night(COMPLETE))}
    whole = {name if name in FIELDS or "[]" in name else name.rpartition(".")[0] for name in found}
    columns = {f"{n}[].{c.key}": c for n, f in FIELDS.items() for c in f.columns}
    calculated = {name for name, field in (FIELDS | columns).items() if field.formula is not None}
    present = {name for name in calculated if night(COMPLETE).values.get(name) is not None}
    assert whole == present - {"transelect.transelect_terminals"}


UNBLOCKED = "contrôles bloquants : 0 : en_cours"
SENTENCES = {
    "recap.recap_balance": "459,40 − 459,40 = 0,00 $",
    "recap.surplus_deficit_lecture": "saisi : 1 532,47 $",
    "jour.jour_adr": "arrondi(14 194,83 ÷ 74; 2) = 191,82 $",
    "jour.jour_occ_operationnelle": "arrondi(100 × 74 ÷ (252 − 36); 2) = 34,26 %",
    "jour.jour_dueback_reception": "− 653,10 = −653,10 $",
    "geac.geac_var_today": "|16 923,33| − |−16 923,33| = 0,00 $",
    "quasimodo.quasi_amex_factor": "1 − 2,65 ÷ 100 = 0,9735",
    "transelect.transelect_terminal_totals.bar_b": "590,86 + 882,71 + 915,16 = 2 388,73 $",
    "hp_admin.hp_admin_entries[4].total": "43,90 + 8,50 + 6,28 = 58,68 $",
    "sommaire.chk_chambres": "max(0; 74 + 36 − 252) = 0",
    "sommaire.chk_transelect_reception": "max(|0,00|; |0,00|; |0,00|; |0,00|; |0,00|) = 0,00 $",
    "sommaire.statuts.chk_transelect_x20": "|−9 609,77| > 0,01 : avertissement",
    "sommaire.statuts.chk_ar": "vide : na",
    "sommaire.onglets.controle": "Préparé par [Contrôle] vide; pas commencé : vide",
    "sommaire.onglets.sommaire": f"8 onglets sur {len(SHEETS)} terminés, {len(SHEETS) - 9} vides; {UNBLOCKED}",
    "sommaire.is_ar_balanced": "statut na = faux",
    "sommaire.is_fully_balanced": "vrai, vrai, faux; contrôles bloquants : 0 = faux",
    "recap.cheque_ar_net": "vide : il manque un chiffre",
}


@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items())
def test_a_sentence_reads_like_this(name, sentence):
    """Figures as French shows them, the arithmetic in the order of the formula."""
    assert explain(night(COMPLETE), name).sentence.replace(NBSP, " ") == sentence


def test_the_formula_is_said_in_words_with_the_tab_of_what_comes_from_elsewhere():
    said = explain(night(COMPLETE), "jour.jour_argent_recu").formula
    assert said == "Argent reçu = Argent reçu [Recap]"
    said = explain(night(COMPLETE), "recap.recap_balance").formula
    assert said == "Balance du Recap = Total dépôt net − (Dépôt US + Dépôt canadien (compté))"


def origins(name, night_of=COMPLETE, **more):
    return {part.name: part.origin for part in explain(night(night_of), name, **more).parts}


def test_each_part_says_where_it_came_from():
    assert origins("jour.jour_mtd_room_revenue") == {
        "previous.mtd.room_revenue": "repris de la veille",
        "jour.jour_room_revenue": "saisi",
    }
    assert origins("jour.jour_frais_visa") == {
        "jour.jour_carte_visa": "calculé",
        "property.rates.rj.visa": "réglage de l'établissement",
    }
    assert origins("jour.jour_mtd_room_revenue", "jour-2025-12-01") == {
        "previous.mtd.room_revenue": "début de période",
        "jour.jour_room_revenue": "calculé",
    }
    assert origins("recap.cash_ls_net") == {"recap.cash_ls_lecture": "saisi", "recap.cash_ls_corr": "vide"}
    assert origins("sommaire.chk_ouverture")["jour.jour_opening_balance"] == "repris de la veille"


def test_a_period_that_starts_tonight_takes_nothing_from_the_night_before():
    given = document(COMPLETE) | {"audit_date": "2025-12-01"}
    part = explain(read_night(given), "jour.jour_mtd_room_revenue").parts[0]
    assert (part.figure, part.origin) == ("0,00", "début de période")


def test_the_terminals_come_from_the_property_until_a_night_gives_its_list():
    assert origins("transelect.transelect_terminals") == {"previous.transelect_terminals": "réglage de l'établissement"}
    assert origins("transelect.transelect_total1_visa")["transelect.transelect_terminals"] == (
        "réglage de l'établissement"
    )
    listed = a_night(previous={"transelect_terminals": [{"id": "a", "group": "pos"}]})
    parts = explain(listed, "transelect.transelect_total1_visa").parts
    assert parts[1].origin == "repris de la veille"


def test_whoever_keeps_better_origins_gives_them():
    given = {"recap.cash_ls_lecture": "Lightspeed, révision 3"}
    assert origins("recap.cash_ls_net", origins=given)["recap.cash_ls_lecture"] == "Lightspeed, révision 3"


def test_the_parts_show_their_labels_and_figures():
    parts = explain(night(COMPLETE), "jour.jour_frais_visa").as_json()["termes"]
    assert parts == [
        {
            "champ": "jour.jour_carte_visa",
            "libelle": "Carte Visa",
            "valeur": f"10{NBSP}079,99{NBSP}$",
            "origine": "calculé",
        },
        {
            "champ": "property.rates.rj.visa",
            "libelle": "réglage rj.visa",
            "valeur": "1,70",
            "origine": "réglage de l'établissement",
        },
    ]


def test_the_parts_of_a_line_are_its_columns():
    parts = explain(night(COMPLETE), "dueback.dueback_entries[0].net").parts
    assert [(part.name, part.figure, part.origin) for part in parts] == [
        ("dueback.dueback_entries[0].previous", "vide", "saisi"),
        ("dueback.dueback_entries[0].nouveau", f"323,42{NBSP}$", "saisi"),
    ]


@pytest.mark.parametrize(
    ("name", "part", "label", "figure"),
    [
        ("jour.jour_opening_balance", 0, "Nouvelle balance (veille)", f"−3{NBSP}554{NBSP}670,64"),
        ("jour.jour_mtd_rooms_louees", 0, "Mois à date — chambres louées (avant cette nuit)", f"4{NBSP}240"),
        (
            "jour.jour_ytd_room_revenue",
            0,
            "Année à date — revenu chambres (avant cette nuit)",
            f"12{NBSP}709{NBSP}579,78",
        ),
        ("dueback.dueback_total", 0, "Réceptionnistes", "2 lignes"),
        ("sd.depot_total_client6", 0, "Dépôt Client 6 — enveloppes", "6 lignes"),
        ("transelect.transelect_total1_visa", 1, "Terminaux", "20 lignes"),
        ("transelect.transelect_total1_discover", 0, "Lots Discover", "aucun"),
        ("transelect.transelect_total1_amex", 0, "Lots Amex", "bar_a 71,49; bar_c 102,54; banquet_1 46,39"),
        ("controle.jours_dans_mois", 0, "Date d'audit", "2025-12-23"),
        ("sommaire.chk_dueback_report", 1, "Réceptionnistes (veille)", "vide"),
        ("sommaire.is_ar_balanced", 0, "Statut : Comptes à recevoir", "na"),
        ("sommaire.is_fully_balanced", 0, "Recap balancé", "vrai"),
        ("sommaire.is_fully_balanced", 2, "Comptes à recevoir balancés", "faux"),
        ("sommaire.chk_tvq_tps", 2, "réglage tvq", "9,975"),
        ("sommaire.onglets.jour", 5, "% louées (occupation payante) [Jour]", f"29,37{NBSP}%"),
        ("sommaire.onglets.jour", 8, "saisie dans Jour", "vrai"),
    ],
)
def test_any_kind_of_part_can_be_shown(name, part, label, figure):
    found = explain(night(COMPLETE), name).parts[part]
    assert (found.label, found.figure) == (label, figure)


@pytest.mark.parametrize(
    "name",
    [
        *("recap.cash_ls_lecture", "recap.inconnu", "inconnu", "", ".", "recap.", "transelect.inconnu.bar_a"),
        *("sd.sd_entries[0].variance", "sd.sd_entries[0].amount", "sd.inconnu[0].x", "dueback.dueback_entries[2].net"),
        *("dueback.dueback_entries[-1].net", "dueback.dueback_entries[0].name", "hp_admin.hp_deductions"),
    ],
)
def test_what_is_not_calculated_is_refused_in_french(name):
    with pytest.raises(UnknownField, match="n'est pas un chiffre calculé de la nuit"):
        explain(night(COMPLETE), name)


def test_an_entry_of_a_map_that_is_not_there_tonight_is_empty():
    explanation = explain(night(COMPLETE), "transelect.transelect_terminal_totals.extra_1")
    assert (explanation.figure, explanation.sentence) == ("vide", "vide : il manque un chiffre")


def test_a_text_copied_from_a_setting():
    given = read_night({"audit_date": "2025-12-23", "property": {"name": "Hôtel Démo"}, "tabs": {}})
    explanation = explain(given, "controle.property_name")
    assert explanation.sentence == "Hôtel Démo = Hôtel Démo"
    assert explanation.as_json()["valeur"] == "Hôtel Démo"


def test_a_timing_pair_shows_both_remainders():
    pair = document("jour-2025-12-02")
    pair["previous"]["jour_diff_caisse_residu"] = "-14.08"
    residue = read_night(pair).values["jour.jour_diff_caisse_residu"]
    pair["tabs"]["jour"]["diff_caisse_entries"] = [{"cause": "autre", "montant": f"{residue - Decimal('14.08'):.2f}"}]
    paired = read_night(pair)
    sentence = explain(paired, "jour.jour_diff_caisse_paire").sentence
    assert sentence == "|14,08| > 0,01 et |14,08 + (−14,08)| ≤ 0,01 = vrai"
    check(paired, "jour.jour_diff_caisse_paire")


@pytest.mark.parametrize(("name", "field"), [item for item in FIELDS.items() if item[1].formula is not None])
def test_every_formula_has_its_words(name, field):
    tab, _, key = name.partition(".")
    assert formula_in_words(night(COMPLETE), tab, key, field) != ""


def test_the_formula_of_a_column_names_its_columns_and_a_field_that_is_typed_has_none():
    net = FIELDS["dueback.dueback_entries"].columns[-1]
    words = formula_in_words(night(COMPLETE), "dueback", "dueback_entries[].net", net)
    assert words == "Solde préc. repris (1re ligne) + Nouveau (2e ligne)"
    typed = FIELDS["recap.cash_ls_lecture"]
    assert formula_in_words(night(COMPLETE), "recap", typed.key, typed) == ""


def test_a_segment_that_nothing_feeds_is_nought():
    other = FIELDS["dbrs.dbrs_market_segments.other.revenue"]
    assert formula_in_words(night(COMPLETE), "dbrs", other.key, other) == "0"


def test_what_is_typed_in_a_tab_is_said_to_be_typed():
    assert origins("sommaire.onglets.jour")["entered.jour"] == "saisi"


def test_a_tab_declared_nil_says_so():
    given = a_night(dueback={"sans_activite": True})
    assert explain(given, "sommaire.onglets.dueback").sentence == "déclaré sans activité, sans ligne : sans_activite"
    check(given, "sommaire.onglets.dueback")


def test_floats_taken_back_are_shown_beside_those_of_the_night_before():
    lines = [{"name": "A", "previous": "-300.00"}, {"name": "B", "previous": "-10.00"}]
    before = [{"name": "A", "nouveau": "350.00"}, {"name": "B", "nouveau": "10.00"}]
    given = a_night(previous={"dueback": before}, dueback={"dueback_entries": lines})
    sentence = explain(given, "sommaire.chk_dueback_report").sentence.replace(NBSP, " ")
    assert sentence == "|(−300,00) + 350,00| + |(−10,00) + 10,00| = 50,00 $"
    check(given, "sommaire.chk_dueback_report")


def test_a_terminal_may_have_any_name():
    """Even one with the very marks that separate the entries of a sentence."""
    names = ("a.b", "x ; y : 1,00", "bar_a")
    terminals = [{"id": name, "group": "pos"} for name in names]
    batches = {"visa": {"terminals": dict.fromkeys(names, "1.00")}, "mc": {"terminals": {"x ; y : 1,00": "2.00"}}}
    given = a_night(settings={"terminals": terminals}, transelect={"transelect_restaurant": batches})
    totals = "transelect.transelect_terminal_totals"
    said = {name: explain(given, f"{totals}.{name}").sentence.replace(NBSP, " ") for name in names}
    assert said == {"a.b": "1,00 = 1,00 $", "x ; y : 1,00": "1,00 + 2,00 = 3,00 $", "bar_a": "1,00 = 1,00 $"}
    assert [name for name in listed_names(given) if name.startswith(totals)] == [f"{totals}.{name}" for name in names]
