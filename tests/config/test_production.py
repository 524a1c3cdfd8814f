"""What production refuses, each with a sentence that says what to do."""

from dataclasses import replace

import pytest

from config.production import unsafe
from config.settings import Settings

KEY = "0123456789abcdefghijklmnopqrstuvwxyz"
SAFE = Settings(secret_key=KEY)
MAIL = replace(
    SAFE,
    mail_server="smtp.exemple.ca",
    mail_use_tls=True,
    mail_default_sender="rj@exemple.ca",
    adresse_publique="https://rj.exemple.ca",
)


def said(settings, **changed):
    return unsafe(replace(settings, **changed))


def test_safe_settings_are_refused_nothing():
    assert unsafe(SAFE) == unsafe(MAIL) == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"secret_key": ""}, "SECRET_KEY manque."),
        ({"secret_key": "court"}, "SECRET_KEY est trop courte"),
        ({"secret_key": "ab" * 30}, "SECRET_KEY est trop courte ou trop simple"),
        ({"secret_key_fallbacks": ("court",)}, "SECRET_KEY_FALLBACKS est trop courte"),
        ({"sauvegarde_cle": "court"}, "SAUVEGARDE_CLE est trop courte"),
        ({"metriques_jeton": "court"}, "METRIQUES_JETON est trop courte"),
        ({"flask_debug": True}, "FLASK_DEBUG=oui"),
        ({"adresse_publique": "http://rj.exemple.ca"}, "ADRESSE_PUBLIQUE doit commencer par « https:// »"),
        ({"lightspeed_base_url": "http://pms.exemple.ca"}, "LIGHTSPEED_BASE_URL doit commencer"),
        ({"contact_securite": "x@exemple.ca"}, "CONTACT_SECURITE doit commencer"),
    ],
)
def test_what_is_unsafe_has_its_reason(changed, reason):
    (found,) = said(SAFE, **changed)
    assert found.startswith(reason)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "https://rj.exemple.ca"])
def test_what_never_leaves_the_machine_need_not_be_encrypted(url):
    assert said(SAFE, adresse_publique=url) == []


@pytest.mark.parametrize("contact", ["mailto:x@exemple.ca", "https://exemple.ca/securite"])
def test_a_contact_is_an_address_that_a_program_may_follow(contact):
    assert said(SAFE, contact_securite=contact) == []


def test_a_mail_needs_encryption_a_sender_and_an_address_to_lead_to():
    assert [
        one.partition(" ")[0] for one in said(MAIL, mail_use_tls=False, adresse_publique="", mail_default_sender="")
    ] == [
        *("MAIL_USE_TLS=non", "ADRESSE_PUBLIQUE", "MAIL_DEFAULT_SENDER"),
    ]
    assert said(MAIL, mail_use_tls=False, mail_server="127.0.0.1") == []
    assert len(said(MAIL, mail_use_tls=False, mail_server="127.0.0.1", mail_username="x")) == 1
