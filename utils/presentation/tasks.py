"""What is left to do of a night, in the order of the work: each thing with its button and its minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from utils.presentation.night_page import SUMMARY, Standing, short
from utils.presentation.papers import Paper
from utils.presentation.sommaire import Ask
from utils.presentation.words import typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY
from utils.rj.check import BLOCKING, WARNING
from utils.rj.checks import CHECKS
from utils.rj.summary import check_results

UNFINISHED: Final = ("vide", "en_cours")


class Work(NamedTuple):
    """What a tab asks of a person: title, verb, minutes of a whole one, and what it takes."""

    title: str
    verb: str
    minutes: int
    said: str


WORK: Final = {
    "controle": Work("Remplir Contrôle", "Remplir", 2, "Qui audite, la météo, les chambres à refaire."),
    "dueback": Work("Saisir les due backs", "Saisir", 10, "Une ligne par réceptionniste; le contrôle Z à zéro."),
    "sd": Work("Compter les enveloppes du coffre", "Compter", 20, "SD, une ligne par enveloppe, puis les scellées."),
    "hp_admin": Work("Saisir les factures HP", "Saisir", 15, "HP / Admin, motif et autorisation à chacune."),
    "recap": Work("Remplir le Recap", "Remplir", 10, "Lectures du comptant, corrections et dépôt."),
    "setd": Work("Répartir le surplus", "Répartir", 5, "SetD, proposé depuis le SD."),
    "transelect": Work("Saisir les terminaux", "Saisir", 20, "Transelect, un lot par terminal, puis POSitouch."),
    "sonifi": Work("Saisir Sonifi", "Saisir", 2, "Le courriel de 03:00 et la lecture du PMS."),
    "internet": Work("Saisir Internet", "Saisir", 4, "Codes 36.1 et 36.5 du Cashier Detail."),
    "geac": Work("Vérifier le GEAC", "Vérifier", 8, "Cash Out, grand livre et comptes à recevoir."),
    "jour": Work("Saisir le Sales Journal", "Saisir", 25, "Jour, par point de vente; le total imprimé à la fin."),
    "quasimodo": Work("Relire le Quasimodo", "Relire", 2, "Cartes et dépôts contre le net du RJ."),
    "dbrs": Work("Classer les segments", "Classer", 20, "DBRS, les chambres par segment et le formulaire."),
}
"""The tabs that people finish, in the order of the night, with the usual minutes of each."""

AFTER: Final = {"setd": "sd"}
"""What cannot begin before another tab is finished."""

_BLOCKING_MINUTES, _REASON_MINUTES, _BATCH_MINUTES, _REVIEW_MINUTES = 5, 2, 3, 16


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, why, its minutes, and the button that leads there.

    ``waits`` says instead of a button why it cannot begin: « après la 3 », « à la fin ».
    """

    title: str
    said: str
    verb: str
    href: str
    minutes: int
    meaning: str = ""
    waits: str = ""


def tasks(night: Night, standing: Standing, asks: Iterable[Ask], base: str, batches: Iterable[Paper]) -> list[Task]:
    """What blocks, the batches of terminals that lack, the tabs left, what must be explained; then the submission.

    ``batches`` are those that a begun Transelect still waits for. Of a night that cannot change there is nothing to do.
    """
    if not standing.marks.editable:
        return []
    found = [
        Task(
            typographic(result.check.label),
            typographic(result.sentence()),
            "Ouvrir le champ",
            f"{base}/{result.check.leads_to.partition('.')[0]}#{result.check.leads_to}",
            _BLOCKING_MINUTES,
            "diff",
        )
        for result in check_results(night)
        if result.standing(settled=False) == BLOCKING
    ]
    found += [
        Task(
            f"Saisir le {one.label}",
            f"{one.place}. Attendu : il y était {one.said}.",
            "Saisir",
            one.href,
            _BATCH_MINUTES,
        )
        for one in batches
    ]
    found += _tabs(standing, base, len(found))
    found += _explained(night, asks, base)
    said = f"Sommaire : {len(CHECKS)} contrôles, puis ce qui part à la direction." if found else "Tout est en ordre."
    waits = "à la fin" if found else ""
    last = Task("Relire et soumettre", said, "Ouvrir le Sommaire", f"{base}/{SUMMARY}", _REVIEW_MINUTES, waits=waits)
    return [*found, last]


def _tabs(standing: Standing, base: str, before: int) -> list[Task]:
    """The tabs that are not finished, after ``before`` other tasks; half of the minutes for one that is begun."""
    found: list[Task] = []
    places: dict[str, int] = {}
    for tab, work in WORK.items():
        progress = standing.tabs[tab].progress
        if progress not in UNFINISHED:
            continue
        places[tab] = before + len(found) + 1
        minutes = work.minutes if progress == "vide" else -(-work.minutes // 2)
        said = work.said if progress == "vide" else f"Commencé. {work.said}"
        waits = f"après la {places[AFTER[tab]]}" if AFTER.get(tab) in places else ""
        found.append(Task(work.title, said, work.verb, f"{base}/{tab}", minutes, waits=waits))
    return found


def _explained(night: Night, asks: Iterable[Ask], base: str) -> list[Task]:
    """What submission asks a reason for; a check that still waits for its papers is not to be explained yet."""
    warned = {result.check.key: result for result in check_results(night) if result.status == WARNING}
    found = []
    for ask in asks:
        result = warned.get(ask.keys)
        if result is None:
            tab = ask.keys.partition(".")[0]
            verb = f"Ouvrir {short(BY_KEY[tab])}" if tab in BY_KEY else "Ouvrir l’onglet"
            found.append(Task(ask.said, f"{ask.label}.", verb, f"{base}/{tab}", _REASON_MINUTES))
        elif not result.waits:
            tab = result.check.leads_to.partition(".")[0]
            href = f"{base}/{tab}#{result.check.leads_to}"
            found.append(Task(ask.label, ask.said, "Voir", href, _REASON_MINUTES, "wait"))
    return found
