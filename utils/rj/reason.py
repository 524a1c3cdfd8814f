"""What a reason is: ten characters and two words that say something. The one rule of all that the product asks for."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from utils.money import shown
from utils.text import normal, unaccented

LEAST: Final = 10
"""Characters that a reason holds at least; spaces and invisible marks do not count."""

_LETTERS: Final = 4
"""Different letters below which a text repeats itself and says nothing: ``xxxxxxxxxx``, ``ok ok ok ok ok``."""

_WORDS: Final = 2
"""Different words that a reason holds at least; a number is one."""

RULE: Final = "dix caractères et deux mots au moins"
"""The rule in words, for whoever types one."""

CAUSE: Final = "la cause, ou ce qui a été vérifié"
"""What is asked of whoever wrote words that put it off."""

_PUT_OFF: Final = (
    "voir revoir verra verrai verrons reverra reverrai "
    "verifier verifie verifiee verifierai verifiera verifierons verification "
    "corriger corrige corrigee corrigerai corrigera corrigerons correction "
    "regler regle reglee reglerai reglera completer complete valider valide validera validerai "
    "regarder regarde regarderai regardera suivre suivi "
    "demain matin soir jour plus tard apres bientot prochain prochaine prochainement semaine mois "
    "lundi mardi mercredi jeudi vendredi samedi dimanche tomorrow later check checked will be "
    "sais sait connais connait comprends comprend compris idee ignore aucun aucune inconnu inconnue "
    "cause raison motif explication expliquer explique expliquee inexplique inexpliquee pourquoi particulier "
    "particuliere commentaire commentaires difference ecart reste rester encore habitude habituel habituelle comme "
    "temps rien na test tests essai essais signaler dire objet applicable ok oui non merci svp stp "
    "a ai aura avoir c ca ce cela cette d de du elle en est et etre faire fait faut il ils j je l la le les lui "
    "n ne nous on ou pas peu pour qu que s sans se sera soit tout va vais y"
)
"""Words that put it off, own that one does not know, or join such words: alone, they give no reason."""

_EMPTY: Final = frozenset(_PUT_OFF.split())

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
_RUN: Final = 4
"""Letters side by side on a keyboard from which a word is fingers that slide; no French word has as many."""

_WORD: Final = re.compile(r"[^\W\d_]+")


def too_thin(of: str) -> str:
    """What is said of a reason that says nothing; ``of`` names what it was given for: « de la correction »."""
    return f"Motif {of} : il faut {RULE}."


def refusal(of: str, text: str) -> str:
    """What is said of a text that is no reason: too thin, or words that put it off."""
    if not _is_full(text):
        return too_thin(of)
    return f"Motif {of} : « {shown(text)} » ne dit pas pourquoi, il faut {CAUSE}."


def what_lacks(text: str) -> str:
    """What a text that is no reason lacks, in words."""
    return CAUSE if _is_full(text) else RULE


def says_something(text: str) -> bool:
    """Whether a text is a reason: full enough, and more than words that put it off.

    >>> [says_something(text) for text in ("Chèque du 22", "x", "..........", "vu vu vu vu vu", "À voir demain.")]
    [True, False, False, False, False]
    """
    return _is_full(text) and not puts_off(text)


def puts_off(text: str) -> bool:
    """Whether every word of a text puts the reason off or owns that there is none, in any spelling.

    >>> [puts_off(text) for text in ("À VOIR DEMAIN !!", "je ne sais pas", "n/a", "à voir avec la réception")]
    [True, True, True, False]
    """
    words = set(_WORD.findall(unaccented(text).casefold())) - _EMPTY
    return all(len(word) >= _RUN and any(word in row for row in _ROWS) for word in words)


def _is_full(text: str) -> bool:
    """Ten characters but spaces and marks, four different letters, two different words."""
    seen = "".join(one for one in normal(text) if one.isspace() or unicodedata.category(one)[0] not in "ZC")
    words = {"".join(filter(str.isalnum, word)) for word in seen.casefold().split()} - {""}
    kept = "".join(seen.split())
    letters = {one.casefold() for one in kept if one.isalpha()}
    return len(kept) >= LEAST and len(letters) >= _LETTERS and len(words) >= _WORDS
