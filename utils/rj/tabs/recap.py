"""Onglet 3, Recap: proves the cash of the day. Refunds are negative, due backs positive; all is added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from utils.rj.declaration import TEXT, Field, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart


class Line(NamedTuple):
    """A line of the sheet: its reading and its correction are typed, its net is their sum."""

    key: str
    label: str
    row: int
    sign: str
    report: str
    source: str = ""
    """The figure of another tab that is its reading; empty when a person or a report gives it."""


class Section(NamedTuple):
    """Lines, and the total that holds them after all that stands above: its key, its label, its cell."""

    title: str
    lines: tuple[Line, ...]
    total: tuple[str, str, str]
    received: bool = True
    """False for what leaves the till, which is no money received."""

    @property
    def nets(self) -> tuple[str, ...]:
        """The nets that its total adds."""
        return tuple(f"{line.key}_net" for line in self.lines)


SECTIONS = (
    Section(
        "Recettes",
        (
            Line("cash_ls", "Comptant LightSpeed", 6, "+", "Daily Revenue p. 5-6, Comptant"),
            Line("cash_pos", "Comptant POSitouch", 7, "+", "POSitouch Établissement ou Sales Journal, COMPTANT"),
            Line("cheque_ar", "Chèque payment register AR", 8, "+", "Registre des paiements des comptes à recevoir"),
            Line("cheque_dr", "Chèque Daily Revenue", 9, "+", "Daily Revenue, Chèque"),
        ),
        ("recap_total_recettes", "Total", "Recap!D10"),
    ),
    Section(
        "Remboursements (négatifs)",
        (
            Line("remb_gratuite", "Moins remboursement gratuité", 11, "-", "Sales Journal POURBOIRE CHARGÉ (CD 50.x)"),
            Line(
                *("remb_client", "Moins remboursement client", 12, "-"),
                "Daily Revenue Débourse et remb. serveur (CD 51.x, 90.2)",
            ),
            Line("remb_loterie", "Moins remboursement loterie", 13, "-", "Rare"),
        ),
        ("recap_total_apres_remb", "Total après remboursements", "Recap!D14"),
        received=False,
    ),
    Section(
        "Échange et due back",
        (
            Line("exchange_us", "Moins échange U.S.", 15, "", "Rare; ajouté avec le signe saisi"),
            Line("dueback_reception", "Due back réception", 16, "+", "Onglet Due back", "dueback.dueback_total"),
            Line(
                *("dueback_nb", "Due back N/B", 17, "+"),
                "Daily Revenue « Due back nourriture », en valeur absolue",
            ),
        ),
        ("recap_total_a_deposer", "Total à déposer", "Recap!D18"),
    ),
    Section(
        "",
        (
            Line(
                *("surplus_deficit", "Surplus/déficit (+ ou −)", 19, ""),
                *("Onglet SD, variance totale", "sd.sd_total_variance"),
            ),
        ),
        ("recap_depot_net", "Total dépôt net", "Recap!D20"),
    ),
)
"""The sheet from top to bottom; a section without title goes on under the one before."""

LINES = tuple(line for section in SECTIONS for line in section.lines)


def _fields(line: Line) -> tuple[Field, ...]:
    key, label, row, sign, report, source = line
    name, cell = f"{label} — lecture", f"Recap!B{row}"
    asked = "Le remboursement doit être négatif." if sign == "-" else ""
    if source:
        reading = linked(f"{key}_lecture", name, Copie(source), cell, help=report, direct=True, sign=sign)
    else:
        reading = Field(f"{key}_lecture", name, cell=cell, help=report, sign=sign, asked=asked)
    correction = Field(f"{key}_corr", f"{label} — correction", cell=f"Recap!C{row}", help="± ; demande un motif")
    net = computed(f"{key}_net", f"{label} — net", Total((f"{key}_lecture", f"{key}_corr")), f"Recap!D{row}")
    return reading, correction, net


def _after_receipts(*plus: str, minus: tuple[str, ...] = ()) -> Total:
    """The totals exist once one of the four receipts is known."""
    return Total(plus, minus, needs=("recap_total_recettes",))


def _totals(sections: tuple[Section, ...]) -> Iterator[Field]:
    """The total of each section, its own lines after the total above."""
    receipts, *others = sections
    above, label, cell = receipts.total
    yield computed(above, label, Total(receipts.nets), cell)
    for section in others:
        key, label, cell = section.total
        yield computed(key, label, _after_receipts(above, *section.nets), cell)
        above = key


def _deposit(sections: tuple[Section, ...]) -> tuple[Field, ...]:
    """What went to the bank against what the sections say."""
    received = (net for section in sections[1:] if section.received for net in section.nets)
    counted = Total(("deposit_us", "deposit_cdn"), needs=("deposit_cdn",))
    return (
        linked("deposit_us", "Dépôt US", Copie("sd.sd_total_verified_us"), "Recap!B21", direct=True, sign="+"),
        linked(
            *("deposit_cdn", "Dépôt canadien (compté)", Copie("sd.sd_total_verified_cdn"), "SD!E39"),
            direct=True,
            sign="+",
        ),
        computed(
            *("recap_depot_cdn_calcule", "Dépôt canadien (calculé)"),
            *(_after_receipts("recap_depot_net", minus=("deposit_us",)), "Recap!D22"),
        ),
        computed(
            *("recap_depot_controle", "Total dépôt net (contrôle)"),
            *(_after_receipts("deposit_us", "recap_depot_cdn_calcule"), "Recap!D23"),
        ),
        computed(
            *("recap_argent_recu", "Argent reçu"),
            *(_after_receipts("recap_total_recettes", *received, minus=("deposit_us",)), "Recap!B24"),
        ),
        proof("recap_balance", "Balance du Recap", ecart(("recap_depot_net",), (counted,)), "Recap!I10"),
    )


def recap(sections: tuple[Section, ...] = SECTIONS) -> Tab:
    """The tab of these sections."""
    return Tab(
        "recap",
        "Recap, réconciliation comptant",
        (
            *(field for section in sections for line in section.lines for field in _fields(line)),
            Field(
                *("recap_corr_notes", "Motif des corrections", TEXT),
                help="Obligatoire dès qu'une correction n'est pas nulle",
                long=True,
            ),
            *_totals(sections),
            *_deposit(sections),
        ),
        required=("cash_ls_net", "cash_pos_net", "remb_gratuite_net", "remb_client_net", "recap_balance"),
        badge="synchronisé",
    )


RECAP = recap()
