"""``JOBS``: everything that the product does by itself, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from utils.scheduler import mails, marsha_steps, steps
from utils.scheduler.timetable import When
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
    "synchro_reservations": Job(
        "Réservations en main gardées",
        When("synchro", catch_up=24 * _HOURS),
        (Step("garder", "Garder ce qui est réservé pour l’année qui vient", steps.keep_books),),
        again=True,
        help="Chaque nuit, dès que Lightspeed a fermé la date : personne ne peut le refaire plus tard.",
    ),
    "synchro_avis": Job(
        "Avis d’une synchronisation qui tarde",
        When("synchro_avis", catch_up=4 * _HOURS),
        (Step("aviser", "Aviser que la nuit n’est pas remplie", mails.warn_of_sync),),
        help="Seulement si la nuit n’est pas remplie à cette heure.",
    ),
    "rj_attendu": Job(
        "RJ attendu",
        When("rj_attendu", catch_up=18 * _HOURS),
        (Step("aviser", "Aviser que le RJ manque ou n’est pas soumis", mails.tell_late),),
        watched=True,
        help="Le RJ doit être soumis; sinon des gens l’apprennent, puis d’autres si personne ne répond.",
    ),
    "digest": Job(
        "Bilan du matin",
        When("digest", catch_up=18 * _HOURS),
        (Step("ecrire", "Écrire le bilan de la nuit", mails.send_digest),),
        watched=True,
        help="Écrit dans tous les cas, que la nuit soit verrouillée, préliminaire ou absente.",
    ),
    "marsha": Job(
        "Envois à MARSHA",
        When("minuit", catch_up=24 * _HOURS, same_day=True, all_day=True),
        (Step("envoyer", "Envoyer les DBRS qui attendent, demander leur validation", marsha_steps.send_waiting),),
        of_hotel=False,
        again=True,
        help="À chaque demi-minute : le DBRS d’une nuit verrouillée part une seule fois, et son reçu est gardé.",
    ),
    "marsha_reperes": Job(
        "Repères de MARSHA",
        When("marsha_reperes", catch_up=18 * _HOURS),
        (Step("demander", "Demander l’ensemble concurrentiel et le rang", marsha_steps.fetch_benchmarks),),
        again=True,
        help="Ceux de la nuit, et ceux de la semaine qui n’étaient pas définitifs.",
    ),
    "marsha_recus": Job(
        "Reçu de MARSHA attendu",
        When("marsha_recus", catch_up=12 * _HOURS),
        (Step("aviser", "Aviser que le DBRS n’a pas de reçu", marsha_steps.look_for_receipts),),
        help="Seulement si l’hôtel envoie à MARSHA et qu’aucun reçu n’est là à cette heure.",
    ),
    "hebdo": Job(
        "Bilan de la semaine",
        When("digest", catch_up=48 * _HOURS, weekly=True),
        (Step("ecrire", "Écrire le bilan des sept nuits", mails.send_weekly),),
        watched=True,
        help="Le jour choisi, à l’heure du bilan du matin.",
    ),
    "courriels": Job(
        "Courriels et rappels",
        When("minuit", catch_up=24 * _HOURS, same_day=True, all_day=True),
        (Step("envoyer", "Envoyer ce qui attend", mails.deliver),),
        of_hotel=False,
        again=True,
        help="À chaque demi-minute : ce qui attend part, et ce qui reste sans réponse est rappelé.",
    ),
    "sauvegarde": Job(
        "Sauvegarde du livre",
        When("sauvegarde", catch_up=18 * _HOURS),
        (
            Step("ecrire", "Écrire la sauvegarde et la relire", steps.back_up),
            Step("relire", "Relire la base, page par page", steps.look_for_damage),
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
