"""Read strictly what is given about notifications: each thing that cannot be kept is a ``Problem`` that names it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from database.models import ROLES
from database.models.notification import CHANNELS
from utils.actions.refusals import Unreadable
from utils.money import AmountError, money_text, read_json_money
from utils.notifications.kinds import KINDS, MAILS
from utils.rj.reading import JsonNumber, Problem
from utils.shapes import Document

Amount = Callable[[str], Decimal]
NOTHING_KEPT: Final = "Rien n’est enregistré : corriger les champs marqués."
MAIL_CHANNELS: Final = ("courriel", "aucun")
MINUTES: Final = range(5, 24 * 60 + 1)
_HOUR: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Given:
    """Reads parts of a document and remembers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, path: str, sentence: str) -> None:
        """Remember that a part cannot be kept."""
        self.problems.append(Problem(path, sentence))

    def finish(self) -> None:
        """Raise what was refused."""
        if self.problems:
            only = self.problems[0].message if len(self.problems) == 1 else NOTHING_KEPT
            raise Unreadable(only, self.problems)

    def object(self, given: Any, path: str, keys: tuple[str, ...]) -> Document:
        """An object that has no other keys."""
        if not isinstance(given, dict):
            self.refuse(path, "Un objet JSON est attendu.")
            return {}
        for key in [one for one in given if one not in keys]:
            self.refuse(f"{path}.{key}".lstrip("."), f"Champ inconnu. Champs possibles : {', '.join(keys)}.")
        return {key: value for key, value in given.items() if key in keys}

    def listed(self, given: Any, path: str, allowed: frozenset[Any], what: str) -> list[Any]:
        """A list of things that are all known, each kept once."""
        known = isinstance(given, list) and all(type(one) in (str, int) and one in allowed for one in given)
        if not known:
            self.refuse(path, f"Il faut une liste de {what}.")
            return []
        return sorted(set(given))

    def amount(self, given: Any, path: str, how: Amount) -> str | None:
        """A threshold of at most two decimals, zero or more, as it is kept; nothing when none is given.

        A JSON number is read as it was written, never through a float: ``75.0`` is ``"75.00"``.
        """
        if given is None:
            return None
        number = isinstance(given, JsonNumber) or type(given) is int
        try:
            value = read_json_money(str(given)) if number else how(given) if type(given) is str else None
        except AmountError as error:
            self.refuse(path, str(error))
            return None
        if value is None or value < 0:
            self.refuse(path, "Il faut un montant positif ou nul, d’au plus deux décimales.")
            return None
        return money_text(value)


class Choices(Given):
    """Reads the document of a hotel."""

    def __init__(self, people: frozenset[int], amount: Amount) -> None:
        super().__init__()
        self._people, self._how = people, amount

    def read(self, given: Any) -> Document:
        """The parts that are given, as they are kept."""
        parts = self.object(given, "", ("kinds", "silence", "escalade"))
        readers = {"kinds": self._kinds, "silence": self._silence, "escalade": self._escalation}
        kept: Document = {key: readers[key](value) for key, value in parts.items()}
        self.finish()
        return kept

    def _kinds(self, given: Any) -> Document:
        kinds: Document = {}
        for key, choice in self.object(given, "kinds", tuple(KINDS)).items():
            thresholds = {"seuil": KINDS[key].threshold, "critique": KINDS[key].critical}
            names = ("actif", "roles", "personnes", *(name for name, usual in thresholds.items() if usual is not None))
            kept = kinds[key] = self.object(choice, f"kinds.{key}", names)
            for name, value in kept.items():
                here = f"kinds.{key}.{name}"
                if name == "roles":
                    kept[name] = self.listed(value, here, frozenset(ROLES), f"rôles : {', '.join(ROLES)}")
                elif name == "personnes":
                    kept[name] = self.listed(value, here, self._people, "comptes ouverts de l’hôtel")
                elif name in thresholds:
                    kept[name] = self.amount(value, here, self._how)
                elif not isinstance(value, bool):
                    self.refuse(here, "Il faut vrai ou faux.")
        return kinds

    def _silence(self, given: Any) -> dict[str, str] | None:
        if given is None:
            return None
        hours = self.object(given, "silence", ("de", "a"))
        for name in ("de", "a"):
            if not isinstance(hours.get(name), str) or not _HOUR.fullmatch(hours[name]):
                self.refuse(f"silence.{name}", "Il faut une heure de 00:00 à 23:59, ou aucune des deux.")
        if not self.problems and hours["de"] == hours["a"]:
            self.refuse("silence.a", "Le silence ne peut pas finir à l’heure où il commence.")
        return hours

    def _escalation(self, given: Any) -> Document:
        parts = self.object(given, "escalade", ("roles", "minutes"))
        if "roles" in parts:
            parts["roles"] = self.listed(parts["roles"], "escalade.roles", frozenset(ROLES), "rôles")
            if not parts["roles"]:
                self.refuse("escalade.roles", "Il faut au moins un rôle à rappeler.")
        if "minutes" in parts and (type(parts["minutes"]) is not int or parts["minutes"] not in MINUTES):
            self.refuse("escalade.minutes", f"Il faut un nombre entier de {MINUTES[0]} à {MINUTES[-1]} minutes.")
        return parts


class Preferences(Given):
    """Reads the preferences of a person."""

    def __init__(self, amount: Amount) -> None:
        super().__init__()
        self._how = amount

    def read(self, given: Any) -> dict[str, tuple[str, Decimal | None]]:
        """Channel and own threshold by kind."""
        rows = self.object(given, "", ("preferences",)).get("preferences")
        if not isinstance(rows, list):
            self.refuse("preferences", "Il faut une liste de préférences.")
            rows = []
        wanted = dict(filter(None, map(self._one, rows)))
        self.finish()
        return wanted

    def _one(self, given: Any) -> tuple[str, tuple[str, Decimal | None]] | None:
        parts = self.object(given, "preferences", ("genre", "canal", "seuil"))
        key, channel = parts.get("genre"), parts.get("canal")
        if not isinstance(key, str) or key not in KINDS:
            self.refuse("preferences.genre", f"Il faut un de ces genres : {', '.join(KINDS)}.")
            return None
        allowed = MAIL_CHANNELS if key in MAILS else CHANNELS
        if not isinstance(channel, str) or channel not in allowed:
            self.refuse(f"preferences.{key}", f"Canaux possibles : {', '.join(allowed)}.")
            return None
        path = f"preferences.{key}.seuil"
        threshold = self.amount(parts.get("seuil"), path, self._how)
        if threshold is not None and not KINDS[key].own:
            self.refuse(path, f"« {KINDS[key].label} » n’a pas de seuil par personne.")
        return key, (channel, None if threshold is None else Decimal(threshold))
