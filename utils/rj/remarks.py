"""What a night says aloud without stopping a save: signs, missing reasons, and two sheets that disagree.

A remark marks a field; submission asks about it. Rules and sentences: the messages of the tabs in the reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from utils.french import count, money
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS, TABS
from utils.rj.check import open_floats
from utils.rj.declaration import Field
from utils.rj.history import NO_BASE
from utils.rj.labels import label_of
from utils.rj.people import LISTS, said_twice
from utils.rj.reason import says_something, what_lacks
from utils.rj.tabs.recap import LINES
from utils.rj.tabs.transelect import CARD_LABELS, CARDS
from utils.shapes import Document
from utils.text import person_key


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a field; ``asked`` ones wait for an answer at submission."""

    field: str
    message: str
    asked: bool = True

    def as_json(self) -> Document:
        """Keys as the API shows them."""
        return {"champ": self.field, "message": self.message, "demande": self.asked}


def remarks(night: Night) -> tuple[Remark, ...]:
    """Every remark of a night, in the order of the rules."""
    return tuple(remark for rule in RULES for remark in rule(night))


_SIGNED: Final = tuple((f"{tab.key}.{field.key}", field) for tab in TABS for field in tab if field.sign)
_SIGNED_COLUMNS: Final = tuple(
    (f"{tab.key}.{field.key}", column) for tab in TABS for field in tab for column in field.columns if column.sign
)


def _wrong(sign: str, value: Decimal) -> bool:
    return value > 0 if sign == "-" else value < 0


def _sign_message(field: Field) -> str:
    return field.asked or ("Le montant doit être négatif." if field.sign == "-" else "Le montant doit être positif.")


def _signs(night: Night) -> Iterator[Remark]:
    for name, field in _SIGNED:
        value = night.values.get(name)
        if value is None:
            continue
        amounts = list(value.values()) if isinstance(value, dict) else [value]
        if any(_wrong(field.sign, amount) for amount in amounts):
            yield Remark(name, f"{field.label} : {_sign_message(field)}")
    for name, column in _SIGNED_COLUMNS:
        for position, line in enumerate(night.values.get(name, ())):
            if column.key in line and _wrong(column.sign, line[column.key]):
                where = f"{name}[{position}].{column.key}"
                yield Remark(where, f"{column.label} : {_sign_message(column)}")


def _required_alone(night: Night) -> Iterator[Remark]:
    """The reasons that a figure of the night requires, given or not."""
    if any(night.values.get(f"recap.{line.key}_corr") for line in LINES):
        yield Remark("recap.recap_corr_notes", "Une correction demande un motif.")
    if night.values.get("sonifi.sonifi_ajustement"):
        yield Remark("sonifi.sonifi_ajustement_motif", "Un ajustement de film demande un motif.")


_NEEDED: Final = (
    ("hp_admin.hp_admin_entries", ("area",), "Facture sans point de vente : elle n'est déduite nulle part."),
    ("hp_admin.hp_admin_entries", ("raison", "autorise_par"), "Motif et autorisation obligatoires."),
    ("jour.jour_adj_notes", ("dept",), "Ajustement sans département : il ne compte nulle part."),
    ("jour.jour_adj_notes", ("raison",), "Ajustement sans motif."),
    ("jour.diff_caisse_entries", ("note",), "Une explication demande une note."),
)


def _missing_reasons(night: Night) -> Iterator[Remark]:
    yield from (remark for remark in _required_alone(night) if remark.field not in night.values)
    for name, columns, message in _NEEDED:
        for position, line in enumerate(night.values.get(name, ())):
            missing = [column for column in columns if column not in line]
            if line and missing:
                yield Remark(f"{name}[{position}].{missing[0]}", message)
    entries = night.values.get("sd.sd_entries", ())
    for position, variance in _over_the_limit(night):
        if "note" not in entries[position]:
            yield Remark(f"sd.sd_entries[{position}].note", f"Un écart de {money(variance)} demande une note.")


_WRITTEN: Final = (
    ("hp_admin.hp_admin_entries", "raison"),
    ("jour.jour_adj_notes", "raison"),
    ("jour.diff_caisse_entries", "note"),
)


