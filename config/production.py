"""What production refuses of the settings, each reason as a French sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from config.settings import Settings

SHORTEST_KEY: Final = 32
CREDENTIALS_GO: Final = (
    *(f"lightspeed_{one}" for one in ("base_url", "auth_url", "redirect_uri")),
    *(f"marsha_{one}" for one in ("base_url", "auth_url", "redirect_uri")),
    "adresse_publique",
)
"""Settings that are addresses where credentials, or links that open a door, travel."""

_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def unsafe(settings: Settings) -> list[str]:
    """What production refuses, each as a sentence that says what to do."""
    reasons = []
    if not settings.secret_key:
        reasons.append("SECRET_KEY manque. En fabriquer une, la garder, ou mettre DEMO=oui pour une démonstration.")
    reasons += [
        f"{name} est trop courte ou trop simple : il faut au moins {SHORTEST_KEY} caractères au hasard."
        for name, keys in (
            ("SECRET_KEY", (settings.secret_key,)),
            ("SECRET_KEY_FALLBACKS", settings.secret_key_fallbacks),
            ("SAUVEGARDE_CLE", (settings.sauvegarde_cle,)),
            ("METRIQUES_JETON", (settings.metriques_jeton,)),
        )
        for key in keys
        if key and (len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 4)  # or a few characters over and over
    ]
    if settings.horloge:
        reasons.append("HORLOGE ne se règle qu’en démonstration : une vraie nuit a l’heure de la machine.")
    if settings.flask_debug:
        reasons.append("FLASK_DEBUG=oui montre le code à tout le monde : mettre « non » en production.")
    reasons += [
        f"{name.upper()} doit commencer par « https:// » : les identifiants y voyagent."
        for name in CREDENTIALS_GO
        # what goes there is encrypted, or never leaves the machine
        if (url := getattr(settings, name))
        and not ((parts := urlsplit(url)).scheme == "https" or parts.hostname in _LOOPBACK)
    ]
    if settings.contact_securite and not settings.contact_securite.startswith(("mailto:", "https://")):
        reasons.append("CONTACT_SECURITE doit commencer par « mailto: » ou « https:// ».")
    return reasons + (_unsafe_mail(settings) if settings.mail_server else [])


def _unsafe_mail(settings: Settings) -> list[str]:
    """What would make mails leak a password, lead nowhere or be refused as nobody’s."""
    reasons = []
    if not settings.mail_use_tls and (settings.mail_username or settings.mail_server not in _LOOPBACK):
        reasons.append("MAIL_USE_TLS=non enverrait le mot de passe et les liens en clair : mettre « oui ».")
    if not settings.adresse_publique:
        reasons.append("ADRESSE_PUBLIQUE manque : les liens des courriels ne mèneraient nulle part.")
    if not settings.mail_default_sender:
        reasons.append("MAIL_DEFAULT_SENDER manque : les courriels ne seraient de personne.")
    return reasons
