"""The Jour: balances, outlets by category, credits, debits, the cash difference, the report and the statistics."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, product

from utils.french import number
from utils.money import ZERO
from utils.presentation.blocks import Columns, Grid, Sum, Term
from utils.presentation.cells import Cell, Column, Group
from utils.presentation.layout import Layout, ledger, lines_block, side_by_side
from utils.presentation.sheet import Sheet
from utils.rj.cash_difference import decompose
from utils.rj.declaration import Field
from utils.rj.tabs.jour import JOUR
from utils.rj.tabs.jour_cells import CATEGORIES, CREDIT_FIELDS, DEBIT_FIELDS, OUTLETS
from utils.rj.tabs.jour_statistics import MONTH_SUMS, STATISTICS

_SHOP = ("jour_pos_tabagie", "jour_adj_tabagie", "jour_tabagie")
_TOTALS = {
    "nourriture": "jour_total_nourriture",
    "boisson": "jour_total_alcool",
    "bieres": "jour_total_bieres",
    "mineraux": "jour_total_mineraux",
    "vins": "jour_total_vins",
}
_FEES = ("jour_frais_amex", "jour_frais_discover", "jour_frais_mc", "jour_frais_visa", "jour_frais_amex_global")
_RATIOS = ("occupancy_rate", "pct_occupees", "adr", "revpar", "moyenne_client")
_NIGHT_ONLY = ("jour_occ_operationnelle", "jour_trevpar", "jour_fb_par_client")


def jour(sheet: Sheet) -> Layout:
    """The master row of the night, as the paper has it."""
    balances = ledger(
        "Balances",
        [
            *sheet.rows("jour_opening_balance", "jour_guest_ledger", "jour_deposit_on_hand"),
            sheet.total("jour_new_balance"),
        ],
    )
    adjustments = lines_block(sheet, "jour_adj_notes", "Ajustements du caissier", add="Ajouter un ajustement")
    deducted = sheet.row("Déduction HP", (sheet.elsewhere("hp_admin.hp_deductions.jour_tabagie"),))
    sold = sheet.rows("jour_pos_tabagie", "jour_adj_tabagie")
    shop = ledger("Tabagie", (*sold, deducted, sheet.total("jour_tabagie", "total light")))
    credits = _side(sheet, "Crédits", CREDIT_FIELDS, "jour_total_credits_colonnes")
    debits = _side(sheet, "Débits", DEBIT_FIELDS, "jour_total_debits_colonnes")
    explained = lines_block(
        sheet,
        "diff_caisse_entries",
        "Explications de la différence de caisse",
        {"montant": "jour_diff_caisse_lignes"},
        "Ajouter une explication",
    )
    # rooms and guests of the night: the statistics that are not a ratio
    ratios = {f"jour_{key}" for key in _RATIOS} | set(_NIGHT_ONLY)
    rooms = [field.key for field in _of_the_tab(sheet, STATISTICS) if field.key not in ratios]
    blocks = (
        balances,
        _outlets(sheet),
        shop,
        adjustments,
        side_by_side(credits, debits),
        explained,
        _report_and_bank(sheet),
        ledger("Chambres et clients", sheet.rows(*rooms)),
        _statistics(sheet),
    )
    return Layout(blocks, (_difference(sheet), _by_outlet(sheet)))


def _by_outlet(sheet: Sheet) -> Sum:
    """The five categories of each outlet together, as the Sales Journal prints them: two outlets swapped show here.

    What was read of a category is the POSitouch figure, else the one typed in its place at the Jour.
    """
    values = sheet.night.values
    sold: dict[str, list[Decimal]] = {outlet: [] for outlet in OUTLETS}
    for outlet, key in product(OUTLETS, CATEGORIES):
        read = values.get(f"jour.jour_pos_{outlet}_{key}")
        amount = values.get(f"jour.jour_{outlet}_{key}") if read is None else read
        sold[outlet] += [] if amount is None else [amount]
    shop = values.get("jour.jour_pos_tabagie")
    awaited = dict.fromkeys(sheet.marks.outlets, "attendu")
    terms = tuple(
        Term("+", label, None, words=_total(sold[outlet]) or awaited.get(outlet, ""))
        for outlet, label in OUTLETS.items()
    )
    alone = () if shop is None else (shop,)
    tobacco = Term("+", "Tabagie", None, words=_total([*alone]))
    read = [*chain.from_iterable(sold.values()), *alone]
    whole = Term("=", "Total du Sales Journal", None, words=_total(read), result=True)
    sentence = "Le dernier total imprimé du Sales Journal est le même : sinon une case est à relire."
    return Sum("Ventes par point de vente", (*terms, tobacco, whole), sentence)


def _total(amounts: list[Decimal]) -> str:
    return number(sum(amounts, ZERO)) if amounts else ""


def _outlets(sheet: Sheet) -> Grid:
    columns = (
        *(Column(label.capitalize()) for label in CATEGORIES.values()),
        *(Column("Boissons"), Column("Ajustements")),
    )
    groups = tuple(_outlet(sheet, outlet, label) for outlet, label in OUTLETS.items())
    totals = sheet.row(
        "Total par catégorie",
        (
            *(sheet.cell(_TOTALS[key], f"Total, {label}") for key, label in CATEGORIES.items()),
            *(sheet.cell("jour_total_boissons", "Total, boissons"), None),
        ),
        "total final",
    )
    return Grid(
        "Nourriture et boisson",
        columns,
        (*groups, Group("Ensemble", (totals,))),
        "dense",
        "POSitouch, ajustements et HP donnent le net du Jour",
        "Point de vente",
    )


def _outlet(sheet: Sheet, outlet: str, label: str) -> Group:
    def figures(pattern: str, said: str) -> list[Cell | None]:
        return [sheet.cell(pattern.format(key), f"{label}, {said}, {name}") for key, name in CATEGORIES.items()]

    deducted = [
        sheet.elsewhere(f"hp_admin.hp_deductions.jour_{outlet}_{key}", f"{label}, HP, {name}")
        for key, name in CATEGORIES.items()
    ]
    rows = (
        sheet.row("POSitouch", (*figures(f"jour_pos_{outlet}_{{}}", "POSitouch"), None, None)),
        sheet.row(
            "HP déduit, ajustements",
            (*deducted, None, sheet.cell(f"jour_adj_{outlet}", f"{label}, ajustements")),
        ),
        sheet.row(
            "Net au Jour",
            (
                *figures(f"jour_{outlet}_{{}}", "net"),
                sheet.cell(f"jour_boissons_{outlet}", f"{label}, boissons"),
                None,
            ),
            "total light",
        ),
    )
    empty = all(cell is None or cell.value is None for row in rows for cell in row.cells)
    return Group(f"{label}, attendu" if empty and outlet in sheet.marks.outlets else label, rows)


def _side(sheet: Sheet, title: str, fields: tuple[Field, ...], total: str) -> Grid:
    """Credits or debits in the order of the declarations: one added there appears here."""
    keys = [field.key for field in _of_the_tab(sheet, fields) if field.key not in _SHOP]
    return ledger(title, [*sheet.rows(*keys), sheet.total(total, "total final")])


def _of_the_tab(sheet: Sheet, fields: tuple[Field, ...]) -> list[Field]:
    wanted = {field.key for field in fields}
    return [field for field in sheet.tab if field.key in wanted]


def _difference(sheet: Sheet) -> Sum:
    keys = ("jour_diff_caisse_transelect", "jour_diff_caisse_facture", "jour_diff_caisse_lignes")
    hrefs = {
        keys[0]: "transelect#transelect.transelect_variance",
        keys[1]: "geac#geac.geac_var_facture",
        keys[2]: "#jour.diff_caisse_entries",
    }
    labels = ("Variance des cartes (X20)", "Facture directe", "Lignes saisies")
    causes = tuple(
        Term("\N{MINUS SIGN}", label, sheet.cell(key), hrefs[key]) for key, label in zip(keys, labels, strict=True)
    )
    pair = sheet.cell("jour_diff_caisse_paire")
    whole, rest = sheet.cell("jour_diff_caisse"), sheet.cell("jour_diff_caisse_residu")
    words = "probable" if pair.ticked else "aucun"
    parts: tuple[Term, ...] = ()
    found = decompose(sheet.night)
    if found is not None and found.recap is not None:
        # what of the remainder comes from the Recap, and what is the Jour's own, when they can be told apart
        recap = Term("", "dont Recap", None, "recap#recap.recap_balance", words=number(found.recap))
        parts = (recap, Term("", "propre au Jour", None, words=number(found.own)))
    return Sum(
        "Différence de caisse",
        (
            Term("", whole.label, whole),
            *causes,
            Term("", "Décalage avec la veille", None, words=words),
            Term("=", rest.label, rest, result=True),
            *parts,
        ),
    )


def _report_and_bank(sheet: Sheet) -> Columns:
    report = ledger(
        "Rapport",
        [
            sheet.row("Chambres", (sheet.shown("jour_room_revenue"),)),
            *sheet.rows("jour_total_fb", "jour_total_fb_salles", "jour_revenu_divers", "jour_total_autres_revenus"),
            sheet.total("jour_total_revenue"),
            *sheet.rows("jour_total_credit", "jour_total_debit"),
            sheet.total("jour_balance_fermeture", "total final"),
        ],
    )
    bank = ledger(
        "Cartes, frais et banque",
        [
            *sheet.rows("jour_total_cartes", "jour_total_hp", *_FEES, "jour_depot_cdn"),
            sheet.total("jour_net_banque", "total final"),
        ],
    )
    return side_by_side(report, bank)


def _statistics(sheet: Sheet) -> Grid:
    """Tonight, month and year to date, side by side."""
    known = {field.key for field in JOUR}
    sums = [(key, label, f"jour_{key}") for key, label, _, _ in MONTH_SUMS]
    ratios = [(key, sheet.fields[f"jour_{key}"].label, f"jour_{key}") for key in _RATIOS]
    rows = []
    for key, label, tonight in (*sums, *ratios):
        said, dated = label[:1].upper() + label[1:], (("mtd", "mois à date"), ("ytd", "année à date"))
        cells = (
            sheet.cell(f"jour_{prefix}_{key}", f"{said}, {period}") if f"jour_{prefix}_{key}" in known else None
            for prefix, period in dated
        )
        rows.append(sheet.row(said, (sheet.cell(tonight, f"{said}, cette nuit"), *cells)))
    only = [sheet.row(sheet.fields[key].label, (sheet.cell(key), None, None)) for key in _NIGHT_ONLY]
    columns = (Column("Cette nuit"), Column("Mois à date"), Column("Année à date"))
    sums_to_date = tuple(sheet.name(f"jour_{period}_") for period in ("mtd", "ytd"))
    foot = dict.fromkeys(note.text for row in rows for note in row.notes if note.name.startswith(sums_to_date))
    groups = (Group("", (*rows, *only)),)
    return Grid("Statistiques", columns, groups, "dense", "rapports de sommes", foot=" ".join(foot))
