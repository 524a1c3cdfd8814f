"""The short tabs, as the paper has them."""

from tests.utils.presentation.shown import NIGHT, blocks, row, rows, texts
from tests.utils.rj import golden
from tests.utils.rj.build import night


def test_the_controle_shows_what_is_known_then_asks():
    found = blocks("controle", night(controle={"auditor_name": "Personne 9", "weather_condition": "neige"}))
    assert rows(found["La nuit"])[0] == ("Date d’audit", ["2025-12-23"])
    assert row(found["La nuit"], "Jours dans le mois") == ["31"]
    asked = found["À remplir"].groups[0].rows
    assert [one.label for one in asked] == [
        *("Préparé par", "Température", "Météo", "Chambres à refaire", "Notes de la nuit"),
    ]
    assert all(one.cells[0].entered for one in asked)
    assert not any(one.cells[0].entered for one in found["La nuit"].groups[0].rows)


def test_the_weather_is_chosen_among_words():
    (weather,) = [
        one.cells[0]
        for one in blocks("controle", night(controle={"weather_condition": "neige"}))["À remplir"].groups[0].rows
        if one.label == "Météo"
    ]
    assert (weather.text, weather.value) == ("neige", "neige")
    assert weather.choices == (("soleil", "Soleil"), ("nuages", "Nuages"), ("pluie", "Pluie"), ("neige", "Neige"))


def test_a_bill_has_its_line_and_the_jour_its_deduction():
    found = blocks("hp_admin")
    assert list(found) == ["Factures, avant taxes", "Déductions au Jour", "Totaux"]
    bills = found["Factures, avant taxes"]
    assert len(bills.lines) == 7
    assert texts(bills.total)[-1] == "153,92"
    assert bills.add == "Ajouter une facture"
    assert row(found["Déductions au Jour"], "Piazza/Cupola") == ["36,25", "", "", "", ""]
    assert row(found["Déductions au Jour"], "Marché La Spesa") == ["105,30", "", "", "", ""]


def test_the_shop_deducts_one_amount_only():
    of = night(hp_admin={"hp_admin_entries": [{"area": "tabagie", "paiement": "promotion", "tabagie": "12.00"}]})
    assert row(blocks("hp_admin", of)["Déductions au Jour"], "Tabagie") == ["12,00", None, None, None, None]


def test_the_totals_of_the_bills_are_by_payment():
    assert rows(blocks("hp_admin")["Totaux"]) == [
        ("Total Administration", ["145,01"]),
        ("Total Promotion", ["8,91"]),
        ("Pourboires Administration", ["11,21"]),
        ("Pourboires Promotion", ["1,16"]),
        ("Factures sans motif ou autorisation", ["7"]),
    ]


def test_internet_goes_from_readings_to_proof():
    grid = blocks("internet", golden.night("internet-sonifi-2024-12-01"))["Internet, avant taxes"]
    assert [group.label for group in grid.groups] == ["Lectures", "Preuve"]
    assert [label for label, _ in rows(grid)][-3:] == ["Total Internet", "Internet au Jour", "Variance Internet"]
    assert [one.style for one in grid.groups[1].rows] == ["total", "", "total final"]
    assert row(blocks("internet", NIGHT)["Internet, avant taxes"], "Internet au Jour") == ["4,16"]


def test_films_are_proved_three_ways():
    of = night(sonifi={"sonifi_cd_352": "30.00", "sonifi_unites": [{"prix": "15.00", "quantite": 2}]})
    found = blocks("sonifi", of)
    assert list(found) == ["Lecture du PMS", "Films du courriel de 03 h", "Preuve à trois", "Motif de l’ajustement"]
    assert rows(found["Lecture du PMS"]) == [("Sonifi — Cashier Detail 35.2", ["30,00"])]
    assert [label for label, _ in rows(found["Preuve à trois"])] == [
        *("Sonifi — courriel de 03 h", "Ajustement de film", "Total Sonifi", "Sonifi au Jour"),
        *("Variance Sonifi", "Variance CD 35.2"),
    ]
    assert found["Films du courriel de 03 h"].add == "Ajouter un prix"


def test_each_short_tab_places_all_its_fields():
    assert not [key for key in ("controle", "hp_admin", "internet", "sonifi") if "Autres champs" in blocks(key)]
