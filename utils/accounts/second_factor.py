"""The second factor: a code of six digits that changes every thirty seconds (RFC 6238), or a recovery code once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final, NamedTuple

import pyotp
from flask import current_app

from database import envelope, factors, members, sessions, users
from database.envelope import SealingKey
from database.factors import Device
from database.journal import Actor
from database.transaction import read, write
from utils import dates
from utils.accounts import attempts, heard
from utils.accounts.attempts import CODE, Origin
from utils.accounts.create import AccountError
from utils.accounts.rights import tell

OBLIGED: Final = frozenset({"gm", "controller", "admin"})
"""Roles that must have one when the installation asks for it."""

CODES: Final = 10
SETTING_UP: Final = timedelta(minutes=15)
"""How long the secret of a device waits for its first code."""

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_WRONG: Final = "Ce code n’est pas le bon, ou il a déjà servi. Attendre le suivant, puis recommencer."
_WAIT: Final = "Trop de codes refusés. Attendre quelques minutes."


class Enrolment(NamedTuple):
    """A device about to be set up: its secret, and the address that its QR code holds."""

    secret: str
    address: str


def begin(session_id: int, email: str) -> Enrolment:
    """A secret for an account; the server keeps it in the session, sealed, until its first code is given.

    One is drawn: whoever opens the page again, or loads it twice, is shown the one that still waits.
    """
    if (waiting := begun(session_id, email)) is not None:
        return waiting
    secret = pyotp.random_base32()
    with write() as connection:
        sessions.await_device(connection, session_id, envelope.seal(_keys(), _waiting(session_id), secret), dates.now())
    return _shown(secret, email)


def begun(session_id: int, email: str) -> Enrolment | None:
    """The same secret, with its address again; nothing when none is awaited, or no longer."""
    with read() as connection:
        found = sessions.awaited_device(connection, session_id)
    if found is None or not dates.holds(found[1] + SETTING_UP, dates.now(), SETTING_UP):
        return None
    return _shown(envelope.unseal(_keys(), _waiting(session_id), found[0]), email)


def _shown(secret: str, email: str) -> Enrolment:
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="RJ Natif"))


def confirm(actor: Actor, session_id: int, secret: str, code: str) -> list[str]:
    """Keep the device once its first code was right; the recovery codes, which nobody shows again. Other sessions end.

    The password was asked again before: an unattended desk attaches no telephone.
    """
    user_id = actor.id or 0
    step = _step(secret, code)
    if step is None:
        raise AccountError(_WRONG)
    # sixteen letters, 79 bits
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4)) for _ in range(CODES)]
    sealed = envelope.seal(_keys(), _place(user_id), secret)
    with write() as connection:
        at = dates.now()
        factors.enrol(connection, user_id, Device(sealed, step), codes, at)
        members.end_others(connection, user_id, session_id, at)
        sessions.was_coded(connection, session_id, at)
        heard.warn(connection, user_id, "Un second facteur a été ajouté à votre compte.", at)
        heard.said(connection, user_id, "second facteur ajouté", "a un nouveau second facteur", at)
        tell(connection, actor, user_id, "second facteur ajouté")
    return codes


def enrolled(user_id: int) -> bool:
    """Whether the account has a device."""
    with read() as connection:
        return factors.device_of(connection, user_id) is not None


def left(user_id: int) -> int:
    """How many recovery codes the account has left."""
    with read() as connection:
        return factors.codes_left(connection, user_id)


def check(user_id: int, given: str, origin: Origin) -> None:
    """Accept a code of the device or a recovery code, once; refuses with a sentence, and slows who guesses."""
    at = dates.now()
    with write() as connection:
        email = users.email_of(connection, user_id)
        waits = attempts.count(connection, CODE, email, origin, at)
        device = factors.device_of(connection, user_id)
    if waits:
        heard.refused(CODE, email, origin, at)
        raise AccountError(_WAIT)
    if device is None:
        raise AccountError(_WRONG)
    code = "".join(given.split()).lower()
    secret = envelope.unseal(_keys(), _place(user_id), device.secret)
    step = _step(secret, code)
    with write() as connection:
        good = (
            factors.accept_step(connection, user_id, step)
            if step is not None
            else factors.use_code(connection, user_id, code, at)
        )
        if good:
            attempts.succeed(connection, CODE, email, origin)
            if not envelope.is_current(_keys(), device.secret):
                factors.reseal(connection, user_id, envelope.seal(_keys(), _place(user_id), secret))
            if step is None:
                name = users.names(connection, {user_id})[user_id]
                tell(connection, Actor(user_id, name), user_id, "code de récupération utilisé")
                heard.warn(connection, user_id, "Un code de récupération de votre compte a servi.", at)
                heard.said(
                    connection,
                    user_id,
                    "code de récupération utilisé",
                    "s’est connecté par un code de récupération",
                    at,
                )
    if not good:
        heard.refused(CODE, email, origin, at)
        raise AccountError(_WRONG)


def remove(actor: Actor) -> None:
    """Forget one's own device."""
    with write() as connection:
        factors.forget(connection, actor.id or 0)
        heard.warn(connection, actor.id or 0, "Le second facteur de votre compte a été retiré.", dates.now())
        tell(connection, actor, actor.id or 0, "second facteur retiré")


def _step(secret: str, code: str) -> int | None:
    """The time step of a code, the one before and the one after being accepted: clocks differ."""
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004 - six digits
        return None
    totp = pyotp.TOTP(secret)
    now = int(dates.now().timestamp()) // totp.interval
    return next(
        (step for step in (now, now - 1, now + 1) if secrets.compare_digest(totp.generate_otp(step), digits)), None
    )


def _keys() -> tuple[SealingKey, ...]:
    given = (current_app.config["SECRET_KEY"], *current_app.config["FORMER_KEYS"])
    return envelope.sealing_keys(*given)


def _waiting(session_id: int) -> str:
    return f"user_sessions:{session_id}:pending_secret"


def _place(user_id: int) -> str:
    return f"second_factors:{user_id}:secret"
