"""The guide of the night hour by hour, and the words of the trade."""

from __future__ import annotations

from typing import Final, NamedTuple

from utils.presentation.night_page import short
from utils.rj.catalogue import BY_KEY, NUMBERS


class Hour(NamedTuple):
    """A stretch of the night: what each auditor does, and the tabs it fills; ``when`` may name a set hour.

    A tab is named by its key; what of it is filled then, in brackets, when it is filled at two hours.
    """

    when: str
    back: str
    front: str
    tabs: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The tabs by their number and their name on the rail: « 6, SD · 8, HP / Admin »."""
        found = (one.partition(" ") for one in self.tabs)
        return " · ".join(f"{NUMBERS[key]}, {short(BY_KEY[key])}{space}{part}" for key, space, part in found)


HOURS: Final = (
    Hour(
        "23:00",
        "Relève; ouvrir la nuit, vérifier ce qui est repris de la veille",
        "Relève, sessions, réveils",
        ("controle",),
    ),
    Hour(
        "23:15 à 01:00",
        "Trier enveloppes et coupons par paiement, imprimer le Cashier Detail; ajustements; due backs; nettoyeur",
        "Listes de groupes, clés des banquets, petits soldes",
        ("dueback",),
    ),
    Hour("01:30", "", "PART 1 : rapports d’avant audit, il ne doit rester aucune arrivée"),
    Hour(
        "00:30 à 02:30",
        "Compter le coffre; rapports POSitouch; HP; Recap; enveloppes; SetD; frais de chambre, téléphone, films",
        "Corrections Internet aux folios, feuille de pourboires",
        ("sd", "hp_admin", "recap", "setd"),
    ),
    Hour(
        "02:30 à 02:55",
        "Fermer les terminaux Moneris, imprimer le rapport Établissement",
        "",
        ("transelect (restaurant)",),
    ),
    Hour("03:00", "Donner le feu vert", "PART 2 : chambres et taxes (PMS arrêté de 10 à 15 minutes); PART 3 : audit"),
    Hour(
        "03:15 à 05:30",
        "Courriel Sonifi; Internet; FreedomPay et Daily Revenue; bilan du système; Jour; Quasimodo",
        "Listes d’après audit, no-shows",
        ("sonifi", "internet", "transelect (réception)", "geac", "jour", "quasimodo"),
    ),
    Hour("05:30 à 06:00", "DBRS, Sommaire, soumettre", "Facturer les no-shows, journaux", ("dbrs", "sommaire")),
    Hour("rj_attendu", "Le RJ est attendu; une alerte part s’il n’est pas soumis", ""),
    Hour("digest", "Le bilan du matin part à la direction", ""),
)

GLOSSARY: Final = (
    ("RJ, Jour", "Rapport journalier des revenus; son onglet maître"),
    ("PART", "La coupure de 03 h qui ferme la journée du PMS"),
    ("Lecture, Correction, Net", "Ce que le système imprime, la correction à la main, leur somme"),
    ("Comptant, chèque", "Argent et chèques reçus dans la journée"),
    ("Remboursement gratuité", "Pourboires chargés, remis en argent aux serveurs"),
    ("Remboursement client, débours", "Argent sorti : clients, débours, remboursements aux serveurs"),
    ("Due back réception", "Variation des fonds gardés par les réceptionnistes; N/B : nourriture et boisson"),
    ("Surplus, déficit (S et D)", "Argent en trop ou manquant"),
    ("SD", "Sommaire journalier des dépôts : une ligne par enveloppe"),
    ("Montant, Vérifié, Remboursement, Variance", "Déclaré, compté, remis, écart"),
    ("SetD", "Registre du mois des surplus et déficits, par personne et par compte"),
    ("Argent reçu", "Comptant brut, avant les remboursements"),
    ("Transelect", "Réconciliation des cartes : terminaux, POSitouch, PMS"),
    ("X20, variance générale", "Terminaux moins POSitouch, plus terminaux de réception moins PMS"),
    ("Escompte", "Ce que la banque retient sur une carte"),
    ("GEAC, UX", "Contrôle du PMS : Cash Out, grand livre clients, comptes à recevoir, dépôts"),
    ("Facture directe", "Compte transféré du client aux comptes à recevoir"),
    ("Comptes à recevoir", "Ce que les entreprises doivent à l’hôtel"),
    ("Dépôt en main", "Dépôts reçus d’avance et pas encore appliqués"),
    ("Forfait, différence forfait", "Chambre vendue avec autre chose; l’écart entre les deux façons de le compter"),
    ("G4, allocation club", "Part de nourriture des chambres club, sortie du revenu chambres"),
    ("HP, Administration", "Nourriture et boisson offertes à l’interne (paiements 15 et 14 du POS)"),
    (
        "Différence de caisse",
        "Ce qui manque pour que l’ouverture et les mouvements donnent la fermeture; elle s’explique",
    ),
    ("Louées, occupées, complimentaires", "Vendues; vendues et offertes; offertes"),
    ("Hors d’usage, à refaire, disponibles", "En réparation; à nettoyer; au total de l’hôtel"),
    ("Moyenne par chambre, REVCD", "Revenu par chambre louée (ADR); revenu par chambre disponible (RevPAR)"),
    ("Quasimodo", "Preuve globale : cartes et dépôts contre le net du RJ; journal de banque"),
    ("DBRS", "Sommaire d’affaires du jour, pour la bannière"),
    ("Sommaire, soumettre, verrouiller", "Les contrôles de la nuit; la remettre; la fermer pour de bon"),
)
"""Each term of the screens, with what it means; from the glossary of the domain reference."""
