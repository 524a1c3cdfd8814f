"""Sending the box: one request at a time, what was read together leaves together, and each answer has its issue."""

import pytest

pytestmark = pytest.mark.e2e

CDN, US, CASH = "recap.deposit_cdn", "recap.deposit_us", "recap.cash_ls_lecture"
API = "api/rj/native/session/2026-01-05"


def test_the_cells_of_a_tab_leave_together_with_the_version_read(desk):
    desk.put((CDN, "10"), (US, "5"))
    assert desk.phases("repos") == ["envoi", "repos"]
    [(address, body, headers)] = desk.asked
    assert address == f"{API}/recap"
    assert body == {"version": 3, "saisies": {"deposit_cdn": "10", "deposit_us": "5"}, "values": {}}
    assert (headers["x-csrftoken"], headers["x-hotel"], headers["x-utilisateur"]) == ("jeton", "DEMO", "7")
    assert desk.entries() == []


def test_two_tabs_are_two_requests_in_the_order_of_typing(desk):
    desk.put((CDN, "10"), ("geac.geac_ar_charges", "7"), (US, "5"))
    desk.phases("repos")
    assert [(address, list(body["saisies"])) for address, body, _ in desk.asked] == [
        (f"{API}/recap", ["deposit_cdn", "deposit_us"]),
        (f"{API}/geac", ["geac_ar_charges"]),
    ]


def test_a_line_taken_away_is_said_by_its_id(desk):
    desk.run('boite.poser([{ nom: "sd.sd_entries.ab12", genre: "retrait", texte: "" }]);')
    desk.phases("repos")
    assert desk.asked[0][1]["values"] == {"sd_entries": [{"id": "ab12", "_supprimer": True}]}


def test_no_more_than_two_hundred_cells_leave_together(desk):
    desk.put(*((f"recap.case_{n}", "1") for n in range(450)))
    desk.phases("repos")
    assert [len(body["saisies"]) for _, body, _ in desk.asked] == [200, 200, 50]


@pytest.mark.parametrize(
    ("answer", "phase"),
    [
        (None, "hors ligne"),
        ((200, "<p>Portail</p>", {}), "hors ligne"),
        ((503, {}, {"Retry-After": "30"}), "serveur occupé"),
        ((429, {}, {"Retry-After": "30"}), "serveur occupé"),
        ((500, {}, {}), "erreur du serveur"),
        ((502, {}, {}), "erreur du serveur"),
        ((200, {"autre": 1}, {}), "réponse illisible"),
        ((401, {}, {}), "session expirée"),
        ((404, {"detail": "Nuit inconnue."}, {}), "refusé par le serveur"),
        ((400, {"detail": "Demande illisible."}, {}), "refusé par le serveur"),
    ],
)
def test_what_did_not_arrive_stays_in_the_box(desk, answer, phase):
    desk.put((CDN, "10"))
    desk.answers = [answer] * 2
    assert desk.phases(phase)[-1] == phase
    assert desk.entries() == [(CDN, "10", "prete")]


def test_what_waited_leaves_when_the_network_is_back(desk):
    desk.put((CDN, "10"))
    desk.answers = [None]
    desk.phases("hors ligne")
    desk.run(
        """const fini = new Promise((suite) => etat.ecouter("phase", ({ nom }) => nom === "repos" && suite()));
        dispatchEvent(new Event("online"));
        await fini;"""
    )
    assert desk.entries() == []
    assert len(desk.asked) == 2


def test_a_refused_cell_keeps_its_text_and_the_others_leave(desk):
    desk.put((CDN, "dix"), (US, "5"))
    sentence = "Il faut un montant."
    desk.answers = [(422, {"erreurs": [{"chemin": "saisies.deposit_cdn", "message": sentence}]}, {})]
    desk.phases("repos")
    assert desk.entries() == [(CDN, "dix", "refuse")]
    assert desk.run("return boite.trouver(donne[0]).phrase;", CDN) == sentence
    assert desk.asked[1][1]["saisies"] == {"deposit_us": "5"}


def test_a_refusal_that_names_no_cell_is_asked_again_one_by_one(desk):
    desk.put((CDN, "10"), (US, "5"), (CASH, "7"))
    unsaid = (422, {"erreurs": [{"chemin": "nuit", "message": "Trop grand."}]}, {})
    desk.answers = [unsaid, (200, {"version": 4}, {}), unsaid, (200, {"version": 5}, {})]
    desk.phases("repos")
    assert desk.entries() == [(US, "5", "refuse")]
    assert [len(body["saisies"]) for _, body, _ in desk.asked] == [3, 1, 1, 1]


@pytest.mark.parametrize("status", [403, 423])
def test_a_night_that_lets_nothing_in_keeps_the_text_to_copy(desk, status):
    desk.put((CDN, "10"))
    desk.answers = [(status, {"detail": "La nuit est verrouillée."}, {})]
    desk.phases("repos")
    assert desk.entries() == [(CDN, "10", "verrou")]
    assert desk.run("return boite.trouver(donne[0]).phrase;", CDN) == "La nuit est verrouillée."


def test_a_conflict_shows_both_figures_and_lets_the_others_leave(desk):
    desk.put((CDN, "10"), (US, "5"))
    conflict = {"chemin": CDN, "votre": "10.00", "actuelle": "12.00", "par": "Collègue"}
    desk.answers = [(409, {"version": 6, "conflits": [conflict]}, {})]
    desk.phases("repos")
    assert desk.entries() == [(CDN, "10", "conflit")]
    entry = desk.run("return boite.trouver(donne[0]);", CDN)
    assert (entry["votre"], entry["actuelle"], entry["autre"], entry["base"]) == ("10.00", "12.00", "Collègue", 6)


def test_a_conflict_with_ones_own_lost_answer_is_none(desk):
    desk.run("boite.poser([{ nom: donne[0], texte: '10' }]); boite.marquerParties(boite.toutes());", CDN)
    desk.put((CDN, "20"))
    conflict = {"chemin": CDN, "votre": "20.00", "actuelle": "10.00", "par": "Auditrice"}
    desk.answers = [(409, {"version": 6, "conflits": [conflict]}, {})]
    desk.phases("repos")
    assert desk.entries() == []
    assert [body["version"] for _, body, _ in desk.asked] == [3, 6]


def test_a_page_that_goes_sends_what_has_not_left_and_keeps_it(desk):
    desk.put((CDN, "10"), ("geac.geac_ar_charges", "7"))
    with desk.page.expect_request_finished(lambda request: request.url.endswith("/geac")):
        desk.run("envoi.partir();")
    assert sorted(address for address, *_ in desk.asked) == [f"{API}/geac", f"{API}/recap"]
    assert [entry[0] for entry in desk.entries()] == [CDN, "geac.geac_ar_charges"]
    assert desk.run("return boite.toutes().every(({ parti }) => parti);")


def test_two_pages_of_one_night_send_one_at_a_time(desk):
    other = type(desk)(desk.page.context.new_page())
    desk.put((CDN, "10"))
    other.put((US, "5"))
    for one in (desk, other):
        one.run("envoi.envoyer();")
    desk.page.wait_for_function("""async () => !(await import("/static/js/boite.js")).toutes().length""")
    other.run("await boite.relire();")
    assert other.entries() == []
    sent = [name for one in (desk, other) for _, body, _ in one.asked for name in body["saisies"]]
    assert sorted(sent) == ["deposit_cdn", "deposit_us"]
