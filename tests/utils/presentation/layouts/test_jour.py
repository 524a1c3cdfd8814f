"""The master row of the night, laid out as the paper has it."""

from tests.utils.presentation.shown import NIGHT, blocks, fr, row, rows, texts
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_of, tab_page


def margin(of=NIGHT):
    """The sums of the margin by title."""
    return {block.title: block for block in tab_page(of, tab_of("jour"), Marks()).margin}


def sold(of=NIGHT):
    """What each outlet sold, in words."""
    return {term.label: term.words for term in margin(of)["Ventes par point de vente"].terms}


def test_the_balances_end_with_the_new_one():
    assert rows(blocks("jour")["Balances"]) == [
        ("Balance d’ouverture", [fr("-3 554 670,64")]),
        ("Grand livre clients (signé)", [fr("-3 285 407,99")]),
        ("Dépôt en main", [fr("288 795,58")]),
        ("Nouvelle balance", [fr("-3 574 203,57")]),
    ]


def test_an_outlet_goes_from_the_point_of_sale_to_the_jour():
    grid = blocks("jour")["Nourriture et boisson"]
    assert [group.label for group in grid.groups] == [
        *("Café Link", "Piazza/Cupola", "Marché La Spesa", "Service aux chambres", "Banquet", "Ensemble"),
    ]
    piazza = grid.groups[1]
    assert [(one.label, texts(one.cells)) for one in piazza.rows] == [
        ("POSitouch", [fr("9 055,20"), "", "", "", "", None, None]),
        ("HP déduit, ajustements", ["36,25", "", "", "", "", None, fr("-19,19")]),
        (
            "Net au Jour",
            [fr("8 999,76"), fr("2 194,75"), "120,00", "83,50", fr("1 315,00"), fr("3 713,25"), None],
        ),
    ]


def test_what_is_shown_of_another_tab_is_not_typed_here():
    grid = blocks("jour")["Nourriture et boisson"]
    deducted = grid.groups[1].rows[1].cells[0]
    assert (deducted.name, deducted.entered, deducted.anchor) == (
        "hp_admin.hp_deductions.jour_piazza_nourriture",
        False,
        False,
    )


def test_the_categories_have_their_totals():
    assert row(blocks("jour")["Nourriture et boisson"], "Total par catégorie") == [
        *(fr("9 565,63"), fr("2 194,75"), "120,00", "83,50", fr("1 325,00"), fr("3 723,25"), None),
    ]


def test_the_shop_has_its_own_table_and_is_no_credit():
    found = blocks("jour")
    assert [label for label, _ in rows(found["Tabagie"])] == [
        *("POSitouch Tabagie", "Ajustements Tabagie", "Déduction HP", "Tabagie"),
    ]
    assert "Tabagie" not in [label for label, _ in rows(found["Crédits"])]


def test_credits_and_debits_end_with_their_total():
    found = blocks("jour")
    assert rows(found["Crédits"])[-1] == ("Crédits (E à BF)", [fr("23 236,14")])
    assert rows(found["Débits"])[-1] == ("Débits (BI à CI)", [fr("33 159,30")])
    assert row(found["Débits"], "Carte Amex Global") == ["220,42"]


def test_outlets_are_summed_as_the_sales_journal_prints_them():
    assert sold() == {
        "Café Link": "",
        "Piazza/Cupola": fr("12 768,45"),
        "Marché La Spesa": "455,07",
        "Service aux chambres": "227,00",
        "Banquet": "",
        "Tabagie": "",
        "Total du Sales Journal": fr("13 450,52"),
    }


def test_an_outlet_that_sold_nothing_differs_from_one_that_was_not_read():
    said = sold(night(jour={"jour_pos_cafe_nourriture": "0.00"}))
    assert (said["Café Link"], said["Banquet"], said["Total du Sales Journal"]) == ("0,00", "", "0,00")
    assert set(sold(night()).values()) == {""}