_POSITION: Final = re.compile(r"\[\d+\]")


def thin_reasons(night: Night) -> Iterator[Remark]:
    """Reasons that stand in a cell and say nothing: submission asks for another; nothing is said while one types."""
    alone = {remark.field: night.values.get(remark.field) for remark in _required_alone(night)}
    lines = {
        f"{name}[{position}].{column}": line.get(column)
        for name, column in _WRITTEN
        for position, line in enumerate(night.values.get(name, ()))
    }
    entries = night.values.get("sd.sd_entries", ())
    people = {f"sd.sd_entries[{at}].note": entries[at].get("note") for at, _ in _over_the_limit(night)}
    for where, text in {**alone, **lines, **people}.items():
        if text is not None and not says_something(text):
            label = label_of(*_POSITION.sub("", where).split(".", 1))
            yield Remark(where, f"{label} : « {text} » ne dit pas pourquoi, il faut {what_lacks(text)}.")


def _over_the_limit(night: Night) -> Iterator[tuple[int, Decimal]]:
    """The lines of the SD whose variance asks for a note, by position."""
    limit = night.settings.tolerances["sd_personne"]
    for position, variance in enumerate(night.values.get("sd.sd_entries[].variance") or ()):
        if variance is not None and abs(variance) > limit:
            yield position, variance


def _disagreements(night: Night) -> Iterator[Remark]:
    """Two readings of one figure that should agree and do not."""
    for first, second, tolerance, sentence in _PAIRS:
        a, b = night.values.get(first), night.values.get(second)
        if a is not None and b is not None and abs(abs(a) - abs(b)) > night.settings.tolerances[tolerance]:
            text = sentence.format(a=money(a), b=money(b), gap=money(abs(abs(a) - abs(b))))
            yield Remark(first, text + _swapped_hint(a, b), asked=False)


_PAIRS: Final = (
    *(
        (
            f"transelect.transelect_rec_total_{card}",
            f"transelect.transelect_reception.{card}.daily_rev",
            "transelect_reception",
            CARD_LABELS[card] + " réception : FreedomPay {a} ≠ Daily Revenue {b} (écart {gap}).",
        )
        for card in CARDS
    ),
    (
        "geac.geac_balance_sheet.facture_dr",
        "geac.geac_balance_sheet.facture_ar",
        "geac_bilan",
        "Facture directe : {gap} de différence entre le Daily Revenue et les comptes à recevoir.",
    ),
    (
        "geac.geac_balance_sheet.prev_gl",
        "previous.geac_newbal_gl",
        "geac_bilan",
        "Le solde de la veille ({a}) ne correspond pas à la nuit précédente ({b}).",
    ),
    (
        "jour.jour_guest_ledger",
        "geac.geac_balance_sheet.newbal_gl",
        "geac_bilan",
        "Le grand livre du Jour ({a}) diffère du GEAC ({b}).",
    ),
    ("sd.depot_total", "recap.deposit_cdn", "depot", "Le total des enveloppes ({a}) diffère du dépôt compté ({b})."),
    ("sonifi.sonifi_total", "jour.jour_sonifi", "sonifi", "Le courriel Sonifi ({a}) diffère du Jour ({b})."),
    (
        "jour.jour_hp_admin",
        "hp_admin.hp_pourboire_administration",
        "hp",
        "H/P Administration au Jour ({a}) diffère des factures HP ({b}).",
    ),
    (
        "jour.jour_hp_promotion",
        "hp_admin.hp_pourboire_promotion",
        "hp",
        "Hôtel promotion au Jour ({a}) diffère des factures HP ({b}).",
    ),
)


def digits_swapped(first: Decimal, second: Decimal) -> bool:
    """True when two different amounts are made of the same digits: 44.65 and 44.56."""
    a, b = f"{abs(first):.2f}", f"{abs(second):.2f}"
    return a != b and sorted(a) == sorted(b)


def _swapped_hint(first: Decimal, second: Decimal) -> str:
    return (
        " Les mêmes chiffres dans un autre ordre : erreur de frappe probable." if digits_swapped(first, second) else ""
    )


