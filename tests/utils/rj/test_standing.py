"""Where a tab and an amount stand, as the API shows them."""

from utils.rj.standing import StripAmount, TabStanding


def test_a_tab_names_the_papers_it_waits_for_only_when_there_are_some():
    said = {"etat": "complet", "equilibre": "na", "source": "manual"}
    assert TabStanding("complet", "na", "manual").as_json() == said
    assert TabStanding("complet", "na", "manual", ("GEAC",)).as_json() == said | {"attend": ["GEAC"]}


def test_an_amount_too():
    amount = StripAmount("recap", "Recap", "recap", "recap.recap_balance", None, "na")
    said = {"cle": "recap", "libelle": "Recap", "onglet": "recap", "champ": "recap.recap_balance", "valeur": None}
    assert amount.as_json() == said | {"etat": "na"}
    assert amount._replace(waits=("GEAC",)).as_json() == said | {"etat": "na", "attend": ["GEAC"]}
