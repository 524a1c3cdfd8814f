"""The bundle of papers of a night: what the back auditor finds on the desk, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from utils.demo.amounts import total
from utils.demo.figures import Figures, figures
from utils.demo.outlets import CATEGORIES, OUTLETS, TERMINALS
from utils.demo.papers import CARD_LABELS, Line, Paper, Table, Value
from utils.demo.rooms import FILMS, MARKETS, Account, Chance
from utils.demo.staff import AUDITOR

_OUTLET_LABELS: Final = {
    "cafe": "Café Link",
    "piazza": "Piazza/Cupola",
    "spesa": "Marché La Spesa",
    "chambres_svc": "Service aux chambres",
    "banquet": "Banquet",
}
_CATEGORY_LABELS: Final = dict(zip(CATEGORIES, ("nourriture", "alcool", "bières", "minéraux", "vins"), strict=True))
_WEATHER: Final = {
    "hiver": (("neige", -9), ("nuages", -6), ("soleil", -14)),
    "ete": (("soleil", 19), ("pluie", 16), ("nuages", 14)),
}


def papers_of(hotel: Account, day: date) -> tuple[Paper, ...]:
    """Every paper of a night, those that a sync does not replace."""
    found = figures(hotel, day)
    return (
        *_reception(found),
        *_safe(found),
        *_point_of_sale(found),
        *_front_desk(found),
        _internal_bills(found),
        *_screens(found),
    )


def _reception(day: Figures) -> Iterator[Paper]:
    season = "hiver" if day.day.month in (11, 12, 1, 2, 3) else "ete"
    sky, degrees = Chance(day.hotel, day.day, "ciel").choice(_WEATHER[season])
    lines = (
        Line("Préparé par", "controle.auditor_name", AUDITOR),
        Line("Température", "controle.temperature", f"{degrees} °C".replace("-", "−")),
        Line("Météo", "controle.weather_condition", sky),
        Line("Chambres à refaire", "controle.chambres_refaire", day.rooms.to_clean),
    )
    yield Paper("couverture", "Feuille de garde", "Réception, météo", "controle", lines)
    rows = tuple(one.row for one in day.desk.floats())
    nil = () if rows else (Line("Aucun due back cette nuit", "dueback.sans_activite", value=True),)
    columns = (
        ("name", "Réceptionniste"),
        ("previous", "Solde préc. repris (1re ligne)"),
        ("nouveau", "Nouveau (2e ligne)"),
    )
    table = Table("dueback.dueback_entries", columns, rows)
    yield Paper("dueback", "Rapports de caisse des réceptionnistes", "Cashier Details", "dueback", nil, table)


def _safe(day: Figures) -> Iterator[Paper]:
    """The sheet of the safe, the envelopes sealed for the bank (house, accounts receivable), the gaps to spread."""
    columns = (
        ("department", "Département"),
        ("name", "Nom"),
        ("currency", "Devise"),
        ("amount", "Montant"),
        ("verified", "Montant vérifié"),
        ("reimbursement", "Remboursement"),
    )
    envelopes = day.desk.envelopes(day.by_mail)
    nil = () if envelopes else (Line("Aucune enveloppe", "sd.sans_activite", value=True),)
    table = Table("sd.sd_entries", columns, tuple(one.row for one in envelopes))
    yield Paper("coffre", "Feuille du coffre", "Enveloppes comptées au coffre", "sd", nil, table)
    counted = [one for one in envelopes if one.currency == "CDN" and one.verified]
    for client, title in (("client6", "Dépôt Client 6"), ("client8", "Dépôt Client 8")):
        mine = [one for one in counted if (one.department == "comptabilite") == (client == "client8")]
        if mine:
            rows = tuple({"": one.verified} for one in mine)
            table = Table(f"sd.depot_data.{client}.amounts", (("", "Montant scellé"),), rows)
            yield Paper(client, title, "Bordereau de dépôt", "sd", (), table)
    gaps: tuple[dict[str, Value], ...] = tuple({"name": one.name, "amount": one.gap} for one in envelopes if one.gap)
    nil = () if gaps else (Line("Aucun écart à répartir", "setd.sans_activite", value=True),)
    table = Table("setd.setd_personnel", (("name", "Nom"), ("amount", "Montant")), gaps)
    note = "Un écart par personne, tel que la feuille du coffre le montre; négatif : la personne doit."
    yield Paper("setd", "Répartition des écarts", "Feuille du coffre", "setd", nil, table, note)


def _point_of_sale(day: Figures) -> Iterator[Paper]:
    """The sales and the payments of the restaurants, then one slip a terminal."""
    sold = day.outlets
    lines = [
        Line(f"{_OUTLET_LABELS[outlet]} — {_CATEGORY_LABELS[category]}", f"jour.jour_pos_{outlet}_{category}", amount)
        for outlet in OUTLETS
        for category, amount in sold.sales[outlet].items()
    ]
    side = (
        ("Tabagie", "jour_pos_tabagie", sold.tobacco),
        ("Équipement audio-visuel", "jour_equipement", sold.equipment),
        ("Location de salles", "jour_location_salle", sold.hall),
        ("Droits SOCAN", "jour_socan", sold.socan),
        ("Droits Ré:sonne", "jour_resonne", sold.resonne),
        ("Pourboires chargés", "jour_pourboires", sold.tips),
        ("TPS", "jour_tps_pos", sold.tps),
        ("TVQ", "jour_tvq_pos", sold.tvq),
        ("Forfaits (à taper négatif)", "jour_forfait_sj", -sold.packages),
        ("Bons d’achat", "jour_gift_cards", sold.gift),
    )
    lines += [Line(label, f"jour.{key}", amount) for label, key, amount in side if amount or key == "jour_pourboires"]
    yield Paper("journal", "Sales Journal for Entire House", "POSitouch", "jour", tuple(lines))
    payments = [Line("Comptant", "recap.cash_pos_lecture", sold.cash)]
    payments += [
        Line(CARD_LABELS[card], f"transelect.transelect_restaurant.{card}.positouch", total(batches.values()))
        for card, batches in sold.batches.items()
    ]
    payments.append(Line("Pourboires remis (à taper négatif)", "recap.remb_gratuite_lecture", -sold.tips))
    yield Paper("etablissement", "Établissement", "POSitouch, paiements", "recap", tuple(payments))
    for terminal in TERMINALS:
        slip = tuple(
            Line(CARD_LABELS[card], f"transelect.transelect_restaurant.{card}.terminals.{terminal}", batches[terminal])
            for card, batches in sold.batches.items()
            if terminal in batches
        )
        if slip:
            name = terminal.replace("_", " ").title()
            yield Paper(f"lot-{terminal}", f"Lot du terminal {name}", "Moneris", "transelect", slip)


def _front_desk(day: Figures) -> Iterator[Paper]:
    desk = day.desk
    lines = [
        Line("Déboursés et remboursements (à taper négatif)", "recap.remb_client_lecture", -desk.paid_out),
        Line("Due back nourriture", "recap.dueback_nb_lecture", desk.owed_to_servers),
    ]
    if desk.foreign:
        lines.append(Line("Comptant américain, à ajouter au comptant LightSpeed", "recap.cash_ls_corr", desk.foreign))
        lines.append(Line("Motif de la correction", "recap.recap_corr_notes", "Comptant américain de la réception"))
    yield Paper("debourses", "Daily Revenue, pages 5 et 6", "Lightspeed Galaxy", "recap", tuple(lines))
    payments = [
        Line("Paiements reçus", "jour.jour_ar_paiements", day.collected),
        Line("Dont virements à la banque", "jour.jour_transfert_bancaire", day.collected - day.by_mail),
    ]
    if day.by_mail:
        payments.append(Line("Dont chèques", "recap.cheque_ar_lecture", day.by_mail))
    yield Paper("paiements", "Registre des paiements", "Comptes à recevoir", "jour", tuple(payments))
    rows: list[Mapping[str, Value]] = []
    if day.outlets.adjustment:
        wrong: dict[str, Value] = {"dept": "piazza", "categorie": "nourriture", "montant": day.outlets.adjustment}
        rows.append(wrong | {"raison": "Erreur de poste"})
    if charged := total(day.rooms.no_shows):
        rows.append({"dept": "chambres", "montant": charged, "raison": "No-shows facturés"})
    if rows:
        columns = (("dept", "Département"), ("categorie", "Catégorie"), ("montant", "Montant"), ("raison", "Motif"))
        table = Table("jour.jour_adj_notes", columns, tuple(rows))
        yield Paper("ajustements", "Cashier Details, ajustements", "Lightspeed Galaxy", "jour", (), table)


def _internal_bills(day: Figures) -> Paper:
    names = (("area", "Point de vente"), ("paiement", "Paiement"), ("nourriture", "Nourriture"), ("boisson", "Alcool"))
    columns = (*names, ("pourboire", "Pourboire"), ("raison", "Motif"), ("autorise_par", "Autorisé par"))
    rows = tuple(slip.row for slip in day.outlets.slips)
    nil = () if rows else (Line("Aucune facture", "hp_admin.sans_activite", value=True),)
    table = Table("hp_admin.hp_admin_entries", columns, rows)
    return Paper("hp", "Factures HP et Administration", "POSitouch, listes mémo", "hp_admin", nil, table)


def _screens(day: Figures) -> Iterator[Paper]:
    """What is read at the PMS and typed: Internet, films, rooms by type and by market, no-shows."""
    internet = (
        Line("Code 36.1", "internet.internet_ls_361", day.rooms.others[0]),
        Line("Code 36.5", "internet.internet_ls_365", day.rooms.others[1]),
    )
    yield Paper("internet", "Cashier Details, Internet", "Lightspeed Galaxy", "internet", internet)
    films = (Line("Code 35.2", "sonifi.sonifi_cd_352", day.rooms.film_revenue),)
    units: tuple[dict[str, Value], ...] = tuple(
        {"prix": price, "quantite": count} for price, count in zip(FILMS, day.rooms.films, strict=True)
    )
    table = Table("sonifi.sonifi_unites", (("prix", "Prix du film"), ("quantite", "Quantité")), units)
    yield Paper("sonifi", "Films de la nuit", "Cashier Details, courriel Sonifi de 03 h", "sonifi", films, table)
    club = day.rooms.club_allowance
    lines = (
        Line(f"{day.rooms.club} chambres club, 10,00 $ chacune", "jour.g4_montant", club),
        Line("La même somme, au DBRS", "dbrs.dbrs_daily_rev.club_package", club),
    )
    yield Paper("types", "Room Type Production", "Lightspeed Galaxy", "jour", lines)
    sold = zip(MARKETS, day.rooms.by_market, strict=True)
    rows = tuple(Line(f"{one.code}, ligne {one.row}", f"dbrs.dbrs_market_rows.{one.row}", count) for one, count in sold)
    free = Line("Complimentaires, ligne 62", "dbrs.dbrs_market_rows.62", day.rooms.free)
    yield Paper("segments", "Market Segment Production", "Lightspeed Galaxy", "dbrs", (*rows, free))
    if charged := total(day.rooms.no_shows):
        billed = (
            Line("Ligne « guaranteed no show »", "dbrs.dbrs_daily_rev.guaranteed_no_show", charged),
            Line("No-shows du formulaire", "dbrs.dbrs_form_noshow", charged),
        )
        yield Paper("no-shows", "Liste des no-shows facturés", "Lightspeed Galaxy", "dbrs", billed)
