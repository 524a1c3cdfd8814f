"""A second calculator of the night, written from the reference in the plainest way: the first must agree with it.

It shares nothing with the formulas of the tabs: no declaration, no order derived, no expression. One function a tab,
in the order of the reference; `n("tab.field")` is a value or None, `put` writes a figure unless one was typed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

CARDS = ("debit", "visa", "mc", "discover", "amex")
OUTLETS = ("cafe", "piazza", "spesa", "chambres_svc", "banquet")
CATEGORIES = ("nourriture", "boisson", "bieres", "mineraux", "vins")
RECAP_ROWS = (
    *("cash_ls", "cash_pos", "cheque_ar", "cheque_dr", "remb_gratuite", "remb_client", "remb_loterie"),
    *("exchange_us", "dueback_reception", "dueback_nb", "surplus_deficit"),
)


def total(*terms: Any) -> Any:
    """Absent terms count 0; absent when all are."""
    present = [term for term in terms if term is not None]
    return sum(present[1:], present[0]) if present else None


def gap(*terms: Any) -> Any:
    """Absent as soon as one is."""
    return None if any(term is None for term in terms) else sum(terms[1:], terms[0])


def minus(term: Any) -> Any:
    return None if term is None else -term


def size(term: Any) -> Any:
    return None if term is None else abs(term)


def rounded(value: Any, places: int = 2) -> Any:
    """Half away from zero."""
    if value is None:
        return None
    scaled = abs(Fraction(value)) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def percent_of(rate: Any, value: Any) -> Any:
    return None if value is None else Fraction(value) * Fraction(rate) / 100


def ratio(above: Any, below: Any, times: int = 1, places: int = 2) -> Any:
    if above is None or below is None or below == 0 or (times == 100 and places == 2 and below < 0):
        return None
    return rounded(Fraction(times) * Fraction(above) / Fraction(below), places)


def column(lines: Iterable[Any], key: str, **where: tuple[Any, ...]) -> list[Any]:
    """The values of a column, on the lines that say so."""
    chosen = [line for line in lines if all(line.get(name) in wanted for name, wanted in where.items())]
    return [line[key] for line in chosen if key in line]


class Opinion:
    """What the second calculator finds of a night."""

    def __init__(self, night: Any) -> None:
        self.day, self.settings, self.given, self.previous = night.day, night.settings, night.inputs, night.previous
        self.values: dict[str, Any] = dict(night.inputs)
        self.sources: dict[str, Any] = {}
        for tab in PARTS:
            tab(self)

    def __call__(self, name: str) -> Any:
        return self.values.get(name)

    def put(self, name: str, value: Any) -> None:
        if value is None:
            return
        if name in self.given:
            self.sources[name] = value
        else:
            self.values[name] = value

    def lines(self, name: str) -> tuple[Any, ...]:
        return self.values.get(name) or ()

    def of_lines(self, tab: str, lines: str, figures: list[Any]) -> Any:
        """Exists as soon as one line does, or when the tab is declared nil."""
        nil = self.lines(f"{tab}.{lines}") or self(f"{tab}.sans_activite")
        return total(*figures) if figures else Decimal(0) if nil else None

    def rate(self, key: str) -> Decimal:
        return self.settings.rates[key]


def controle(n: Opinion) -> None:
    n.values["controle.audit_date"] = n.day
    n.put("controle.property_name", n.settings.name)
    n.put("controle.property_rooms", n.settings.rooms)
    n.put("controle.jours_dans_mois", monthrange(n.day.year, n.day.month)[1])


def dueback(n: Opinion) -> None:
    entries = n.lines("dueback.dueback_entries")
    nets = tuple(total(line.get("previous"), line.get("nouveau")) for line in entries)
    n.put("dueback.dueback_entries[].net", nets or None)
    found = [net for net in nets if net is not None]
    n.put("dueback.dueback_total", n.of_lines("dueback", "dueback_entries", found))
    n.put("dueback.dueback_encours", n.of_lines("dueback", "dueback_entries", column(entries, "nouveau")))


def sd(n: Opinion) -> None:
    entries = n.lines("sd.sd_entries")
    gaps = tuple(
        total(line.get("verified"), minus(line.get("reimbursement")), minus(line.get("amount"))) for line in entries
    )
    n.put("sd.sd_entries[].variance", gaps or None)
    sums = {
        "amount": column(entries, "amount"),
        "verified": column(entries, "verified"),
        "verified_cdn": column(entries, "verified", currency=("CDN", None)),
        "verified_us": column(entries, "verified", currency=("US",)),
        "reimbursement": column(entries, "reimbursement"),
    }
    for key, figures in sums.items():
        n.put(f"sd.sd_total_{key}", n.of_lines("sd", "sd_entries", figures))
    variance = total(n("sd.sd_total_verified"), minus(n("sd.sd_total_reimbursement")), minus(n("sd.sd_total_amount")))
    n.put("sd.sd_total_variance", variance)
    sizes = [abs(one) for one in gaps if one is not None]
    n.put("sd.sd_max_ecart", max(sizes) if sizes else n.of_lines("sd", "sd_entries", []))
    for client in ("client6", "client8"):
        n.put(f"sd.depot_total_{client}", total(*n.lines(f"sd.depot_data.{client}.amounts")))
    n.put("sd.depot_total", total(n("sd.depot_total_client6"), n("sd.depot_total_client8")))


HP_AMOUNTS = ("nourriture", "boisson", "biere", "vin", "mineraux", "tabagie", "autre", "pourboire")
HP_CATEGORY = {
    "nourriture": "nourriture",
    "boisson": "boisson",
    "biere": "bieres",
    "vin": "vins",
    "mineraux": "mineraux",
}
HP_OUTLET = {
    **{"piazza": "piazza", "cupola": "piazza", "club_lounge": "piazza", "link": "cafe", "banquet": "banquet"},
    **{"serv_ch": "chambres_svc", "spesa": "spesa"},
}


def hp_admin(n: Opinion) -> None:
    entries = n.lines("hp_admin.hp_admin_entries")
    totals = tuple(total(*(line.get(key) for key in HP_AMOUNTS)) for line in entries)
    n.put("hp_admin.hp_admin_entries[].total", totals or None)
    paired = list(zip(entries, totals, strict=True))
    n.put("hp_admin.hp_admin_total", n.of_lines("hp_admin", "hp_admin_entries", [t for t in totals if t is not None]))
    for kind in ("administration", "promotion"):
        mine = [t for line, t in paired if t is not None and line.get("paiement") == kind]
        n.put(f"hp_admin.hp_total_{kind}", n.of_lines("hp_admin", "hp_admin_entries", mine))
        tips = column(entries, "pourboire", paiement=(kind,))
        n.put(f"hp_admin.hp_pourboire_{kind}", n.of_lines("hp_admin", "hp_admin_entries", tips))
    deductions: dict[str, Any] = {}
    for line in entries:
        for cell, amount in deducted(line):
            deductions[cell] = total(deductions.get(cell), amount)
    for cell, amount in deductions.items():
        n.put(f"hp_admin.hp_deductions.{cell}", amount)
    lacking = sum(1 for line in entries if "raison" not in line or "autorise_par" not in line)
    n.put("hp_admin.hp_sans_motif", lacking if entries else 0 if n("hp_admin.sans_activite") else None)


def deducted(line: Any) -> Iterable[tuple[str, Decimal]]:
    """The cells of the Jour that one bill is deducted from."""
    area = line.get("area")
    if area is None:
        return
    for key, category in HP_CATEGORY.items():
        if key in line:
            cell = "jour_spesa_nourriture" if area == "tabagie" else f"jour_{HP_OUTLET[area]}_{category}"
            yield cell, line[key]
    if "tabagie" in line:
        yield "jour_tabagie", line["tabagie"]


def recap(n: Opinion) -> None:
    n.put("recap.dueback_reception_lecture", n("dueback.dueback_total"))
    n.put("recap.surplus_deficit_lecture", n("sd.sd_total_variance"))
    net = {}
    for row in RECAP_ROWS:
        net[row] = total(n(f"recap.{row}_lecture"), n(f"recap.{row}_corr"))
        n.put(f"recap.{row}_net", net[row])
    n.put("recap.deposit_us", n("sd.sd_total_verified_us"))
    n.put("recap.deposit_cdn", n("sd.sd_total_verified_cdn"))
    us, cdn = n("recap.deposit_us"), n("recap.deposit_cdn")
    receipts = total(net["cash_ls"], net["cash_pos"], net["cheque_ar"], net["cheque_dr"])
    if receipts is None:
        return
    floats = total(Decimal(0), net["exchange_us"], net["dueback_reception"], net["dueback_nb"])
    refunded = total(receipts, net["remb_gratuite"], net["remb_client"], net["remb_loterie"])
    deposit = total(refunded + floats, net["surplus_deficit"])
    calculated = total(deposit, minus(us))
    n.put("recap.recap_total_recettes", receipts)
    n.put("recap.recap_total_apres_remb", refunded)
    n.put("recap.recap_total_a_deposer", refunded + floats)
    n.put("recap.recap_depot_net", deposit)
    n.put("recap.recap_depot_cdn_calcule", calculated)
    n.put("recap.recap_depot_controle", total(us, calculated))
    n.put("recap.recap_argent_recu", total(receipts, minus(us), floats, net["surplus_deficit"]))
    n.put("recap.recap_balance", None if cdn is None else deposit - total(us, cdn))


def transelect(n: Opinion) -> None:
    n.put("transelect.transelect_terminals", n.previous.get("transelect_terminals", n.settings.terminals))
    groups = {terminal["id"]: terminal["group"] for terminal in n("transelect.transelect_terminals")}
    by_terminal: dict[str, Decimal] = {}
    raw = Fraction(0)
    for card in CARDS:
        batches, rate = n(f"transelect.transelect_restaurant.{card}.terminals"), n.rate(f"transelect.{card}")
        n.put(f"transelect.transelect_esc_pct_{card}", rate)
        if batches is None:
            continue
        for terminal, batch in batches.items():
            by_terminal[terminal] = by_terminal.get(terminal, Decimal(0)) + batch
        first, second = (
            sum((batch for terminal, batch in batches.items() if groups[terminal] == group), Decimal(0))
            for group in ("pos", "banquet")
        )
        sold, discount = first + second, percent_of(rate, first + second)
        raw += discount
        figures = {"total1": first, "total2": second, "esc": rounded(discount), "net": sold - rounded(discount)}
        figures["var"] = gap(sold, minus(n(f"transelect.transelect_restaurant.{card}.positouch")))
        for key, value in figures.items():
            n.put(f"transelect.transelect_{key}_{card}", value)
    opened = any(n(f"transelect.transelect_restaurant.{card}.terminals") is not None for card in CARDS)
    n.put("transelect.transelect_terminal_totals", by_terminal or None)
    n.put("transelect.transelect_esc_total", rounded(raw) if opened else None)
    sums = {"total1": "total1_{}", "total2": "total2_{}", "variance_restaurant": "var_{}"}
    for key, each in sums.items():
        n.put(f"transelect.transelect_{key}", total(*(n(f"transelect.transelect_{each.format(c)}") for c in CARDS)))
    sold = [n(f"transelect.transelect_restaurant.{card}.positouch") for card in CARDS]
    n.put("transelect.transelect_positouch_total", total(*sold))
    both = (n("transelect.transelect_total1"), n("transelect.transelect_total2"))
    n.put("transelect.transelect_net_total", total(*both, minus(n("transelect.transelect_esc_total"))))


def transelect_reception(n: Opinion) -> None:
    raw, readings = None, []
    for card in CARDS:
        read = {key: n(f"transelect.transelect_reception.{card}.{key}") for key in ("fusebox", "term8", "k053")}
        report, taken = n(f"transelect.transelect_reception.{card}.daily_rev"), total(*read.values())
        readings.append(report)
        discount = percent_of(n.rate(f"transelect.{card}"), taken)
        raw = total(raw, discount)
        figures = {"total": taken, "var": gap(taken, minus(report)), "esc": rounded(discount)}
        figures["net"] = total(taken, minus(rounded(discount)))
        for key, value in figures.items():
            n.put(f"transelect.transelect_rec_{key}_{card}", value)
        half = (n(f"transelect.transelect_total1_{card}"), n(f"transelect.transelect_total2_{card}"))
        n.put(f"transelect.transelect_quasimodo.{card}", total(*half, taken))
    for key, name in (("rec_total", "rec_total_{}"), ("variance_reception", "rec_var_{}")):
        n.put(f"transelect.transelect_{key}", total(*(n(f"transelect.transelect_{name.format(c)}") for c in CARDS)))
    n.put("transelect.transelect_rec_daily_rev_total", total(*readings))
    n.put("transelect.transelect_rec_esc_total", rounded(raw))
    n.put("transelect.transelect_rec_net_total", total(n("transelect.transelect_rec_total"), minus(rounded(raw))))
    halves = (n("transelect.transelect_variance_restaurant"), n("transelect.transelect_variance_reception"))
    n.put("transelect.transelect_variance", total(*halves))


SHEET = {"prev": "gl", "today": "gl", "facture": "ar", "advdep": "ad", "movein": "gl", "moveout": "gl", "newbal": "gl"}


def geac(n: Opinion) -> None:
    for card in ("amex", "diners", "mc", "visa"):
        taken = total(n(f"geac.geac_cashout.co1_{card}"), n(f"geac.geac_cashout.co2_{card}"))
        n.put(f"geac.geac_cashout_total_{card}", taken)
        n.put(f"geac.geac_cashout_var_{card}", gap(taken, minus(n(f"geac.geac_daily_rev.{card}"))))
    for line, other in SHEET.items():
        first, second = n(f"geac.geac_balance_sheet.{line}_dr"), n(f"geac.geac_balance_sheet.{line}_{other}")
        n.put(f"geac.geac_var_{line}", gap(size(first), minus(size(second))))
    ledger = n("geac.geac_balance_sheet.prev_gl")
    n.put("geac.geac_var_veille", gap(size(ledger), minus(size(n.previous.get("geac_newbal_gl")))))
    before, today = n.previous.get("jour_guest_ledger"), n("geac.geac_balance_sheet.today_gl")
    n.put("geac.geac_var_identite", gap(before, today, minus(n("jour.jour_guest_ledger"))))
    n.put("geac.geac_ar_previous", n.previous.get("geac_ar_new_balance"))
    if n("geac.geac_ar_previous") is not None and n("geac.geac_ar_new_balance") is not None:
        moves = total(n("geac.geac_ar_charges"), minus(n("geac.geac_ar_payments")), n("geac.geac_ar_adjustments"))
        n.put("geac.geac_ar_variance", total(n("geac.geac_ar_previous"), moves) - n("geac.geac_ar_new_balance"))


def jour_credits(n: Opinion) -> None:
    notes = n.lines("jour.jour_adj_notes")
    n.put("jour.jour_opening_balance", n.previous.get("jour_new_balance"))
    n.put("jour.jour_new_balance", gap(n("jour.jour_guest_ledger"), minus(n("jour.jour_deposit_on_hand"))))
    for dept in (*OUTLETS, "tabagie"):
        n.put(f"jour.jour_adj_{dept}", total(*column(notes, "montant", dept=(dept,))))
    for outlet in OUTLETS:
        for category in CATEGORIES:
            accepted = (category, None) if category == "nourriture" else (category,)
            pos, cell = n(f"jour.jour_pos_{outlet}_{category}"), f"jour_{outlet}_{category}"
            posts = column(notes, "montant", dept=(outlet,), categorie=accepted)
            deduction = minus(n(f"hp_admin.hp_deductions.{cell}"))
            n.put(f"jour.{cell}", None if pos is None else total(pos, *posts, deduction))
    pos, deduction = n("jour.jour_pos_tabagie"), minus(n("hp_admin.hp_deductions.jour_tabagie"))
    n.put("jour.jour_tabagie", None if pos is None else total(pos, n("jour.jour_adj_tabagie"), deduction))
    gross, club = n("jour.jour_room_revenue_brut"), n("jour.g4_montant")
    posts = column(notes, "montant", dept=("chambres",))
    n.put("jour.jour_room_revenue", None if gross is None else total(gross, *posts, minus(club)))
    n.put("jour.jour_sonifi", n("sonifi.sonifi_cd_352"))
    for tax in ("tvq", "tps"):
        n.put(f"jour.jour_{tax}", total(*(n(f"jour.jour_{tax}_{part}") for part in ("pms", "pos", "autres"))))
    n.put("jour.jour_diff_forfait", total(n("jour.jour_forfait_sj"), club))


def jour_debits(n: Opinion) -> None:
    half = {
        card: (n(f"transelect.transelect_total1_{card}"), n(f"transelect.transelect_total2_{card}")) for card in CARDS
    }
    n.put("jour.jour_carte_amex_elavon", n("transelect.transelect_rec_total_amex"))
    n.put("jour.jour_carte_amex_global", total(*half["amex"]))
    for card in ("discover", "mc", "visa", "debit"):
        n.put(f"jour.jour_carte_{card}", total(*half[card], n(f"transelect.transelect_rec_total_{card}")))
    n.put("jour.jour_hp_admin", n("hp_admin.hp_pourboire_administration"))
    n.put("jour.jour_hp_promotion", n("hp_admin.hp_pourboire_promotion"))
    for cell, value in from_recap(n).items():
        n.put(f"jour.{cell}", value)
    n.put("jour.jour_ar_transferts", n("geac.geac_balance_sheet.facture_ar"))
    n.put("jour.jour_ar_misc", total(n("jour.jour_ar_transferts"), minus(n("jour.jour_ar_paiements"))))


def from_recap(n: Opinion) -> dict[str, Any]:
    """The seven cells BU to CA."""
    return {
        "jour_argent_recu": n("recap.recap_argent_recu"),
        "jour_remb_client": total(n("recap.remb_client_net"), n("recap.remb_loterie_net")),
        "jour_remb_gratuite": n("recap.remb_gratuite_net"),
        "jour_depot_us": n("recap.deposit_us"),
        "jour_dueback_reception": minus(n("recap.dueback_reception_net")),
        "jour_exchange_us": minus(n("recap.exchange_us_net")),
        "jour_surplus_deficit": minus(n("recap.surplus_deficit_net")),
    }


CREDITS = (
    *(f"{outlet}_{category}" for outlet in OUTLETS for category in CATEGORIES),
    *("pourboires", "equipement", "divers", "location_salle", "socan", "resonne", "tabagie", "room_revenue"),
    *("tel_interurbain", "tel_local", "tel_publics", "nettoyeur", "machine_distrib", "st_martin", "buanderette"),
    *("autres_gl", "sonifi", "lit_pliant", "boutique", "internet", "tvq", "tps", "taxe_hebergement", "massage"),
    *("vestiaire", "ristournes", "fax", "billets_promo", "diff_forfait"),
)
CARD_CELLS = ("carte_amex_elavon", "carte_discover", "carte_mc", "carte_visa", "carte_debit", "carte_amex_global")
HP_CELLS = ("repas_nb", "star_hot", "hp_admin", "hp_promotion", "promesse_repas", "traiteur_promotion")
DEBITS = (
    *CARD_CELLS,
    *HP_CELLS,
    *("argent_recu", "remb_client", "remb_gratuite", "depot_us", "dueback_reception", "exchange_us"),
    *("surplus_deficit", "certificats", "gift_cards", "paiements_cchp", "promesse_service", "ar_misc"),
    *("transfert_royal", "transfert_bancaire", "cash_operation"),
)
REVENUE = (
    *("tel_interurbain", "tel_local", "tel_publics", "nettoyeur", "buanderette", "equipement", "tabagie", "internet"),
    *("sonifi", "revenu_divers", "st_martin", "fax", "boutique"),
)
BESIDE_REVENUE = (
    *("total_revenue", "pourboires", "socan", "resonne", "tvq", "tps", "taxe_hebergement", "massage", "vestiaire"),
    *("ristournes", "diff_forfait", "billets_promo", "autres_gl", "diff_caisse"),
)


def jour_difference(n: Opinion) -> None:
    credits, debits = total(*(n(f"jour.jour_{c}") for c in CREDITS)), total(*(n(f"jour.jour_{c}") for c in DEBITS))
    n.put("jour.jour_total_credits_colonnes", credits)
    n.put("jour.jour_total_debits_colonnes", debits)
    new, opening = n("jour.jour_new_balance"), n("jour.jour_opening_balance")
    difference = None if new is None or opening is None else total(new - opening, minus(credits), debits)
    invoice = minus(n("geac.geac_var_facture"))
    lines = total(*column(n.lines("jour.diff_caisse_entries"), "montant"))
    n.put("jour.jour_diff_caisse", difference)
    n.put("jour.jour_diff_caisse_transelect", n("transelect.transelect_variance"))
    n.put("jour.jour_diff_caisse_facture", invoice)
    n.put("jour.jour_diff_caisse_lignes", lines)
    if difference is None:
        return
    explained = (minus(n("transelect.transelect_variance")), minus(invoice), minus(lines))
    rest, limit = total(difference, *explained), n.settings.tolerances["diff_caisse"]
    n.put("jour.jour_diff_caisse_residu", rest)
    before = n.previous.get("jour_diff_caisse_residu")
    paired = None if before is None else abs(rest) > limit and abs(rest + before) <= limit
    n.put("jour.jour_diff_caisse_paire", paired)


def jour_report(n: Opinion) -> None:
    def cells(*keys: str) -> Any:
        return total(*(n(f"jour.jour_{key}") for key in keys))

    fees = {"amex": ("amex_elavon", "amex"), "discover": ("discover",) * 2, "mc": ("mc",) * 2, "visa": ("visa",) * 2}
    for key, (card, rate) in (fees | {"amex_global": ("amex_global", "amex")}).items():
        n.put(f"jour.jour_frais_{key}", rounded(percent_of(n.rate(f"rj.{rate}"), n(f"jour.jour_carte_{card}"))))
    names = dict(zip(("nourriture", "alcool", "bieres", "mineraux", "vins"), CATEGORIES, strict=True))
    for key, category in names.items():
        n.put(f"jour.jour_total_{key}", cells(*(f"{outlet}_{category}" for outlet in OUTLETS)))
    for outlet in OUTLETS:
        n.put(f"jour.jour_boissons_{outlet}", cells(*(f"{outlet}_{category}" for category in CATEGORIES[1:])))
    n.put("jour.jour_total_boissons", cells("total_alcool", "total_bieres", "total_mineraux", "total_vins"))
    n.put("jour.jour_total_fb", cells("total_nourriture", "total_boissons"))
    n.put("jour.jour_total_fb_salles", cells("total_fb", "location_salle"))
    n.put("jour.jour_revenu_divers", cells("lit_pliant", "divers", "machine_distrib"))
    n.put("jour.jour_total_autres_revenus", cells(*REVENUE))
    n.put("jour.jour_total_revenue", cells("room_revenue", "total_fb_salles", "total_autres_revenus"))
    n.put("jour.jour_total_credit", cells(*BESIDE_REVENUE))
    n.put("jour.jour_total_cartes", cells(*CARD_CELLS))
    n.put("jour.jour_total_hp", cells(*HP_CELLS))
    n.put("jour.jour_total_debit", n("jour.jour_total_debits_colonnes"))
    if n("jour.jour_diff_caisse") is not None:
        closing = total(cells("opening_balance", "total_credit"), minus(n("jour.jour_total_debit")))
        n.put("jour.jour_balance_fermeture", closing)
    n.put("jour.jour_depot_cdn", cells("argent_recu", "remb_client", "remb_gratuite"))
    fees_kept = (minus(n("jour.jour_frais_amex")), minus(n("jour.jour_frais_discover")))
    n.put("jour.jour_net_banque", total(cells(*CARD_CELLS, "depot_cdn", "depot_us"), *fees_kept))


def jour_rooms(n: Opinion) -> None:
    occupied, suites = n("jour.jour_rooms_total"), (n("jour.jour_rooms_double"), n("jour.jour_rooms_suite"))
    n.put("jour.jour_rooms_simple", None if occupied is None else total(occupied, *map(minus, suites)))
    n.put("jour.jour_nb_clients", total(n("jour.jour_adultes"), n("jour.jour_enfants")))
    n.put("jour.jour_rooms_refaire", n("controle.chambres_refaire"))
    n.put("jour.jour_rooms_disponibles", n.settings.rooms)
    house = total(n("jour.jour_rooms_simple"), *suites)
    sold = None if house is None else total(house, minus(n("jour.jour_rooms_comp")))
    available, guests = n("jour.jour_rooms_disponibles"), n("jour.jour_nb_clients")
    n.put("jour.jour_rooms_occupees", house)
    n.put("jour.jour_rooms_louees", sold)
    n.put("jour.jour_occupancy_rate", ratio(sold, available, 100))
    n.put("jour.jour_pct_occupees", ratio(house, available, 100))
    open_rooms = total(available, minus(n("jour.jour_rooms_hors_usage")))
    n.put("jour.jour_occ_operationnelle", ratio(sold, open_rooms, 100))
    revenue = n("jour.jour_room_revenue")
    n.put("jour.jour_adr", ratio(revenue, sold))
    n.put("jour.jour_revpar", ratio(revenue, available))
    n.put("jour.jour_moyenne_client", ratio(revenue, guests))
    n.put("jour.jour_trevpar", ratio(n("jour.jour_total_revenue"), available))
    n.put("jour.jour_fb_par_client", ratio(n("jour.jour_total_fb"), guests))


MONTH = ("room_revenue", "total_fb", "total_revenue", "diff_caisse")
MONTH_COUNTS = ("rooms_louees", "rooms_occupees", "rooms_disponibles", "nb_clients")
WITH_REVENUES = ("total_revenue", "diff_caisse")
YEAR = ("room_revenue", "total_revenue", "rooms_louees", "rooms_disponibles")


def jour_to_date(n: Opinion) -> None:
    for key in MONTH + MONTH_COUNTS:
        before = 0 if n.day.day == 1 else n.previous.get(f"mtd.{key}")
        whole = key not in WITH_REVENUES or None not in (n("jour.jour_room_revenue"), n("jour.jour_total_fb"))
        n.put(f"jour.jour_mtd_{key}", gap(before, n(f"jour.jour_{key}")) if whole else None)
    for key in YEAR:
        before = 0 if n.day.month == 1 else n.previous.get(f"ytd_avant_mois.{key}")
        n.put(f"jour.jour_ytd_{key}", gap(before, n(f"jour.jour_mtd_{key}")))
    for period in ("mtd", "ytd"):

        def sum_of(key: str, period: str = period) -> Any:
            return n(f"jour.jour_{period}_{key}")

        n.put(f"jour.jour_{period}_adr", ratio(sum_of("room_revenue"), sum_of("rooms_louees")))
        n.put(f"jour.jour_{period}_revpar", ratio(sum_of("room_revenue"), sum_of("rooms_disponibles")))
        sold = ratio(sum_of("rooms_louees"), sum_of("rooms_disponibles"), 100)
        n.put(f"jour.jour_{period}_occupancy_rate", sold)
    guests, rooms = n("jour.jour_mtd_nb_clients"), n("jour.jour_mtd_rooms_disponibles")
    n.put("jour.jour_mtd_moyenne_client", ratio(n("jour.jour_mtd_room_revenue"), guests))
    n.put("jour.jour_mtd_pct_occupees", ratio(n("jour.jour_mtd_rooms_occupees"), rooms, 100))


def after_jour(n: Opinion) -> None:
    """What reads the Jour: control Z, SetD, Internet, Sonifi."""
    n.put("dueback.dueback_rj", n("jour.jour_dueback_reception"))
    n.put("dueback.dueback_z", gap(n("dueback.dueback_total"), n("dueback.dueback_rj")))
    n.put("setd.setd_rj_balance", minus(n("jour.jour_surplus_deficit")))
    accounts = ("gl_101100", "petite_caisse", "conciliation", "correction", "residuel")
    spread = total(*column(n.lines("setd.setd_personnel"), "amount"), *(n(f"setd.setd_{key}") for key in accounts))
    n.put("setd.setd_total", Decimal(0) if spread is None and n("setd.sans_activite") else spread)
    n.put("setd.setd_controle", gap(n("setd.setd_rj_balance"), minus(n("setd.setd_total"))))
    packages = n("internet.internet_nb_forfaits")
    n.put("internet.internet_forfait_valeur", None if packages is None else packages * n.rate("internet_forfait"))
    sales = ("ls_361", "adj_chambre", "banquet", "spesa", "ls_365", "forfait_bnc")
    sold = total(*(n(f"internet.internet_{key}") for key in sales), minus(n("internet.internet_forfait_valeur")))
    n.put("internet.internet_total", Decimal(0) if sold is None and n("internet.sans_activite") else sold)
    n.put("internet.internet_rj", n("jour.jour_internet"))
    n.put("internet.internet_variance", gap(n("internet.internet_total"), minus(n("internet.internet_rj"))))


def sonifi(n: Opinion) -> None:
    films = n("sonifi.sonifi_unites")
    sold = total(*(gap_product(film) for film in films or ()))
    nil = films == () or n("sonifi.sans_activite")
    n.put("sonifi.sonifi_email", Decimal(0) if sold is None and nil else sold)
    mail = n("sonifi.sonifi_email")
    n.put("sonifi.sonifi_total", None if mail is None else total(mail, n("sonifi.sonifi_ajustement")))
    n.put("sonifi.sonifi_rj", n("jour.jour_sonifi"))
    n.put("sonifi.sonifi_variance", gap(n("sonifi.sonifi_rj"), minus(n("sonifi.sonifi_total"))))
    n.put("sonifi.sonifi_var_cd", gap(n("sonifi.sonifi_cd_352"), minus(n("sonifi.sonifi_total"))))


def gap_product(film: Any) -> Any:
    return film["prix"] * film["quantite"] if "prix" in film and "quantite" in film else None


def quasimodo(n: Opinion) -> None:
    for card in CARDS:
        first, second = n(f"transelect.transelect_total1_{card}"), n(f"transelect.transelect_total2_{card}")
        n.put(f"quasimodo.quasi_mon_{card}", first)
        n.put(f"quasimodo.quasi_glb_{card}", second)
        n.put(f"quasimodo.quasi_fb_{card}", total(first, second))
        n.put(f"quasimodo.quasi_rec_{card}", n(f"transelect.transelect_rec_total_{card}"))
    factor = 1 - n.rate("transelect.amex") / 100
    n.put("quasimodo.quasi_amex_factor", factor)
    amex = n("quasimodo.quasi_rec_amex")
    n.put("quasimodo.quasi_rec_amex_net", None if amex is None else rounded(amex * factor))
    discover = total(n("quasimodo.quasi_fb_discover"), n("quasimodo.quasi_rec_discover"))
    n.put("quasimodo.quasi_frais_discover", rounded(percent_of(n.rate("rj.discover"), discover)))
    n.put("quasimodo.quasi_cash_cdn", n("recap.recap_depot_cdn_calcule"))
    n.put("quasimodo.quasi_cash_usd", n("recap.deposit_us"))
    cards = total(
        *(n(f"quasimodo.quasi_fb_{card}") for card in CARDS),
        *(n(f"quasimodo.quasi_rec_{card}") for card in ("debit", "visa", "mc", "discover")),
        n("quasimodo.quasi_rec_amex_net"),
    )
    cash = (n("quasimodo.quasi_cash_cdn"), n("quasimodo.quasi_cash_usd"), minus(n("quasimodo.quasi_frais_discover")))
    n.put("quasimodo.quasi_total", None if cards is None else total(cards, *cash))
    n.put("quasimodo.quasi_rj_total", n("jour.jour_net_banque"))
    n.put("quasimodo.quasi_variance", gap(n("quasimodo.quasi_total"), minus(n("quasimodo.quasi_rj_total"))))


FORM = (  # names of the Daily Revenue form, rows 2 to 41
    *("room_chrg_premium", "room_chrg_standard", "room_chrg_echannel", "room_chrg_special", "room_chrg_wholesal"),
    *("room_chrg_govt_mi", "room_chrg_weekend", "room_chrg_aaa", "room_chrg_packages", "room_chrg_advance"),
    *("room_chrg_senior_d", "room_chrg_associat", "rm_chrg_reward_red", "room_chrg_other_di", "room_chrg_complime"),
    *("room_chrg_grp_oth", "room_chrg_grp_co", "room_chrg_grp_as", "room_chrg_grp_tour", "room_chrg_grp_go"),
    *("room_charge_open", "room_chrg_contract", "room_chrg_opaque", "room_chrg_svo_tours", "early_departure_fee"),
    *("late_checkout_fee", "reservation_cancella", "guaranteed_no_show", "day_use_room_charge"),
    *("cancellation_fee_tra", "room_chrg_grp_asso", "resort_service_fee", "package", "room_charge_hold_for"),
    *("other_room_charges", "loyalty_redemption_o", "guaranteed_no_show_c", "attrition", "na", "city_local_tax"),
)
SEGMENTS = {
    "retail": ((5, 9, 23), (2, 3, 8, 40)),
    "special_corporate": ((13, 17, 18), (5,)),
    "government": ((14,), (7,)),
    "packages": ((22, 25, 26, 80), (10,)),
    "wholesale": ((55, 88, 89), (6,)),
    "qualified_discounts": (
        (21, 24, 32, 33, 36, 37, 38, 39, 42, 43, 44, 45, 48, 51, 52, 65, 79, 83, 84, 85, 90, 91),
        (4, 9, 11, 12, 13, 15),
    ),
    "rewards": ((29,), (14,)),
    "group_corporate": ((59,), (18,)),
    "group_association": ((72,), (19, 32)),
    "group_government": ((71,), (21,)),
    "group_smerf": ((73, 74, 75), (17,)),
    "group_tour": ((76,), (20,)),
    "contract": ((58,), (23,)),
}
PREMIUM = ("retail", "special_corporate", "government")
DISCOUNT = ("packages", "wholesale", "qualified_discounts", "rewards")
GROUPS = ("group_corporate", "group_association", "group_government", "group_smerf", "group_tour")


def dbrs(n: Opinion) -> None:
    market, prefix = n("dbrs.dbrs_market_rows"), "dbrs.dbrs_daily_rev."
    given = {name.removeprefix(prefix): value for name, value in n.given.items() if name.startswith(prefix)}
    rooms: dict[str, Any] = {}
    revenue: dict[str, Any] = {}
    for segment, (rows, lines) in SEGMENTS.items():
        if market:
            rooms[segment] = sum(market.get(str(row), 0) for row in rows)
        if given:
            revenue[segment] = sum((given.get(FORM[line - 2], Decimal(0)) for line in lines), Decimal(0))
    for figures in (rooms, revenue):
        if figures:
            figures["total_premium"] = sum(figures[key] for key in PREMIUM)
            figures["total_discount"] = sum(figures[key] for key in DISCOUNT)
            figures["total_transient"] = figures["total_premium"] + figures["total_discount"]
            figures["total_group"] = sum(figures[key] for key in GROUPS)
            figures["daily"] = figures["total_transient"] + figures["total_group"] + figures["contract"]
    for segment in (*SEGMENTS, "total_premium", "total_discount", "total_transient", "total_group", "daily"):
        sold, earned = rooms.get(segment), revenue.get(segment)
        n.put(f"dbrs.dbrs_{segment}_rooms", sold)
        n.put(f"dbrs.dbrs_{segment}_revenue", earned)
        nothing = sold is not None and earned == 0
        n.put(f"dbrs.dbrs_{segment}_adr", Decimal(0) if nothing else ratio(earned, sold))
    summary = {"transient": "total_transient", "group": "total_group", "contract": "contract"}
    for short, segment in summary.items():
        n.put(f"dbrs.dbrs_market_segments.{short}.rooms", rooms.get(segment))
        n.put(f"dbrs.dbrs_market_segments.{short}.revenue", revenue.get(segment))
    n.put("dbrs.dbrs_market_segments.other.rooms", 0 if market else None)
    n.put("dbrs.dbrs_market_segments.other.revenue", Decimal(0) if given else None)
    n.put("dbrs.dbrs_comp_rooms", market.get("62", 0) if market else None)
    if given:
        n.put("dbrs.dbrs_daily_rev_total", sum((given.get(name, Decimal(0)) for name in FORM), Decimal(0)))
        allowed, club = given.get("room_charge_allowa", Decimal(0)), given.get("club_package", Decimal(0))
        n.put("dbrs.dbrs_allowance", allowed - club)


def dbrs_form(n: Opinion) -> None:
    n.put("dbrs.dbrs_grand_total", total(n("dbrs.dbrs_daily_rev_total"), n("dbrs.dbrs_allowance")))
    typed = (n("dbrs.dbrs_form_autres"), n("dbrs.dbrs_form_noshow"), n("dbrs.dbrs_form_departs"))
    net = total(n("dbrs.dbrs_daily_revenue"), n("dbrs.dbrs_allowance"), *typed)
    n.put("dbrs.dbrs_net_revenue", net)
    n.put("dbrs.dbrs_net_adr", ratio(net, n("dbrs.dbrs_daily_rooms")))
    n.put("dbrs.dbrs_daily_rev_today", n("jour.jour_room_revenue"))
    n.put("dbrs.dbrs_adr", n("jour.jour_adr"))
    n.put("dbrs.dbrs_house_count", n("jour.jour_nb_clients"))


def checks(n: Opinion) -> dict[str, tuple[Any, str, str]]:
    """The thirty-four checks before that of completeness: value, tolerance, severity of the reference."""
    occupied, available = n("jour.jour_rooms_occupees"), n("jour.jour_rooms_disponibles")
    broken = total(occupied, n("jour.jour_rooms_hors_usage"), minus(available))
    short = gap(n("jour.jour_rooms_louees"), minus(n("jour.jour_nb_clients")))
    grand, classed = n("dbrs.dbrs_grand_total"), n("dbrs.dbrs_daily_revenue")
    apart = (minus(n("dbrs.dbrs_allowance")), minus(n("dbrs.dbrs_daily_rev.guaranteed_no_show")))
    taxes = (ratio(n("jour.jour_tvq"), n("jour.jour_tps"), places=3), ratio(n.rate("tvq"), n.rate("tps"), places=3))
    lodging = ratio(n("jour.jour_taxe_hebergement"), n("jour.jour_room_revenue"), 100, 3)
    depots, sd_total = minus(n("recap.deposit_cdn")), n("sd.sd_total_variance")
    opening, before = n("jour.jour_opening_balance"), n.previous.get("jour_new_balance")
    ledger, sheet = size(n("jour.jour_guest_ledger")), size(n("geac.geac_balance_sheet.newbal_gl"))
    return {
        "ouverture": (gap(opening, minus(before)), "ouverture", "bloquant"),
        "recap": (n("recap.recap_balance"), "recap", "bloquant"),
        "recap_transfert": (recap_moved(n), "transfert", "avertissement"),
        "transelect_reception": (worst_card(n), "transelect_reception", "bloquant"),
        "transelect_x20": (n("transelect.transelect_variance"), "transelect_x20", "avertissement"),
        "cartes_transfert": (cards_moved(n), "transfert", "avertissement"),
        "geac_cartes": (
            total(*(size(n(f"geac.geac_cashout_var_{c}")) for c in ("amex", "diners", "mc", "visa"))),
            *("geac_cartes", "avertissement"),
        ),
        "geac_reception": (geac_cards(n), "geac_cartes", "avertissement"),
        "geac_bilan": (total(*(size(n(f"geac.geac_var_{line}")) for line in SHEET)), "geac_bilan", "avertissement"),
        "geac_veille": (n("geac.geac_var_veille"), "geac_bilan", "avertissement"),
        "geac_identite": (n("geac.geac_var_identite"), "geac_bilan", "avertissement"),
        "guest_ledger": (gap(ledger, minus(sheet)), "geac_bilan", "avertissement"),
        "ar": (n("geac.geac_ar_variance"), "ar", "bloquant"),
        "dueback": (n("dueback.dueback_z"), "dueback", "avertissement"),
        "dueback_report": (floats_taken_back(n), "dueback", "info"),
        "sd_surplus": (gap(sd_total, minus(n("recap.surplus_deficit_net"))), "sd_surplus", "bloquant"),
        "sd_depot": (gap(n("sd.sd_total_verified_cdn"), depots), "depot", "avertissement"),
        "depot": (gap(n("sd.depot_total"), depots), "depot", "avertissement"),
        "sd_personne": (n("sd.sd_max_ecart"), "sd_personne", "avertissement"),
        "setd": (n("setd.setd_controle"), "setd", "avertissement"),
        "hp": (tips_moved(n), "hp", "avertissement"),
        "hp_motif": (n("hp_admin.hp_sans_motif"), "hp_motif", "avertissement"),
        "internet": (n("internet.internet_variance"), "internet", "avertissement"),
        "sonifi": (n("sonifi.sonifi_variance"), "sonifi", "avertissement"),
        "diff_caisse": (n("jour.jour_diff_caisse_residu"), "diff_caisse", "avertissement"),
        "cloture": (
            gap(n("jour.jour_balance_fermeture"), minus(n("jour.jour_new_balance"))),
            *("cloture", "bloquant"),
        ),
        "quasimodo": (n("quasimodo.quasi_variance"), "quasimodo", "bloquant"),
        "chambres": (None if occupied is None else max(0, broken), "chambres", "avertissement"),
        "clients": (None if short is None else max(0, short), "clients", "avertissement"),
        "tvq_tps": (gap(taxes[0], minus(taxes[1])), "tvq_tps", "info"),
        "taxe_heb": (gap(lodging, minus(n.rate("taxe_hebergement"))), "taxe_heb", "info"),
        "dbrs_chambres": (
            gap(n("dbrs.dbrs_daily_rooms"), minus(n("jour.jour_rooms_louees"))),
            *("dbrs_chambres", "avertissement"),
        ),
        "dbrs_revenu": (gap(grand, minus(n("jour.jour_room_revenue"))), "dbrs_revenu", "avertissement"),
        "dbrs_form": (
            None if grand is None or classed is None else total(grand - classed, *apart),
            *("dbrs_revenu", "avertissement"),
        ),
    }


def recap_moved(n: Opinion) -> Any:
    return total(*(size(gap(n(f"jour.{cell}"), minus(row))) for cell, row in from_recap(n).items()))


def worst_card(n: Opinion) -> Any:
    found = [abs(gap_) for card in CARDS if (gap_ := n(f"transelect.transelect_rec_var_{card}")) is not None]
    return max(found) if found else None


def cards_moved(n: Opinion) -> Any:
    rows = {card: n(f"transelect.transelect_quasimodo.{card}") for card in ("discover", "mc", "visa", "debit")}
    rows["amex_elavon"] = n("transelect.transelect_rec_total_amex")
    rows["amex_global"] = total(n("transelect.transelect_total1_amex"), n("transelect.transelect_total2_amex"))
    return total(*(size(gap(n(f"jour.jour_carte_{card}"), minus(row))) for card, row in rows.items()))


def geac_cards(n: Opinion) -> Any:
    pairs = (
        (n(f"geac.geac_cashout_total_{c}"), n(f"transelect.transelect_rec_total_{c}")) for c in ("amex", "mc", "visa")
    )
    return total(*(size(gap(out, minus(taken))) for out, taken in pairs))


def tips_moved(n: Opinion) -> Any:
    cells = {"administration": "jour.jour_hp_admin", "promotion": "jour.jour_hp_promotion"}
    return total(*(size(gap(n(f"hp_admin.hp_pourboire_{kind}"), minus(n(cell)))) for kind, cell in cells.items()))


def floats_taken_back(n: Opinion) -> Any:
    last = {
        line["name"]: line["nouveau"] for line in n.previous.get("dueback", ()) if {"name", "nouveau"} <= line.keys()
    }
    taken = [line for line in n.lines("dueback.dueback_entries") if line.get("previous") and line.get("name") in last]
    return total(*(abs(line["previous"] + last[line["name"]]) for line in taken))


REQUIRED = {
    "controle": "auditor_name",
    "dueback": "dueback_total",
    "recap": "cash_ls_net cash_pos_net remb_gratuite_net remb_client_net recap_balance",
    "transelect": "transelect_variance_restaurant transelect_variance_reception",
    "geac": "geac_var_prev geac_var_today geac_var_newbal",
    "sd": "sd_total_variance",
    "setd": "setd_total",
    "hp_admin": "hp_admin_total",
    "internet": "internet_total",
    "sonifi": "sonifi_total",
    "jour": "jour_diff_caisse jour_room_revenue jour_total_fb jour_tvq jour_tps jour_occupancy_rate",
    "quasimodo": "quasi_variance",
    "dbrs": "dbrs_net_revenue dbrs_daily_rooms",
}
LISTS = {"dueback": "dueback_entries", "sd": "sd_entries", "setd": "setd_personnel", "hp_admin": "hp_admin_entries"}
LISTS |= {"sonifi": "sonifi_unites"}


def state(n: Opinion, tab: str) -> str:
    if n(f"{tab}.sans_activite") and not n.lines(f"{tab}.{LISTS.get(tab, '')}"):
        return "sans_activite"
    if all(n(f"{tab}.{key}") is not None for key in REQUIRED[tab].split()):
        return "complet"
    shown = [name for name, value in n.given.items() if name.startswith(f"{tab}.") and value != ()]
    linked = [name for name in n.values if tab == "quasimodo" and name.startswith("quasimodo.")]
    return "en_cours" if shown or set(linked) - {"quasimodo.quasi_amex_factor"} else "vide"


def sommaire(n: Opinion) -> None:
    statuses = {}
    for key, (value, tolerance, severity) in checks(n).items():
        n.put(f"sommaire.chk_{key}", value)
        statuses[key] = status(n, key, value, tolerance, severity)
    states = {tab: state(n, tab) for tab in REQUIRED}
    finished = [tab for tab, found in states.items() if found in ("complet", "sans_activite")]
    if len(finished) == len(REQUIRED) and "bloquant" not in statuses.values():
        states["sommaire"] = "complet"
    else:
        states["sommaire"] = "vide" if set(states.values()) == {"vide"} else "en_cours"
    done = len(finished) + (states["sommaire"] == "complet")
    missing = len(REQUIRED) + 1 - done
    n.put("sommaire.chk_completude", missing)
    statuses["completude"] = status(n, "completude", missing, "completude", "info")
    for key, found in statuses.items():
        n.put(f"sommaire.statuts.chk_{key}", found)
    for tab, found in states.items():
        n.put(f"sommaire.onglets.{tab}", found)
    n.put("sommaire.onglets_complets", done)
    n.put("sommaire.completude", ratio(done, len(REQUIRED) + 1, 100))
    blocking = list(statuses.values()).count("bloquant")
    n.put("sommaire.nb_bloquants", blocking)
    n.put("sommaire.nb_avertissements", list(statuses.values()).count("avertissement"))
    flags = {"recap": "recap", "transelect": "transelect_reception", "ar": "ar"}
    for flag, key in flags.items():
        n.put(f"sommaire.is_{flag}_balanced", statuses[key] == "ok")
    balanced = all(statuses[key] == "ok" for key in flags.values()) and not blocking
    n.put("sommaire.is_fully_balanced", balanced)


def status(n: Opinion, key: str, value: Any, tolerance: str, severity: str) -> str:
    if value is None:
        return "na"
    chosen = n.settings.severities[f"chk_{key}"] or severity
    return "ok" if abs(value) <= n.settings.tolerances[tolerance] else chosen


PARTS = (
    *(controle, dueback, sd, hp_admin, recap, transelect, transelect_reception, geac, jour_credits, jour_debits),
    *(jour_difference, jour_report, jour_rooms, jour_to_date, after_jour, sonifi, quasimodo, dbrs, dbrs_form, sommaire),
)
