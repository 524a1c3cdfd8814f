"""The settings of a hotel: dated, said in the journal, refused with a sentence, never reaching a closed night."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import text

from database import properties
from database.transaction import read
from tests.applications import login
from tests.routes.test_api_nuit import GOLDEN, NIGHT, TABS, fill
from tests.routes.test_utilisateurs import journal
from utils.actions.settings.fields import BY_KEY, SECTIONS, value_in
from utils.actions.settings.typed import written

NOW = datetime(2025, 12, 24, 15, 0, tzinfo=UTC)
TOMORROW = "2025-12-25"


@pytest.fixture
def clock():
    """The morning after the golden night."""
    with time_machine.travel(NOW, tick=True) as moving:
        yield moving


@pytest.fixture
def admin(client, clock):
    """The administrator, signed in."""
    login(client, "admin@demo.hotel")
    return client


def document(app, day=TOMORROW):
    """The settings of the demonstration on a date."""
    with app.app_context(), read() as connection:
        hotel = properties.property_by_code(connection, "DEMO")
        return properties.settings_document(connection, hotel.id, date.fromisoformat(day)).values


def form_of(app, key, **given):
    """A form as the page shows it, some fields typed over."""
    shown = {"des_le": TOMORROW}
    for one in BY_KEY[key].settings:
        value = value_in(document(app), one)
        shown[one.path] = value if one.kind == "words" else written(one, value)
    if key == "terminaux":
        rows = value_in(document(app), BY_KEY[key].settings[0])
        shown = {"des_le": TOMORROW} | {f"terminal_{c}": [row[c] for row in rows] for c in ("id", "label", "group")}
    return shown | {path.replace("__", "."): value for path, value in given.items()}


def submit(admin, app, key, **given):
    return admin.post(f"/parametres/{key}", data=form_of(app, key, **given))


def test_only_the_administrator_governs(app):
    for email in ("auditeur@demo.hotel", "directeur@demo.hotel"):
        other = app.test_client()
        login(other, email)
        assert other.get("/parametres").status_code == 403
        assert other.post("/parametres/taux", data={"des_le": TOMORROW}).status_code == 403


@pytest.mark.parametrize("key", [section.key for section in SECTIONS])
def test_a_form_sent_as_it_was_shown_changes_nothing(app, admin, key):
    page = admin.get(f"/parametres/{key}?des_le={TOMORROW}")
    assert page.status_code == 200
    before = document(app)
    answer = submit(admin, app, key)
    assert (answer.status_code, answer.location[-6:]) == (303, "fait=0"), answer.text
    assert document(app) == before


def test_rates_change_tomorrow_and_not_today(app, admin):
    answer = submit(admin, app, "taux", rates__rj__visa="1,85", rates__tvq="10 %", rates__internet_forfait="12,5")
    assert answer.status_code == 303
    assert document(app)["rates"] == {"rj": {"visa": "1.85"}, "tvq": "10", "internet_forfait": "12.50"}
    assert "rates" not in document(app, "2025-12-24")
    told = [row for row in journal(app) if row[0] == "reglage" and row[1] != "rooms"]
    assert [row[1] for row in told] == ["rates.internet_forfait", "rates.rj.visa", "rates.tvq"]
    page = admin.get("/parametres").text
    assert "Escompte Visa, RJ : 1,85" in page
    assert TOMORROW in page
    assert 'value="1,85"' in admin.get(f"/parametres/taux?des_le={TOMORROW}").text
    assert 'value="1,70"' in admin.get("/parametres/taux?des_le=2025-12-24").text


def test_the_pages_tell_the_hours_of_the_morning_that_ends_the_night(app, admin, clock):
    assert submit(admin, app, "automatismes", automatismes__rj_attendu="05:30", automatismes__digest="07:15").location
    tonight = admin.get("/").text
    assert "<span>06:00</span>" in tonight
    assert "<span>08:00</span>" in tonight
    clock.shift(2.5 * 3600)
    for path in ("/", "/aide"):
        page = admin.get(path).text
        assert "05:30" in page
        assert "07:15" in page
        assert ">06:00<" not in page


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        ("taux", {"rates__tps": "cinq"}, "TPS : « cinq » n’est pas un nombre d’au plus trois décimales."),
        ("taux", {"rates__tps": "1,2345"}, "TPS : « 1,2345 » n’est pas un nombre"),
        ("taux", {"rates__tps": "-1"}, "TPS : Il faut un nombre de 0 à 100."),
        ("taux", {"rates__tps": ""}, "TPS : Il faut une valeur."),
        ("taux", {"rates__g4_par_chambre": "1 000,123"}, "Allocation G4 par chambre club : "),
        ("general", {"rooms": "0"}, "Nombre de chambres : Il faut un nombre entier de 1 à 9999."),
        ("general", {"heure_bascule": "24"}, "de 0 à 23"),
        ("general", {"verrouillage_auto": "peut-être"}, "Choisir oui ou non."),
        ("controles", {"severities__chk_recap": "grave"}, "Choisir dans la liste."),
        ("automatismes", {"automatismes__synchro": "25:00"}, "« 25:00 » n’est pas une heure, de 00:00 à 23:59."),
        ("automatismes", {"automatismes__digest": "13:00"}, "Il faut une heure de 00:00 à 11:59."),
        ("automatismes", {"automatismes__jeton": "9 h"}, "Il faut une heure de 12:00 à 23:59."),
        ("automatismes", {"automatismes__synchro_minutes": "0"}, "de 1 à 60"),
        ("automatismes", {"automatismes__hebdo_jour": "Monday"}, "Choisir dans la liste."),
        ("droits", {"roles__deroger": []}, "Cocher au moins un rôle."),
        ("droits", {"roles__deroger": ["roi"]}, "Cocher au moins un rôle."),
        ("personnel", {"staff": "Jo\nJo"}, "« Jo » est écrit deux fois."),
        ("personnel", {"staff": "Zoé Roy\nZOE\u0301\u3000ROY\u200b"}, "« ZOÉ ROY » est écrit deux fois."),
        ("terminaux", {"terminal_id": "a b", "terminal_label": "X", "terminal_group": "pos"}, "l’identifiant a des"),
        ("terminaux", {"terminal_id": "ab", "terminal_label": "", "terminal_group": "pos"}, "Chaque terminal a un"),
        ("terminaux", {"terminal_id": "ab", "terminal_label": "X", "terminal_group": "lune"}, "Choix inconnu"),
        ("general", {"des_le": "demain"}, "La date s&#39;écrit AAAA-MM-JJ"),
        ("general", {"des_le": "2025-12-23"}, "Un changement prend effet aujourd’hui (2025-12-24) ou plus tard."),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_stays_in_place(app, admin, key, given, sentence):
    before = document(app)
    answer = submit(admin, app, key, **given)
    assert (answer.status_code, sentence in answer.text) == (422, True), answer.text
    assert document(app) == before
    [typed] = list(given.values())[:1]
    if isinstance(typed, str) and "\n" not in typed and key != "terminaux":
        assert typed in {"peut-être", "grave", "Monday"} or f'value="{typed}"' in answer.text


def test_lists_roles_and_names_are_kept(app, admin):
    assert submit(admin, app, "personnel", staff="Jo Tremblay\r\n  Ana  \r\n\r\n").status_code == 303
    assert submit(admin, app, "droits", roles__deroger=["controller"]).status_code == 303
    assert submit(admin, app, "points-de-vente", outlets__cafe="Café du coin").status_code == 303
    assert submit(admin, app, "controles", tolerances__recap="0,05", severities__chk_recap="info").status_code == 303
    added = form_of(app, "terminaux")
    for column, value in (("id", "patio"), ("label", "Patio"), ("group", "pos")):
        added[f"terminal_{column}"] = [*added[f"terminal_{column}"], value, ""]
    assert admin.post("/parametres/terminaux", data=added).status_code == 303
    kept = document(app)
    assert kept["staff"] == ["Jo Tremblay", "Ana"]
    assert kept["roles"] == {"deroger": ["controller"]}
    assert kept["outlets"] == {"cafe": "Café du coin"}
    assert (kept["tolerances"], kept["severities"]) == ({"recap": "0.05"}, {"chk_recap": "info"})
    assert kept["terminals"][-1] == {"id": "patio", "label": "Patio", "group": "pos"}


def test_hours_are_read_as_people_write_them(app, admin):
    given = {"automatismes__synchro": "3 h 30", "automatismes__digest": "7h45", "automatismes__jeton": "21:00"}
    assert submit(admin, app, "automatismes", **given).status_code == 303
    assert document(app)["automatismes"] == {"synchro": "03:30", "digest": "07:45", "jeton": "21:00"}


def test_a_closed_night_does_not_move_and_dates_before_it_are_refused(app, admin):
    auditor = app.test_client()
    login(auditor, "auditeur@demo.hotel")
    fill(auditor, TABS)
    asked = auditor.post(f"{NIGHT}/soumettre", json={"motifs": {}}).json["erreurs"]
    motifs = {error["chemin"].removeprefix("motifs."): "vérifié au papier" for error in asked}
    assert auditor.post(f"{NIGHT}/soumettre", json={"motifs": motifs}).json["etat"] == "locked"
    with app.app_context(), read() as connection:
        closed = connection.execute(text("SELECT frozen, checksum, version FROM night_audit_sessions")).all()
    before = auditor.get(NIGHT).json["tabs"]
    changes = {"rates__tps": "6", "rates__transelect__visa": "9"}
    with time_machine.travel(datetime(2025, 12, 23, 17, tzinfo=UTC)):
        evening = app.test_client()
        login(evening, "admin@demo.hotel")
        today = submit(evening, app, "taux", **changes, des_le=GOLDEN["audit_date"])
        assert (today.status_code, "La nuit du 2025-12-23 est fermée" in today.text) == (422, True)
        assert "au plus tôt le 2025-12-24" in evening.get("/parametres/taux").text
    assert submit(admin, app, "taux", **changes, des_le="2025-12-24").status_code == 303
    assert submit(admin, app, "general", rooms="12").status_code == 303
    assert auditor.get(NIGHT).json["tabs"] == before
    with app.app_context(), read() as connection:
        assert connection.execute(text("SELECT frozen, checksum, version FROM night_audit_sessions")).all() == closed
    journal(app)


def test_an_unknown_section_or_date_is_not_found(admin):
    assert admin.get("/parametres/lune").status_code == 404
    assert admin.get("/parametres/taux?des_le=hier").status_code == 404
