"""The page `/notifications`, its settings, budgets and mails, its API, and the link by which a mail stops."""

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from database import notifications, outbox
from database.transaction import read, write
from tests.applications import login
from tests.saisie import rows
from tests.utils.notifications.test_envoi import variance
from utils.actions.notifications import drain, report_job, report_late, report_sync
from utils.notifications.links import Leaving, leave_url

SETUP, PREFERENCES, TEST = (f"/api/notifications/{name}" for name in ("setup", "preferences", "test"))
AFTERNOON = datetime(2026, 1, 15, 19, tzinfo=UTC)
NIGHT = datetime(2026, 1, 14, tzinfo=UTC).date()


@pytest.fixture(autouse=True)
def afternoon():
    with time_machine.travel(AFTERNOON, tick=False) as traveller:
        yield traveller


def signed_in(app, who):
    client = app.test_client()
    assert login(client, f"{who}@demo.hotel").status_code == 303
    return client


def words(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def settings_of(app):
    with app.app_context(), read() as connection:
        return notifications.config(connection, 1)


def refusals(answer):
    assert answer.status_code == 422, answer.text
    return {one["chemin"]: one["message"] for one in answer.json["erreurs"]}


def account(app, who):
    return rows(app, "SELECT id FROM users WHERE email = :email", email=f"{who}@demo.hotel")[0][0]


def late(app):
    with app.app_context():
        assert report_late(1, NIGHT, AFTERNOON)


def test_what_is_chosen_is_in_force_and_in_the_journal(app):
    manager = signed_in(app, "directeur")
    told = manager.post(SETUP, json={"kinds": {"receptionist_variance": {"seuil": "75.00", "critique": "150.00"}}})
    assert told.status_code == 200
    assert told.json["kinds"]["receptionist_variance"]["seuil"] == "75.00"
    assert told.json["kinds"]["quasimodo_variance"]["seuil"] == "0.01"
    assert told.json["escalade"]["minutes"] == 60
    journal = rows(app, "SELECT field, old, new FROM changes WHERE field LIKE 'notifications.%'")
    assert ("notifications.kinds.receptionist_variance.seuil", None, '"75.00"') in [tuple(row) for row in journal]
    variance(app)
    assert rows(app, "SELECT kind FROM alerts") == []


def test_parts_that_are_not_given_stay(app):
    manager = signed_in(app, "directeur")
    manager.post(SETUP, json={"silence": {"de": "22:00", "a": "06:00"}, "kinds": {"anomaly": {"actif": False}}})
    told = manager.post(SETUP, json={"kinds": {"diff_caisse": {"seuil": "20.00"}}}).json
    assert told["silence"] == {"de": "22:00", "a": "06:00"}
    assert told["kinds"]["anomaly"]["actif"] is False
    assert manager.post(SETUP, json={"silence": None}).json["silence"] is None


@pytest.mark.parametrize(
    ("given", "path", "sentence"),
    [
        ([], "", "Un objet JSON est attendu."),
        ({"lune": 1}, "lune", "Champ inconnu."),
        ({"kinds": {"lune": {}}}, "kinds.lune", "Champ inconnu."),
        ({"kinds": {"rj_late": {"seuil": "1.00"}}}, "kinds.rj_late.seuil", "Champ inconnu."),
        ({"kinds": {"rj_late": {"actif": False}}}, "kinds.rj_late.actif", "ne se coupe pas"),
        ({"kinds": {"rj_late": {"roles": []}}}, "kinds.rj_late.roles", "au moins une personne"),
        ({"kinds": {"anomaly": {"actif": 1}}}, "kinds.anomaly.actif", "vrai ou faux"),
        ({"kinds": {"anomaly": {"roles": ["lune"]}}}, "kinds.anomaly.roles", "liste de rôles"),
        ({"kinds": {"anomaly": {"personnes": [99999]}}}, "kinds.anomaly.personnes", "comptes ouverts"),
        ({"kinds": {"anomaly": {"personnes": [True]}}}, "kinds.anomaly.personnes", "comptes ouverts"),
        ({"kinds": {"diff_caisse": {"seuil": 12.345}}}, "kinds.diff_caisse.seuil", "Montant invalide"),
        ({"kinds": {"diff_caisse": {"seuil": "-1.00"}}}, "kinds.diff_caisse.seuil", "positif ou nul"),
        ({"kinds": {"diff_caisse": {"seuil": "1.234"}}}, "kinds.diff_caisse.seuil", "Montant invalide"),
        (
            {"kinds": {"receptionist_variance": {"seuil": "200.00"}}},
            "kinds.receptionist_variance.critique",
            "sous le seuil",
        ),
        ({"silence": {"de": "22:00"}}, "silence.a", "Il faut une heure"),
        ({"silence": {"de": "25:00", "a": "06:00"}}, "silence.de", "Il faut une heure"),
        ({"silence": {"de": "06:00", "a": "06:00"}}, "silence.a", "où il commence"),
        ({"escalade": {"roles": []}}, "escalade.roles", "au moins un rôle"),
        ({"escalade": {"minutes": 4}}, "escalade.minutes", "de 5 à 1440"),
        ({"escalade": {"minutes": True}}, "escalade.minutes", "de 5 à 1440"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_kept(app, given, path, sentence):
    manager = signed_in(app, "directeur")
    assert sentence in refusals(manager.post(SETUP, json=given))[path]
    assert settings_of(app) == {}


def test_the_form_of_the_settings_shows_keeps_and_gives_back_what_was_typed(app):
    manager = signed_in(app, "directeur")
    page = manager.get("/notifications/reglages").text
    fields = dict(re.findall(r'<input id="(\w+)" name="\w+" (?:type="time" )?value="([^"]*)"', page))
    boxes = re.findall(r'name="(\w+)" value="([^"]*)" checked', page)
    assert fields["receptionist_variance__seuil"] == "50,00"
    form = {name: [value] for name, value in fields.items()}
    for name, value in boxes:
        form.setdefault(name, []).append(value)
    sent = form | {"receptionist_variance__seuil": ["60,5"], "silence__de": ["21:30"], "silence__a": ["05:00"]}
    hidden = {"csrf_token": manager.token, "hotel": "DEMO"}
    answer = manager.post("/notifications/reglages", data=sent | hidden)
    assert (answer.status_code, answer.location) == (303, "/notifications/reglages?fait=reglages")
    kept = settings_of(app)
    assert kept["kinds"]["receptionist_variance"]["seuil"] == "60.50"
    assert kept["silence"] == {"de": "21:30", "a": "05:00"}
    assert set(kept["kinds"]["rj_late"]["roles"]) == {"gm", "admin", "front_desk_supervisor"}
    wrong = manager.post("/notifications/reglages", data=sent | hidden | {"receptionist_variance__seuil": "beaucoup"})
    assert wrong.status_code == 422
    assert 'value="beaucoup"' in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    assert settings_of(app) == kept


def test_a_person_chooses_and_the_mails_follow(app):
    accountant = signed_in(app, "comptable")
    mine = {one["genre"]: one for one in accountant.get(PREFERENCES).json["preferences"]}
    assert mine["receptionist_variance"] | {"libelle": ""} == {
        "genre": "receptionist_variance",
        "libelle": "",
        "canal": "les_deux",
        "seuil": None,
        "concerne": True,
    }
    assert not mine["daily_digest"]["concerne"]
    asked = {"genre": "receptionist_variance", "canal": "courriel", "seuil": "61.99"}
    assert accountant.post(PREFERENCES, json={"preferences": [asked]}).status_code == 200
    variance(app)
    assert account(app, "comptable") in [row[0] for row in rows(app, "SELECT user_id FROM outbox_messages")]
    assert "Écart d’une personne" not in words(accountant.get("/notifications").text).partition("Mes préférences")[0]


@pytest.mark.parametrize(
    ("one", "path"),
    [
        ({"genre": "lune", "canal": "aucun"}, "preferences.genre"),
        ({"genre": "anomaly", "canal": "pigeon"}, "preferences.anomaly"),
        ({"genre": "daily_digest", "canal": "application"}, "preferences.daily_digest"),
        ({"genre": "rj_late", "canal": "courriel", "seuil": "5.00"}, "preferences.rj_late.seuil"),
        ({"genre": "occupation_low", "canal": "courriel", "seuil": "50.00"}, "preferences.occupation_low.seuil"),
    ],
)
def test_a_preference_that_means_nothing_is_refused(app, one, path):
    asked = signed_in(app, "directeur").post(PREFERENCES, json={"preferences": [one]})
    assert path in refusals(asked)
    assert rows(app, "SELECT kind FROM email_preferences") == []


def test_the_form_of_the_preferences(app):
    accountant = signed_in(app, "comptable")
    hidden = {"csrf_token": accountant.token, "hotel": "DEMO"}
    typed = {"receptionist_variance": "courriel", "receptionist_variance__seuil": "1 000,50"}
    assert accountant.post("/notifications/preferences", data=typed | hidden).status_code == 303
    stored = rows(app, "SELECT kind, channel, threshold FROM email_preferences")
    assert [tuple(row) for row in stored] == [("receptionist_variance", "courriel", 100050)]
    assert 'value="1 000,50"' in accountant.get("/notifications").text.replace(chr(0xA0), " ").replace(chr(0x202F), " ")
    wrong = accountant.post("/notifications/preferences", data=typed | hidden | {"receptionist_variance__seuil": "x"})
    assert wrong.status_code == 422
    assert 'name="receptionist_variance__seuil" value="x"' in wrong.text


def test_the_last_one_reached_may_not_leave(app):
    """RJ late tells gm, admin and the supervisor: two of them leave, the third is refused by the form and the link."""
    for who in ("superviseur", "admin"):
        left = {"preferences": [{"genre": "rj_late", "canal": "aucun"}]}
        assert signed_in(app, who).post(PREFERENCES, json=left).status_code == 200
    manager = signed_in(app, "directeur")
    assert "dernière personne" in refusals(manager.post(PREFERENCES, json=left))["preferences.rj_late"]
    with app.app_context():
        link = leave_url(Leaving(1, account(app, "directeur"), "rj_late"))
    answer = app.test_client().post(f"/notifications/desabonnement/{link.rpartition('/')[2]}")
    assert answer.status_code == 409
    assert "il n’y a plus que vous" in answer.text


def test_one_click_stops_a_kind_without_session_nor_token(app):
    variance(app)
    link = rows(app, "SELECT leave_url, user_id FROM outbox_messages ORDER BY user_id")[0]
    path = "/notifications/desabonnement/" + link[0].rpartition("/")[2]
    anybody = app.test_client()
    assert "Écart d’une personne" in anybody.get(path).text
    assert rows(app, "SELECT kind FROM email_preferences") == []
    for _ in range(2):
        answer = anybody.post(
            path, data={"List-Unsubscribe": "One-Click"}, headers={"X-CSRFToken": None, "X-Hotel": None}
        )
        assert answer.status_code == 200
    stored = [tuple(row) for row in rows(app, "SELECT user_id, kind, channel FROM email_preferences")]
    assert stored == [(link[1], "receptionist_variance", "application")]
    cut = anybody.post(path[:-2])
    assert cut.status_code == 404
    assert "n’est pas valide" in cut.text


def test_an_alert_is_taken_in_charge_once(app):
    late(app)
    manager, supervisor = signed_in(app, "directeur"), signed_in(app, "superviseur")
    assert "Le RJ du 2026-01-14 manque" in words(manager.get("/notifications").text)
    number = rows(app, "SELECT id FROM alerts")[0][0]
    taken = manager.post(f"/notifications/alertes/{number}/prise")
    assert (taken.status_code, taken.location) == (303, "/notifications?fait=charge")
    again = supervisor.post(f"/notifications/alertes/{number}/prise")
    assert again.status_code == 409
    assert "déjà prise en charge" in again.text
    assert "prise en charge par" in words(supervisor.get("/notifications").text)
    assert signed_in(app, "auditeur").post(f"/notifications/alertes/{number}/prise").status_code == 404


def test_kept_mails_are_read_by_who_they_are_for(app):
    late(app)
    with app.app_context():
        drain(lambda: AFTERNOON + timedelta(minutes=1))
    manager, auditor = signed_in(app, "directeur"), signed_in(app, "auditeur")
    assert "gardé ici" in manager.get("/notifications").text
    assert "Aucun courriel." in auditor.get("/notifications").text
    number = rows(app, "SELECT id FROM outbox_messages ORDER BY id")[0][0]
    assert "Le RJ du 2026-01-14 manque" in words(manager.get(f"/notifications/courriels/{number}").text)
    body = manager.get(f"/notifications/courriels/{number}/corps")
    assert "style=" in body.text
    assert body.headers["Content-Security-Policy"].endswith("sandbox")
    assert "default-src 'none'" in body.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in manager.get("/notifications").headers["Content-Security-Policy"]
    for path in (f"/notifications/courriels/{number}", f"/notifications/courriels/{number}/corps"):
        assert auditor.get(path).status_code == 404


def test_a_refused_mail_is_sent_again_by_a_manager(app):
    late(app)
    with app.app_context(), write() as connection:
        mail = outbox.claim(connection, "essai", AFTERNOON)
        outbox.give_up(connection, mail, "essai", "550 boîte inconnue")
    manager = signed_in(app, "directeur")
    assert "550 boîte inconnue" in manager.get("/notifications").text
    assert manager.post(f"/notifications/courriels/{mail.id}/renvoi").status_code == 303
    assert manager.post(f"/notifications/courriels/{mail.id}/renvoi").status_code == 409
    assert set(rows(app, "SELECT status FROM outbox_messages")) == {("en_attente",)}


def test_a_trial_is_written_once_a_minute(app, afternoon):
    manager = signed_in(app, "directeur")
    told = manager.post(TEST)
    assert told.status_code == 202
    assert told.json == {"courriel": "directeur@demo.hotel", "envoi": False}
    assert manager.post(TEST).status_code == 409
    afternoon.shift(60)
    assert manager.post("/notifications/essai").status_code == 303
    assert len(rows(app, "SELECT id FROM outbox_messages WHERE kind = 'essai'")) == 2
    assert "Essai des courriels" in manager.get("/notifications").text


def test_the_budget_of_a_month_and_of_a_day(app):
    controller = signed_in(app, "controleur")
    hidden = {"csrf_token": controller.token, "hotel": "DEMO"}
    typed = {
        "revenue__mois__2026-01-01": "1 000 000",
        "revenue__jour__2026-01-15": "42 000,50",
        "labour_cost__jour__2026-01-15": "9000",
    }
    answer = controller.post("/notifications/budgets?mois=2026-01", data=typed | hidden)
    assert (answer.status_code, answer.location) == (303, "/notifications/budgets?mois=2026-01&fait=3")
    stored = rows(app, "SELECT span, revenue, labour_cost FROM budgets ORDER BY span, day")
    assert [tuple(row) for row in stored] == [("jour", 4200050, 900000), ("mois", 100000000, None)]
    journal = [tuple(row) for row in rows(app, "SELECT field, new FROM changes WHERE field LIKE 'budget%'")]
    assert sorted(journal) == [
        ("budget.jour.2026-01-15.labour_cost", json.dumps("9000.00")),
        ("budget.jour.2026-01-15.revenue", json.dumps("42000.50")),
        ("budget.mois.2026-01-01.revenue", json.dumps("1000000.00")),
    ]
    emptied = dict.fromkeys(("revenue__jour__2026-01-15", "labour_cost__jour__2026-01-15"), "")
    controller.post("/notifications/budgets?mois=2026-01", data=emptied | hidden)
    assert rows(app, "SELECT span FROM budgets") == [("mois",)]


def test_a_budget_that_cannot_be_read_keeps_nothing(app):
    controller = signed_in(app, "controleur")
    hidden = {"csrf_token": controller.token, "hotel": "DEMO"}
    typed = {
        "revenue__mois__2026-01-01": "500",
        "revenue__jour__2026-01-02": "-4",
        "labour_cost__jour__2026-01-03": "x",
    }
    answer = controller.post("/notifications/budgets?mois=2026-01", data=typed | hidden)
    assert answer.status_code == 422
    assert "un budget n’est pas négatif" in answer.text
    assert 'value="x"' in answer.text
    assert rows(app, "SELECT span FROM budgets") == []
    assert controller.get("/notifications/budgets?mois=2026-13").status_code == 404


def test_the_french_apostrophe_is_written_with_the_sentence(app):
    with app.app_context():
        report_job(1, "digest", NIGHT, "L'heure est passée.", AFTERNOON)
        report_sync(1, NIGHT, "Lightspeed n'a pas répondu.", AFTERNOON)
    said = [
        "L’heure est passée.",
        "Synchronisation de la nuit du 2026-01-14 en échec ou incomplète : Lightspeed n’a pas répondu.",
    ]
    page = words(signed_in(app, "admin").get("/notifications").text)
    mails = " ".join(body for (body,) in rows(app, "SELECT body_text FROM outbox_messages"))
    for sentence in said:
        assert sentence in page
        assert sentence in mails


def test_before_the_first_night_the_digest_says_what_it_waits_for(app):
    client = signed_in(app, "directeur")
    page = client.get("/notifications/bilan")
    assert page.status_code == 200
    assert "le premier bilan attend la première" in words(page.text)
    assert client.get("/notifications/bilan/corps").location == "/notifications/bilan"
    named = client.get("/notifications/bilan?jour=2026-01-14")
    assert "Bilan du 2026-01-14" in words(named.text)
