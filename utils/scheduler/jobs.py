"""``JOBS``: everything that the product does by itself, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from utils.scheduler import steps
from utils.scheduler.agenda import When
from utils.scheduler.work import Job, Step

_HOURS: Final = timedelta(hours=1)

JOBS: Final[Mapping[str, Job]] = {
    "jeton": Job(
        "Liaison avec Lightspeed renouvelée",
        When("jeton", catch_up=4 * _HOURS, same_day=True),
        (Step("jeton", "Renouveler la liaison", steps.keep_connection),),
        again=True,
        help="Le soir : une liaison perdue se voit avant que la nuit en ait besoin.",
    ),
    "synchro": Job(
        "Synchronisation de la nuit",
        When("synchro", catch_up=24 * _HOURS),
        (Step("synchro", "Remplir la nuit d’après Lightspeed", steps.synchronise),),
        watched=True,
        again=True,
        help="Dès que Lightspeed a fermé la date, jusqu’à l’heure où l’on y renonce.",
    ),
    "sauvegarde": Job(
        "Sauvegarde du livre",
        When("sauvegarde", catch_up=18 * _HOURS),
        (
            Step("ecrire", "Écrire la sauvegarde et la relire", steps.back_up),
            Step("elaguer", "Supprimer les sauvegardes échues", steps.prune_backups),
        ),
        of_hotel=False,
        watched=True,
        again=True,
        help="Chiffrée, relue en entier, gardée dans le dossier des données.",
    ),
    "conservation": Job(
        "Traces échues supprimées",
        When("conservation", catch_up=18 * _HOURS),
        (Step("purger", "Supprimer ce dont la durée est passée", steps.purge),),
        of_hotel=False,
        again=True,
        help="Jamais une nuit ni le journal; rien d’un hôtel dont la conservation est gelée.",
    ),
}
"""The jobs by their key, in the order of the page; those of the installation follow the clock of the first hotel."""
