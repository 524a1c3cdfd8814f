"""What a text costs before anybody is trusted: twice the text, about twice the work, up to its bound.

The time counted is that of the processor, the least of several tries; the table is told.
"""

import gc
import json
import time
import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from config.arrival import Arrival
from config.masking import masked_text
from config.signed import SESSION_COOKIE, RecentSessions
from tests.utils.lightspeed.notes import notes_of
from utils.accounts.people import checked_address
from utils.actions.backup_book import kept
from utils.actions.card_numbers import cards_in
from utils.dates import read_date
from utils.demo.hotel import DemoHotel, envelope
from utils.lightspeed import invariants, mapping, oauth
from utils.lightspeed import reports as r
from utils.lightspeed.controls import controls_of
from utils.lightspeed.demo import REPORTS
from utils.lightspeed.figures import figures_of, remarks_of
from utils.lightspeed.legible import folded, legible
from utils.lightspeed.mapping import load
from utils.money import read_typed_money
from utils.notifications.smtp import carried, one_line
from utils.rj.reading import MAX_TEXT, load_json
from utils.rj.reason import says_something
from utils.rj.typed import read_typed
from utils.text import normal, person_key, short, spelled

GROWTH = 2.3
FLOOR_S = 0.0006
"""Below this a doubling says nothing: repeated until it takes as long."""

LONG_S = 0.05

ACCENTS, TURNED = "e" + "\u0301" * 10, "a\u0316\u0301"


