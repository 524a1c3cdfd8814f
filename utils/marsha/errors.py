"""What may go wrong with MARSHA; every message is a French sentence that holds no secret and no personal data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from utils.lightspeed.errors import LightspeedAPIError, LightspeedConfigError, LightspeedError
from utils.lightspeed.tokens import UNREADABLE

ALTERED: Final = "altere"

_SAID: Final[Mapping[str, str]] = {
    "configuration": "MARSHA n’est pas configuré pour cet hôtel.",
    UNREADABLE: "Les secrets gardés ne s’ouvrent plus : les taper de nouveau.",
    "reconnecter": "La liaison avec MARSHA est perdue : un gestionnaire doit la rétablir.",
    "portee": "MARSHA n’accorde pas l’envoi du DBRS : rétablir la liaison.",
    "etat": "Ce retour de MARSHA n’est pas attendu : recommencer la liaison.",
    "refus": "MARSHA refuse la liaison : vérifier l’identifiant et le secret.",
    "signature": "MARSHA refuse la signature : vérifier la clé de signature et l’horloge.",
    "absent": "MARSHA n’a rien à cette adresse : vérifier le code de l’hôtel.",
    "requete": "MARSHA ne comprend pas la demande.",
    "occupe": "MARSHA demande d’attendre.",
    "serveur": "MARSHA est en panne pour le moment.",
    "reseau": "MARSHA ne répond pas.",
    "delai": "MARSHA met trop de temps à répondre.",
    "taille": "La réponse de MARSHA est trop grosse.",
    "inattendu": "La réponse de MARSHA n’est pas celle du contrat.",
    "redirection": "MARSHA renvoie vers une autre adresse : refusé.",
    ALTERED: "Ce DBRS n’est pas celui que dit le journal : écrit ou modifié hors de RJ Natif, il ne part pas.",
    "conflit": "MARSHA tient déjà une autre version de cette date.",
}


class MarshaError(Exception):
    """Something kept an exchange from ending well; ``kind`` is a stable word for programs.

    ``retry_after`` is in seconds. ``lasting``: asking again as it is would not help.
    """

    def __init__(self, kind: str, *, status: int | None = None, retry_after: int | None = None) -> None:
        super().__init__(_SAID.get(kind, _SAID["inattendu"]))
        self.kind = kind
        self.status = status
        self.retry_after = retry_after

    @property
    def lasting(self) -> bool:
        """Whether a person must do something first."""
        return self.kind in ("requete", "conflit", ALTERED)


class MarshaConfigError(MarshaError):
    """The hotel is not connected, or not safely; nothing was sent and nothing is invented."""

    def __init__(self, kind: str = "configuration") -> None:
        super().__init__(kind)


@contextmanager
def understood() -> Iterator[None]:
    """Turn what the shared transport and its tokens raise into ours."""
    try:
        yield
    except LightspeedConfigError as error:
        raise MarshaConfigError(error.kind) from None
    except LightspeedAPIError as error:
        raise MarshaError(error.kind, status=error.status, retry_after=error.retry_after) from None
    except LightspeedError as error:
        raise MarshaError(error.kind) from None
    except (requests.RequestException, HTTPError, OSError) as error:
        raise MarshaError("delai" if isinstance(error, requests.Timeout) else "reseau") from None
