"""What the digest says of the brand: where the DBRS stands, and the set beside our night."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection

from database import marsha, nights
from utils import french
from utils.actions.notifications.chart import ABSENT
from utils.marsha.benchmarks import Trio, exact, indices

STANDS: Final = {
    "a_envoyer": "à envoyer",
    "en_envoi": "en envoi",
    "recu": "reçu, à valider",
    "accepte": "accepté",
    "rejete": "rejeté",
    "refuse": "refusé avant l’envoi",
    "retire": "retiré",
    "remplace": "remplacé",
}
"""The states of a submission in a letter."""

SIMULATION: Final = " (Simulation)"


def dbrs_words(connection: Connection, property_id: int, day: date) -> str | None:
    """« DBRS à MARSHA : accepté, envoi 1 (Simulation). »; nothing when none was prepared."""
    found = marsha.of_date(connection, property_id, day)
    if not found:
        return None
    sent, first = found[0], found[0].errors[0] if found[0].errors else {}
    simulation = SIMULATION if sent.source == "demo" else ""
    why = sent.error or first.get("message", "") if sent.status in ("rejete", "refuse") else ""
    said = f" {french.typographic(str(why)).rstrip('.')}." if why else ""
    return f"DBRS à MARSHA : {STANDS[sent.status]}, envoi {sent.sequence}{simulation}.{said}"


def market_words(connection: Connection, property_id: int, day: date) -> list[tuple[str, str]]:
    """The indices and the rank, in words; nothing of a set that is not there or too small to be shown."""
    kept = marsha.benchmark(connection, property_id, day)
    rows = nights.list_nights(connection, property_id, day, day)
    if kept is None or not kept.shown or not rows:
        return []
    mine = exact(rows[0].rooms_sold, rows[0].rooms_available, rows[0].room_revenue)
    found = indices(mine, Trio(kept.occupancy, kept.adr, kept.revpar))
    simulation = SIMULATION if kept.source == "demo" else ""
    rank = f"{kept.rank} de {kept.rank_of}" if kept.rank is not None else ABSENT
    labels = (("MPI, occupation", found.mpi), ("ARI, moyenne par chambre", found.ari), ("RGI, REVCD", found.rgi))
    words = [(f"{label}{simulation}", ABSENT if value is None else french.number(value)) for label, value in labels]
    return [*words, (f"Rang{simulation}", rank)]