def test_the_cash_difference_is_told_by_its_causes():
    said = [
        (term.sign, term.label, term.cell.text if term.cell else None, term.words)
        for term in margin()["Différence de caisse"].terms
    ]
    minus = fr("-")
    assert said == [
        ("", "Différence de caisse", fr("-9 609,77"), ""),
        (minus, "Variance des cartes (X20)", fr("-9 609,77"), ""),
        (minus, "Facture directe", "0,00", ""),
        (minus, "Lignes saisies", "", ""),
        ("", "Décalage avec la veille", None, "aucun"),
        ("=", "Reste à expliquer", "0,00", ""),
    ]


def test_the_report_repeats_the_rooms_without_placing_them_twice():
    found = blocks("jour")
    assert row(found["Rapport"], "Chambres") == [fr("14 194,83")]
    shown = found["Rapport"].groups[0].rows[0].cells[0]
    assert (shown.entered, shown.anchor) == (False, False)
    assert rows(found["Rapport"])[-1] == ("Balance de fermeture", [fr("-3 574 203,57")])
    assert rows(found["Cartes, frais et banque"])[-1] == ("Net à la banque", [fr("30 150,54")])


def test_rooms_are_apart_from_ratios_and_sums_to_date():
    labels = [label for label, _ in rows(blocks("jour")["Chambres et clients"])]
    assert labels[0] == "Chambres occupées (rapport)"
    assert labels[-1] == "Chambres louées"
    assert not {"REVCD (RevPAR)", "TRevPAR"} & set(labels)


def test_statistics_stand_beside_their_sums_to_date_where_there_are_some():
    grid = blocks("jour")["Statistiques"]
    assert row(grid, "Revenu chambres") == [fr("14 194,83"), fr("901 999,87"), fr("13 611 579,65")]
    assert row(grid, "Nourriture et boisson") == [fr("13 288,88"), fr("1 444 312,30"), None]
    assert row(grid, "REVCD (RevPAR)") == ["56,33", "155,62", "183,10"]
    assert row(grid, "TRevPAR") == ["111,39", None, None]


def test_paper_says_under_the_statistics_why_a_sum_to_date_is_absent():
    assert blocks("jour")["Statistiques"].foot == ""
    of = night(jour={"jour_room_revenue": "100.00", "jour_rooms_simple": 10})
    assert blocks("jour", of)["Statistiques"].foot == "Mois à date inconnu : il manque le cumul de la veille."


def test_the_shop_is_in_the_total_that_the_sales_journal_prints():
    shop = night(jour={"jour_pos_cafe_nourriture": "10.00", "jour_pos_tabagie": "5.00"})
    said = sold(shop)
    assert (said["Tabagie"], said["Total du Sales Journal"]) == ("5,00", "15,00")


def test_an_outlet_that_sold_lately_and_has_nothing_is_expected():
    marks = Marks(outlets={"cafe": 14, "piazza": 3})
    one = night(jour={"jour_pos_cafe_nourriture": "10.00"})
    page = tab_page(one, tab_of("jour"), marks)
    grid = next(block for block in page.blocks if getattr(block, "title", "") == "Nourriture et boisson")
    assert [group.label for group in grid.groups[:3]] == ["Café Link", "Piazza/Cupola, attendu", "Marché La Spesa"]
    sums = {block.title: block for block in page.margin}
    words = {term.label: term.words for term in sums["Ventes par point de vente"].terms}
    assert (words["Café Link"], words["Piazza/Cupola"], words["Banquet"]) == ("10,00", "attendu", "")


def test_the_difference_says_what_comes_from_the_recap_and_what_is_its_own():
    line = {"name": "A", "amount": "112.40", "verified": "112.40"}
    papers = {
        "sd": {"sd_entries": [line], "depot_data": {"client6": {"amounts": ["112.40"]}}},
        "dueback": {"dueback_entries": [{"name": "A", "previous": "-10.00", "nouveau": "10.00"}]},
    }
    balances = {"jour_opening_balance": "0.00", "jour_new_balance": "41.60"}
    terms = margin(night(recap={"cash_ls_lecture": "100.00"}, jour=balances, **papers))["Différence de caisse"].terms
    words = {term.label: term.words for term in terms}
    assert (words["dont Recap"], words["propre au Jour"]) == (fr("-12,40"), fr("154,00"))
    assert "dont Recap" not in {term.label for term in margin()["Différence de caisse"].terms}
