"""The settings of an installation: one table, read from the environment, refused in production when unsafe.

A line of `Settings` is the whole declaration of a setting: its name in the environment is the name of the field in
capitals, its annotation is its type, then come its default and the sentence that explains it. `env.example`, the
messages of refusal and the Flask configuration all follow from there.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from config.production import unsafe
from utils.dates import check_clock

T = TypeVar("T")

ROOT: Final = Path(__file__).resolve().parent.parent
"""The directory of the project: relative paths start there."""

PORTS: Final = range(1, 65536)
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
YES: Final = ("oui", "1", "true", "yes", "on")
NO: Final = ("non", "0", "false", "no", "off")
_MEANS_PRODUCTION: Final = ("secret_key", "mail_server", "lightspeed_client_secret")


class SettingsError(ValueError):
    """The environment asks for something impossible or unsafe; every reason is given at once, in French."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("Configuration refusée :\n" + "\n".join(f"- {reason}" for reason in reasons))


def setting(default: T, explanation: str, accepted: range | tuple[str, ...] | Callable[[str], None] = ()) -> T:
    """One line of the table: the default, what a person reads about it in `env.example`, the values allowed.

    Values that no list can hold are allowed by a function, which raises ValueError with a French sentence.
    """
    declared: T = field(default=default, metadata={"help": explanation, "accepted": accepted})
    return declared


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """Every setting of the application, read by `Settings.from_env()`. No repr: it holds secrets."""

    demo: bool = setting(
        True,
        "Mode de démonstration : hôtel fictif, comptes connus, clé fabriquée. Sans valeur : oui tant que "
        "ni SECRET_KEY, ni PostgreSQL, ni le courriel, ni Lightspeed ne sont configurés.",
    )
    secret_key: str = setting("", "Clé qui signe les sessions et le journal : 32 caractères au hasard, à garder.")
    secret_key_fallbacks: tuple[str, ...] = setting((), "Anciennes clés, par des virgules : elles prouvent et ouvrent.")
    sauvegarde_cle: str = setting(
        "", "Clé qui chiffre les sauvegardes, 32 caractères au hasard. Sans valeur : une clé tirée de SECRET_KEY."
    )
    sauvegarde_dossier: str = setting(
        "sauvegardes", "Dossier des sauvegardes de chaque nuit; un chemin relatif part du dossier des données."
    )
    sauvegarde_jours: int = setting(30, "Nombre de jours où une sauvegarde de nuit est gardée.", range(1, 3651))
    automatismes: bool = setting(
        True, "Fait de lui-même, dans le serveur, ce qui a une heure : synchronisation, courriels, sauvegarde."
    )
    horloge: str = setting(
        "",
        "Heure d’où part l’horloge du serveur, pour voir passer une nuit sans l’attendre : 02:59, ou 2026-11-29 02:59, "
        "à l’heure de l’hôtel de démonstration. En démonstration seulement.",
        check_clock,
    )
    metriques_jeton: str = setting(
        "", "Jeton demandé par /metrics (Authorization: Bearer). Sans valeur : la machine elle-même seulement."
    )
    instance_path: str = setting("instance", "Dossier des données; un chemin relatif part du dossier du projet.")
    database_url: str = setting("", "Base de données. Sans valeur : SQLite dans le dossier des données.")
    host: str = setting("127.0.0.1", "Adresse où le serveur écoute.")
    port: int = setting(5000, "Port où le serveur écoute.", PORTS)
    adresse_publique: str = setting(
        "", "Adresse où l’on trouve l’application (https://rj.exemple.ca), pour les liens des courriels."
    )
    hotes: tuple[str, ...] = setting(
        (), "Noms sous lesquels l’application répond (rj.exemple.ca), séparés par des virgules. Sans valeur : tous."
    )
    contact_securite: str = setting(
        "", "Où signaler une faille (mailto:… ou https://…), dit à /.well-known/security.txt. Sans valeur : 404."
    )
    trusted_proxies: int = setting(0, "Nombre de mandataires de confiance devant l’application (X-Forwarded-*).")
    session_hours: int = setting(12, "Durée d’une session, en heures : une nuit complète de travail.", range(1, 169))
    idle_minutes: int = setting(180, "Minutes sans rien faire après lesquelles une session se ferme.", range(5, 1441))
    verrou_minutes: int = setting(
        30, "Minutes sans rien faire après lesquelles l’écran d’un poste se verrouille; 0 : jamais.", range(1441)
    )
    second_facteur: bool = setting(
        True,
        "Exige un second facteur de la direction générale, du contrôle et de l’administration; sans effet en "
        "démonstration.",
    )
    max_body_bytes: int = setting(2_000_000, "Taille maximale d’une requête, en octets.", range(1_000, 100_000_001))
    log_level: str = setting(
        "INFO",
        "Niveau de détail du journal technique. INFO écrit une ligne par requête; en démonstration il faut DEBUG, pour "
        "que l’adresse à ouvrir reste à l’écran.",
        LOG_LEVELS,
    )
    flask_debug: bool = setting(False, "Mode de mise au point de Flask; refusé en production.")
    lightspeed_enabled: bool = setting(True, "Permet la liaison avec Lightspeed.")
    lightspeed_base_url: str = setting("https://api.lsk.lightspeed.app", "Adresse de l’API de Lightspeed.")
    lightspeed_auth_url: str = setting(
        "", "Adresse du serveur d’autorisation de Lightspeed. Sans valeur : celle de l’API."
    )
    lightspeed_redirect_uri: str = setting(
        "", "Adresse exacte où Lightspeed renvoie après l’autorisation (https://…/api/lightspeed/callback)."
    )
    lightspeed_client_id: str = setting(
        "",
        "Identifiant du client OAuth de Lightspeed, pour le premier hôtel réel : avec le secret et l’hôtel, donne sa "
        "liaison une seule fois; ensuite sa page Lightspeed gouverne. Sans effet en démonstration.",
    )
    lightspeed_client_secret: str = setting("", "Secret du client OAuth de Lightspeed, pour le premier hôtel réel.")
    lightspeed_property_id: str = setting("", "Identifiant du premier hôtel réel chez Lightspeed.")
    lightspeed_grant: str = setting(
        "code",
        "Façon de se relier du premier hôtel réel : « code », une personne autorise l’accès à la page de Lightspeed; "
        "« client », les identifiants suffisent.",
        ("code", "client"),
    )
    marsha_enabled: bool = setting(True, "Permet l’envoi du DBRS à MARSHA.")
    marsha_base_url: str = setting(
        "", "Adresse de l’API de MARSHA (https://…). Sans valeur : aucun hôtel réel ne peut s’y relier."
    )
    marsha_auth_url: str = setting("", "Adresse du serveur d’autorisation de MARSHA. Sans valeur : celle de l’API.")
    marsha_redirect_uri: str = setting(
        "", "Adresse exacte où MARSHA renvoie après l’autorisation (https://…/api/marsha/callback)."
    )
    marsha_grant: str = setting(
        "client",
        "Façon de se relier à MARSHA : « client », les identifiants suffisent; « code », une personne y consent.",
        ("code", "client"),
    )
    mail_server: str = setting("", "Serveur SMTP. Sans valeur : aucun courriel n’est envoyé.")
    mail_port: int = setting(587, "Port du serveur SMTP.", PORTS)
    mail_use_tls: bool = setting(True, "Chiffre la liaison avec le serveur SMTP (STARTTLS).")
    mail_username: str = setting("", "Nom d’utilisateur du serveur SMTP.")
    mail_password: str = setting("", "Mot de passe du serveur SMTP.")
    mail_default_sender: str = setting("", "Adresse de l’expéditeur des courriels.")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; raises `SettingsError` with every reason when something is wrong or unsafe."""
        given = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        reasons: list[str] = []
        for one in fields(cls):
            text = given.get(one.name.upper(), "").strip()
            if not text:
                continue
            try:
                values[one.name] = _parse(one, text)
            except ValueError as error:
                reasons.append(f"{one.name.upper()} : {error}")
        read = cls(**values)
        if "demo" not in values:
            # someone who began to configure a real installation never gets a demonstration by a silent accident
            real = any(getattr(read, name) for name in _MEANS_PRODUCTION) or read.database_uri.startswith("postgresql")
            read = replace(read, demo=not real)
        reasons += [] if read.demo else unsafe(read)
        if reasons:
            raise SettingsError(reasons)
        return read

    @property
    def instance_dir(self) -> Path:
        """Where the data of the installation lie, as an absolute path."""
        return ROOT / self.instance_path

    @property
    def backup_dir(self) -> Path:
        """Where the backups of each night lie, as an absolute path."""
        return self.instance_dir / self.sauvegarde_dossier

    @property
    def database_uri(self) -> str:
        """The address of the database, as SQLAlchemy reads it."""
        if not self.database_url:
            return f"sqlite:///{self.instance_dir / 'rj.db'}"
        scheme, separator, rest = self.database_url.partition("://")
        return f"postgresql{separator}{rest}" if scheme == "postgres" else self.database_url

    def with_secret_key(self) -> Settings:
        """These settings with a key: in demo mode one is made on first use and kept, readable by its owner only."""
        return self if self.secret_key else replace(self, secret_key=kept_secret(self.instance_dir / "cle_secrete"))


def kept_secret(path: Path) -> str:
    """The secret kept in a file of mode 0600, made on first use; two processes at once agree on one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _parse(declared: Field[Any], text: str) -> bool | int | str | tuple[str, ...]:
    """The text of one setting as its type; raises ValueError with a French sentence."""
    value = _PARSERS[str(declared.type)](text)
    accepted = declared.metadata["accepted"]
    if callable(accepted):
        accepted(text)
    elif accepted and value not in accepted:
        choice = f"de {accepted[0]} à {accepted[-1]}" if isinstance(accepted, range) else ", ".join(accepted)
        raise ValueError(f"« {text} » n’est pas accepté; valeurs possibles : {choice}.")
    return value


def _bool(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValueError(f"« {text} » n’est ni « oui » ni « non ».")


def _int(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"« {text} » n’est pas un nombre entier.")
    return int(text)


_PARSERS: Final[dict[str, Callable[[str], bool | int | str | tuple[str, ...]]]] = {
    "bool": _bool,
    "int": _int,
    "str": str,
    "tuple[str, ...]": lambda text: tuple(word for part in text.split(",") if (word := part.strip())),
}
