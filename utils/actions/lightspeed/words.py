"""The words and the order of a synchronisation, shared by the action, the API and the page."""

from __future__ import annotations

from typing import Final

from utils.lightspeed import reports as r
from utils.lightspeed.figures import reports_of

ORDER: Final = ("controle", "recap", "transelect", "geac", "internet", "sonifi", "jour", "dbrs")
"""The order in which tabs are looked at."""

SYNCED_TABS: Final = tuple(tab for tab in ORDER if reports_of(tab))
"""The tabs that the PMS fills."""

BY_HAND: Final = {
    "controle": "Se remplit à la main; l’hôtel et les arrivées du jour se lisent au PMS, à titre d’information.",
    "dueback": "Se remplit à la main : rapports de caisse des réceptionnistes.",
    "sd": "Se remplit à la main : enveloppes comptées.",
    "setd": "Se remplit à la main : écarts par personne.",
    "hp_admin": "Se remplit à la main : bons d’hôtel promotion et d’administration.",
    "internet": "Reste à la main : Lightspeed donne le total des codes 36.1 et 36.5, qui entre au Jour; "
    "le détail de chacun n’est pas encore offert.",
    "sonifi": "Reste à la main : le rapport de films arrive par courriel; le code 35.2 n’est pas encore offert.",
}
"""Why a tab is not filled by the PMS."""

COMPUTED: Final = {
    "quasimodo": "Se calcule seul à partir des autres onglets.",
    "sommaire": "Se calcule seul à partir des autres onglets.",
}

LABELS: Final[dict[type, str]] = {
    r.DailyRevenue: "Revenus du jour",
    r.RoomStatistics: "Statistiques des chambres",
    r.ArBalance: "Grands livres",
    r.ArAging: "Comptes par âge",
    r.CashierReport: "Caisses",
    r.CardSettlements: "Lots de cartes",
    r.NoShows: "Non-présentations",
    r.MarketSegments: "Segments de marché",
}
"""The reports of a synchronisation. The guests in the house are not among them: nothing of the night comes from it."""

HOME: Final[dict[type, str]] = {
    r.DailyRevenue: "jour",
    r.RoomStatistics: "jour",
    r.ArBalance: "geac",
    r.CashierReport: "recap",
    r.CardSettlements: "transelect",
    r.NoShows: "dbrs",
}
"""The tab that tells what must be known of a report, once."""

SHOWN_ONLY: Final = (r.ArAging, r.MarketSegments)
"""Reports that fill nothing: they are shown beside the night."""

NOT_CLOSED: Final = "Lightspeed n’a pas encore fermé cette date : ces chiffres ne sont qu’un aperçu."
GONE: Final = "Lightspeed n’a plus ce rapport pour cette date; les chiffres de sa révision {} restent."
OLDER: Final = "Lightspeed donne la révision {} après la révision {} : rien n’en est repris."
DEMO_REFUSED: Final = "Des chiffres de démonstration n’entrent jamais dans un hôtel réel."