def _overridden_cells(night: Night) -> Iterator[Remark]:
    """A value pasted or typed over its source, which would go stale in a workbook, is said aloud."""
    for name in FIELDS:
        if name in night.sources and FIELDS[name].direct and FIELDS[name].is_money:
            typed, source = night.inputs[name], night.sources[name]
            if typed != source:
                text = f"{FIELDS[name].label} : saisi {money(typed)}, la source donne {money(source)}."
                yield Remark(name, text + _swapped_hint(typed, source), asked=False)


def _balances(night: Night) -> Iterator[Remark]:
    values, tolerances = night.values, night.settings.tolerances
    for name, tolerance, above, below in _BALANCES:
        value = values.get(name)
        if value is not None and abs(value) > tolerances[tolerance]:
            yield Remark(name, (above if value > 0 else below).format(money(abs(value))), asked=False)
            if name in _OR:
                yield Remark(name, _OR[name], asked=False)


_OR: Final = {
    "recap.recap_balance": "Ou une ligne du Recap est fausse : relisez lectures, corrections et signes.",
}
"""A balance says that two sides differ, never which one is wrong."""
_BALANCES: Final = (
    (
        *("recap.recap_balance", "recap"),
        "Le Recap ne balance pas : il manque {} au dépôt compté.",
        "Le Recap ne balance pas : il y a {} de trop au dépôt compté.",
    ),
    ("setd.setd_controle", "setd", "Il reste {} à répartir.", "{} de trop ont été répartis."),
    (
        *("quasimodo.quasi_variance", "quasimodo"),
        "Quasimodo : {} d'écart entre les cartes et le net du RJ.",
        "Quasimodo : −{} d'écart entre les cartes et le net du RJ.",
    ),
    (
        *("dueback.dueback_z", "dueback"),
        "Due back : {} de plus dans l'onglet que dans le Jour.",
        "Due back : {} de moins dans l'onglet que dans le Jour.",
    ),
)


def _carried_floats(night: Night) -> Iterator[Remark]:
    last = open_floats(night.values.get("previous.dueback"))
    for position, line in enumerate(night.values.get("dueback.dueback_entries", ())):
        before, carried = last.get(person_key(line.get("name", ""))), line.get("previous")
        if before is not None and carried and carried + before:
            where = f"dueback.dueback_entries[{position}].previous"
            message = f"Le solde repris ({money(carried)}) diffère du due back d'hier ({money(before)})."
            yield Remark(where, message, asked=False)


def _said_twice(night: Night) -> Iterator[Remark]:
    for name, apart in LISTS.items():
        for position, message in said_twice(night.values.get(name, ()), apart):
            yield Remark(f"{name}[{position}].name", message, asked=False)


def _not_closed(night: Night) -> Iterator[Remark]:
    if "jour.jour_new_balance" not in night.values:
        yield Remark("jour.jour_new_balance", "La nuit n'est pas fermée : il manque le nouveau solde.", asked=False)
    elif "jour.jour_opening_balance" not in night.values:
        yield Remark("jour.jour_opening_balance", "Il manque la balance d'ouverture.", asked=False)


def _rooms(night: Night) -> Iterator[Remark]:
    occupied, available = night.values.get("jour.jour_rooms_occupees"), night.values["jour.jour_rooms_disponibles"]
    if occupied is not None and occupied > available:
        message = f"{count(occupied)} chambres occupées pour {count(available)} disponibles : "
        yield Remark("jour.jour_rooms_total", message + "les suites ont-elles été soustraites ?", asked=False)


def _month_base(night: Night) -> Iterator[Remark]:
    """A month whose base is not known is not shown, and said to be unknown, rather than counted from an empty day."""
    known = "jour.jour_room_revenue" in night.values and "jour.jour_rooms_louees" in night.values
    if known and "jour.jour_mtd_room_revenue" not in night.values:
        yield Remark("jour.jour_mtd_room_revenue", f"Mois à date inconnu : {NO_BASE}.", asked=False)


RULES: Final[tuple[Callable[[Night], Iterator[Remark]], ...]] = (
    *(_signs, _missing_reasons, _disagreements),
    *(_overridden_cells, _balances, _carried_floats, _said_twice, _not_closed, _rooms, _month_base),
)