def text_of(pattern):
    return lambda size: (pattern * (size // len(pattern) + 1))[:size]


def all_cards(text):
    return list(cards_in(text))


def under_a_long_key(size):
    """Half of it is a key, the other half numbers in a list under it."""
    return {"k" * (size // 2): [1] * (size // 4)}


def twice_at_the_end(size):
    """An object whose last key alone is there again."""
    return ("{" + "".join(f'"{one}":1,' for one in range(size // 9)) + f'"{size // 9 - 1}":1}}').encode()


def run_of_marks(size):
    """One letter under marks in the worst order."""
    return "a" + "\u0316\u0301" * (size // 2)


def dribbled(begun, pattern=b""):
    """What the server does of a request that comes a byte at a time, until it is refused."""

    def come(text):
        arrival = Arrival(begun, 2_000_000)
        for one in text:
            arrival.bytes += pattern or one.encode()
            if arrival.whole() or arrival.too_long:
                return

    return come


def cookie_among(text):
    RecentSessions().bears(b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + text.encode() + b"\r\n\r\n")


def backup_name(text):
    kept(SimpleNamespace(glob=lambda _: [SimpleNamespace(name=text)]))


def token_answer(text):
    """What the token endpoint of the PMS answered, as it is tamed before anything reads it."""
    oauth._tamed(SimpleNamespace(content=text.encode(), status_code=200))


def report(kind):
    """Reports of the PMS with more and more entries, each with texts of its own, in every list that they have."""
    day, hotel = date(2025, 12, 23), DemoHotel("DEMO")
    document = {**envelope(hotel, hotel.account, day, closed=True), **hotel.report(REPORTS[kind], day)}
    document["generatedAt"] = document["closedAt"]

    def made(size):
        return {name: longer(value, size) for name, value in document.items()}

    return made


def longer(value, size):
    """A list of objects repeated up to this size, its codes and names told apart; anything else as it is."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return value
    names = [name for name in value[0] if name in {"code", "brand", "name", "description", "tender", "room", "id"}]
    return [value[n % len(value)] | {name: f"{value[n % len(value)][name]}{n}" for name in names} for n in range(size)]


def read_whole(kind):
    """Everything that is asked of a report once it is here."""

    def look(document):
        about = replace(mapping.read(r.About, document), source="demo", etag="")
        read = mapping.read(kind, document, about=about)
        for ask in (invariants.of_one, figures_of, notes_of, remarks_of, controls_of):
            ask(read)

    look(report(kind)(3))  # what a fault of the test would hide
    return look


CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"

CASES = {
    "cartes : groupes d’un chiffre": (all_cards, text_of("1 "), 64_000),
    "cartes : groupes de quatre": (all_cards, text_of("4111 "), 64_000),
    "cartes : chiffres sans fin": (all_cards, text_of("4"), 64_000),
    "cartes : séparateurs": (all_cards, text_of("1    -"), 64_000),
    "cartes : hexadécimal": (all_cards, text_of("a1"), 64_000),
    "cartes : accents": (all_cards, text_of("1" + "\u0301" * 9), 64_000),
    "cartes : longue clé sur une liste": (all_cards, under_a_long_key, 256_000),
    "somme": (lambda text: read_typed_money("=" + text), text_of("1+"), MAX_TEXT),
    "somme : parenthèses": (lambda text: read_typed_money("=" + text), text_of("("), MAX_TEXT),
    "somme : chiffres": (lambda text: read_typed_money("=" + text), text_of("9"), MAX_TEXT),
    "somme : produits": (lambda text: read_typed_money("=" + text), text_of("9×"), MAX_TEXT),
    "somme : signes": (lambda text: read_typed_money("=" + text), text_of("-"), MAX_TEXT),
    "montant : espaces": (read_typed_money, text_of("1 "), MAX_TEXT),
    "texte tapé": (lambda text: read_typed("text", text), text_of("\u200bé "), MAX_TEXT),
    "JSON : liste": (lambda text: load_json("[" + text + "0]"), text_of("1,"), 128_000),
    "JSON : clés": (lambda text: load_json(json.dumps({f"k{i}": 1 for i in range(len(text))})), text_of("x"), 32_000),
    "JSON : clé répétée": (lambda text: load_json("{" + text + '"a":1}'), text_of('"a":1,'), 64_000),
    "JSON : crochets": (load_json, text_of("["), 64_000),
    "JSON : échappements": (lambda text: load_json('"' + text + '"'), text_of("\\u00e9"), 96_000),
    "JSON : clé répétée à la fin": (load_json, twice_at_the_end, 64_000),
    "PMS : clé répétée": (load, lambda size: ("{" + '"a":1,' * (size // 6) + '"a":1}').encode(), 64_000),
    "PMS : clé répétée à la fin": (load, twice_at_the_end, 64_000),
    "date": (read_date, text_of("2025-"), 16_000),
    "nom : accents en suite": (spelled, run_of_marks, 32_000),
    "nom : lettres accentuées": (person_key, text_of(ACCENTS), 32_000),
    "nom : marques retournées": (person_key, text_of(TURNED), 32_000),
    "nom : jamos": (person_key, text_of("\u1100\u1161\u11a8"), 32_000),
    "nom court": (short, run_of_marks, 32_000),
    "motif": (says_something, run_of_marks, MAX_TEXT * 4),
    "courriel": (checked_address, text_of("a@"), 16_000),
    "courriel : accents": (checked_address, run_of_marks, 16_000),
    "texte du PMS": (legible, run_of_marks, 32_000),
    "nom du PMS": (folded.__wrapped__, run_of_marks, 32_000),
    "courriel : domaine": (checked_address, lambda size: "a@" + "\u30fb" * size + ".ca", 16_000),
    "courriel : étiquettes": (checked_address, lambda size: "a@" + text_of("é.")(size) + "ca", 16_000),
    "courriel : chiffres arabes": (checked_address, lambda size: "a@" + "\u0660" * size + ".ca", 16_000),
    "courriel : à l’envoi": (carried, lambda size: "a@" + "é" * size, 16_000),
    "ce que dit le serveur de courriel": (one_line, text_of("\x00\ud800"), 32_000),
    "nombre qui ressemble : tirets": (read_typed_money, text_of("1-"), MAX_TEXT),
    "nombre qui ressemble : milliers": (read_typed_money, text_of("1 000 000-"), MAX_TEXT),
    "nombre qui ressemble : heures": (read_typed_money, text_of("10:10:"), MAX_TEXT),
    "nombre qui ressemble : fraction": (read_typed_money, text_of("1 1/"), MAX_TEXT),
    "journal technique : courriels": (masked_text, text_of("a@a."), 64_000),
    "journal technique : courriels coupés": (masked_text, text_of("a.a@"), 64_000),
    "journal technique : adresses": (masked_text, text_of("://a:b"), 64_000),
    "journal technique : secrets": (masked_text, text_of("-token"), 64_000),
    "journal technique : secrets ouverts": (masked_text, text_of("token='"), 64_000),
    "journal technique : cartes": (masked_text, text_of("4 "), 64_000),
    "journal technique : porteurs": (masked_text, text_of("Bearer "), 64_000),
    "arrivée : en-têtes octet par octet": (dribbled(b"GET / HTTP/1.1\r\n"), text_of("a"), 32_000),
    "arrivée : espaces octet par octet": (dribbled(b" "), text_of(" "), 32_000),
    "arrivée : morceaux d’un octet": (dribbled(CHUNKED, b"1\r\na\r\n"), text_of("a"), 64_000),
    "arrivée : fin qui ne vient pas": (dribbled(CHUNKED + b"0\r\n"), text_of("a"), 64_000),
    "arrivée : taille qui ne vient pas": (dribbled(CHUNKED), text_of("0"), 64_000),
    "témoin : cherché": (cookie_among, text_of(f"{SESSION_COOKIE}=a; "), 32_000),
    "témoin : presque lui": (cookie_among, text_of(SESSION_COOKIE), 32_000),
    "jeton : texte": (token_answer, lambda size: json.dumps({"access_token": "x" * size}), 1_000_000),
    "jeton : portées": (token_answer, lambda size: json.dumps({"scope": "a " * (size // 2)}), 1_000_000),
    "jeton : clés": (token_answer, lambda size: json.dumps({f"k{n}": n for n in range(size // 14)}), 1_000_000),
    "jeton : crochets": (token_answer, text_of("["), 1_000_000),
    "jeton : durée": (token_answer, lambda size: '{"expires_in": ' + "9" * size + "}", 64_000),
    "fichier : nom de sauvegarde": (backup_name, text_of("rj-2025-12-23-"), 16_000),
    **{f"PMS : entrées de {REPORTS[kind]}": (read_whole(kind), report(kind), 4_000) for kind in REPORTS},
}  # fmt: skip


def cost(action, text):
    """Seconds of processor of one try, the least of seven; of three when they are long."""
    best, repeat = float("inf"), 1
    while True:
        for tried in range(7):
            if tried > 2 and best > LONG_S:
                break
            begun = time.process_time()
            for _ in range(repeat):
                with suppress(Exception):
                    action(text)
            best = min(best, time.process_time() - begun)
        if best >= FLOOR_S or repeat > 5_000:
            return best / repeat
        best, repeat = float("inf"), repeat * 8


def doubled(action, texts):
    """Seconds of processor for a quarter of the bound, a half and the whole; a busy machine is measured again."""
    gc.disable()
    try:
        for _ in range(10):
            seconds = [cost(action, text) for text in texts]
            if growth(seconds) <= GROWTH:
                break
    finally:
        gc.enable()
    return seconds


def growth(seconds):
    """By how much each doubling multiplies, from the first to the last."""
    return (seconds[-1] / seconds[0]) ** 0.5


def told(capsys, what, seconds):
    """Print a line of the table, and refuse what grows faster than what is sent."""
    with capsys.disabled():
        times = ", ".join(f"{1000 * one:.2f}" for one in seconds)
        print(f"\n    {what} : {times} ms, × {growth(seconds):.2f}", end="")  # noqa: T201 - the table is told
    assert growth(seconds) <= GROWTH


@pytest.mark.parametrize("what", CASES)
def test_twice_the_text_costs_about_twice(what, capsys):
    action, made, bound = CASES[what]
    told(capsys, what, doubled(action, [made(bound // part) for part in (4, 2, 1)]))


@pytest.mark.parametrize("form", ["NFC", "NFKC", "NFKD"])
def test_a_text_in_pieces_is_normalised_as_it_is_whole(form):
    for text in (
        "Zoé Hôtel",
        "e\u0301" * 400,
        "a\u0316\u0301 " * 300,
        "\u1100\u1161\u11a8" * 50,
        "ﬃ½Å" * 90,
        "x" * 2_000,
    ):
        assert normal(text, form) == unicodedata.normalize(form, text)
