"""A reason has ten characters that say something, whatever the spaces and the marks around them."""

import pytest

from utils.rj.reason import CAUSE, RULE, refusal, says_something, too_thin, what_lacks

NOTHING = (
    *(
        "",
        "x",
        "vu",
        "ok",
        "corrigé",
        "   x   ",
        "." * 10,
        "-" * 40,
        "1234567890",
        "0,00 $ 0,00 $",
        "x" * 10,
        "xX" * 20,
    ),
    *(
        "ok ok ok ok ok",
        "vu vu vu vu vu",
        "a b c d e f g h i",
        "\u200b" * 20 + "vu",
        "vu\u00a0\u202f\u2009      .",
        "é" * 12,
    ),
    *("\u202dvu\u202c\u00ad\u00ad\u00ad\u00ad\u00ad\u00ad\u00ad\u00ad", "?!?!?!?!?!?!", "2025-12-23 05:12"),
    *(
        "asdfasdfasdf",
        "aaaaaaaaaa bb",
        "... .... ....",
        "asdf asdf asdf",
        "abcdefghij",
        "Essai, essai essai",
        "qwertyuiop !!",
    ),
    *("chèqueoublié", "chèque\u200boublié", "xyz xyz Xyz XYZ", "a a a a a a b b b b c"),
)
PUT_OFF = (
    *("à voir demain", "À VOIR DEMAIN", "a\u0300 voir  demain...", "a voir demain matin", "Voir plus tard"),
    *("à vérifier plus tard", "je ne sais pas", "Je ne sais pas !!!", "aucune idée", "n/a n/a rien test"),
    *("rien à signaler", "Rien à dire", "pas de raison", "sans objet, n/a", "test test essai", "cause inconnue"),
    *("On ne sait pas, à voir demain", "à voir demain 2025-12-24", "« à voir demain »"),
    *("on verra demain", "à voir demain, merci", "À VOIR DEMAIN SVP", "je vérifierai demain", "À corriger demain"),
    *("sera vérifié demain", "à vérifier lundi", "À voir la semaine prochaine", "je sais pas pourquoi"),
    *("je n’en ai aucune idée", "je ne comprends pas", "Aucun motif particulier", "différence inexpliquée"),
    *("reste à expliquer", "comme d'habitude", "comme d’habitude", "pas le temps", "will check tomorrow"),
    *("asdf qwer zxcv", "qwerty asdfgh"),
)
SOMETHING = (
    *("Chèque du 22", "dix signes.", "recomptée à deux", "Enveloppe 12", "Vue avec la réception.", "Dossier 2026-04"),
    *("chèque oublié", "recompté 2 fois", "vérifié au papier", "PMS en panne", "Écart connu", "erreur de poste"),
    *(
        "à voir avec la réception",
        "Rien au coffre",
        "vérifier le dépôt demain",
        "Aucune remise saisie",
        "test du terminal 4",
    ),
    *("Sans reçu du client", "Demain, dépôt du 24", "un essai de plus", "Cause : fond mal compté"),
    *("erreur de fermeture du bar", "TPE en panne jusqu’à demain", "à vérifier : chèque 123 du groupe Hydro"),
    *("pourboire payé deux fois", "dépôt compté par la relève", "différence de 20 $ sur le fond du bar"),
    *("à corriger demain par la comptabilité", "lot 4 fermé après minuit", "erreur de saisie corrigée"),
    *("on verra avec Lucie lundi", "facture sans signature", "Écart connu de la banque"),
    *("chèque\u00a0oublié", "chèque\noublié", "Voir papier", "vu au PC le 12"),
)


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_is_no_reason(text):
    assert not says_something(text)


@pytest.mark.parametrize("text", PUT_OFF)
def test_words_that_put_it_off_are_no_reason_and_the_sentence_says_what_is_needed(text):
    assert not says_something(text)
    assert what_lacks(text) == (CAUSE if len("".join(text.split())) >= 10 else RULE)


def test_a_reason_put_off_is_refused_by_what_it_was_given_for():
    assert refusal("de « Diff. caisse »", "à voir demain") == (
        "Motif de « Diff. caisse » : « à voir demain » ne dit pas pourquoi, il faut la cause, ou ce qui a été vérifié."
    )
    assert refusal("de la correction", "rien") == too_thin("de la correction")


@pytest.mark.parametrize("text", SOMETHING)
def test_ten_characters_in_two_words_are_one(text):
    assert says_something(text)


def test_what_is_said_of_a_thin_one_names_what_it_is_for():
    assert too_thin("de la correction") == ("Motif de la correction : il faut dix caractères et deux mots au moins.")


def test_one_rule_in_any_spelling_of_unicode():
    assert says_something("e\u0301te\u0301 gele\u0301e là") == says_something("été gelée là")
    assert not says_something("e\u0301" * 6)
