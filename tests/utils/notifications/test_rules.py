"""The rules at, below and above their thresholds; who is told; hours of silence. Pure functions, no database."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.utils.rj.test_une_personne import EMILE, OTHERS
from utils.notifications.chosen import read_chosen
from utils.notifications.kinds import CRITICAL, KINDS, WARNING
from utils.notifications.recipients import Preference, Recipient, by_mail, concerned, in_application, may_leave
from utils.notifications.rules import HISTORY, RULES, Facts, evaluate

D = Decimal
CHOSEN = read_chosen({})


def found(kind, facts, document=None):
    """What one rule says: cause and severity of each alert."""
    chosen = read_chosen(document or {})
    return [(one.cause, one.severity) for one in evaluate(facts, chosen) if one.kind == kind]


@pytest.mark.parametrize(
    ("variance", "severity"),
    [("49.99", None), ("50.00", None), ("50.01", WARNING), ("100.00", WARNING), ("100.01", CRITICAL)],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_variance_of_a_person(variance, severity, sign):
    said = found("receptionist_variance", Facts({}, [("Zoé", sign * D(variance))]))
    assert said == ([("personne zoé", severity)] if severity else [])


def test_two_lines_of_one_person_count_together_and_two_people_apart():
    facts = Facts({}, [("Zoé", D("30.00")), ("Zoé", D("30.00")), ("Ali", D("-30.00"))])
    assert found("receptionist_variance", facts) == [("personne zoé", WARNING)]
    facts = Facts({}, [("Zoé", D("60.00")), ("Zoé", D("-60.00"))])
    assert found("receptionist_variance", facts) == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_person_is_one_in_any_spelling_and_order(name):
    lines = [(EMILE, D("30.00")), (name, D("30.00"))]
    assert found("receptionist_variance", Facts({}, lines)) == [("personne émile côté", WARNING)]
    assert found("receptionist_variance", Facts({}, lines[::-1])) == [("personne émile côté", WARNING)]


@pytest.mark.parametrize(
    ("variance", "severity"),
    [("0.01", None), ("0.02", WARNING), ("-0.02", WARNING), ("5.00", WARNING), ("-5.01", CRITICAL)],
)
def test_quasimodo(variance, severity):
    said = found("quasimodo_variance", Facts({"quasimodo.quasi_variance": D(variance)}))
    assert said == ([("quasimodo", severity)] if severity else [])


@pytest.mark.parametrize(("rest", "told"), [("50.00", False), ("50.01", True), ("-50.01", True)])
def test_what_remains_of_the_cash_difference(rest, told):
    values = {"jour.jour_diff_caisse_residu": D(rest), "jour.jour_diff_caisse": D("80.00")}
    assert bool(found("diff_caisse", Facts(values))) is told


@pytest.mark.parametrize(
    ("whole", "reason", "sentence"),
    [
        ("54.00", "", "Différence de caisse : reste à expliquer 54,00\xa0$."),
        (
            "54.00",
            "motif « Chèque oublié »",
            "Différence de caisse : reste à expliquer 54,00\xa0$, motif « Chèque oublié ».",
        ),
        ("60.00", "", "Différence de caisse de 60,00\xa0$ : reste à expliquer 54,00\xa0$."),
        ("60.00", "motif « X »", "Différence de caisse de 60,00\xa0$ : reste à expliquer 54,00\xa0$, motif « X »."),
    ],
)
def test_the_alert_of_the_cash_difference_tells_an_amount_once_and_its_reason(whole, reason, sentence):
    values = {"jour.jour_diff_caisse_residu": D("54.00"), "jour.jour_diff_caisse": D(whole)}
    [said] = RULES["diff_caisse"](Facts(values, cash_reason=reason), CHOSEN.kinds["diff_caisse"])
    assert said.sentence == sentence


@pytest.mark.parametrize(("revenue", "told"), [("115.00", False), ("115.01", True), ("85.00", False), ("84.99", True)])
def test_revenue_against_the_budget_else_last_year(revenue, told):
    values = {"jour.jour_total_revenue": D(revenue)}
    assert bool(found("revenue_variance", Facts(values, budget=D("100.00"), last_year=D("1.00")))) is told
    assert bool(found("revenue_variance", Facts(values, last_year=D("100.00")))) is told
    assert found("revenue_variance", Facts(values)) == []


@pytest.mark.parametrize(("cost", "told"), [("36.00", False), ("36.01", True), ("10.00", False)])
def test_labour_a_fifth_above_the_share_of_the_budget(cost, told):
    """30 % planned: 36 % is a fifth above; less than planned tells nobody."""
    values = {"jour.jour_total_revenue": D("100.00")}
    facts = Facts(values, labour_cost=D(cost), labour_budget_share=D("30.00"))
    assert bool(found("labour_variance", facts)) is told
    assert found("labour_variance", Facts(values, labour_cost=D(cost))) == []


@pytest.mark.parametrize(("rate", "told"), [("60.00", False), ("59.99", True)])
def test_low_occupancy(rate, told):
    assert bool(found("occupation_low", Facts({"jour.jour_occupancy_rate": D(rate)}))) is told


def test_absent_figures_say_nothing():
    assert evaluate(Facts({}), CHOSEN) == ()


def test_an_unusual_figure_needs_enough_nights():
    history = [{"adr": D(100 + number % 2)} for number in range(HISTORY)]
    assert [cause for cause, _ in found("anomaly", Facts({}, history=history, figures={"adr": D(150)}))] == ["adr"]
    assert found("anomaly", Facts({}, history=history[1:], figures={"adr": D(150)})) == []
    assert found("anomaly", Facts({}, history=history, figures={"adr": D(101)})) == []
    flat = [{"adr": D(100)}] * HISTORY
    assert found("anomaly", Facts({}, history=flat, figures={"adr": D(150)})) == []


def test_more_rooms_than_the_hotel_has():
    values = {"jour.jour_rooms_occupees": 250, "jour.jour_rooms_disponibles": 252, "jour.jour_rooms_hors_usage": 2}
    assert found("anomaly", Facts(values)) == []
    assert found("anomaly", Facts(values | {"jour.jour_rooms_hors_usage": 3})) == [("chambres", "info")]


def test_what_a_hotel_chose_wins_and_a_kind_turned_off_is_silent():
    facts = Facts({}, [("Zoé", D("62.00"))])
    kind = "receptionist_variance"
    assert found(kind, facts, {"kinds": {kind: {"seuil": "62.00"}}}) == []
    assert found(kind, facts, {"kinds": {kind: {"seuil": "20.00", "critique": "61.99"}}}) == [
        ("personne zoé", CRITICAL)
    ]
    assert found(kind, facts, {"kinds": {kind: {"actif": False}}}) == []


def test_every_rule_is_a_kind():
    assert set(RULES) <= set(KINDS)


PEOPLE = (
    Recipient(1, "A", "a@x.y", "gm"),
    Recipient(2, "B", "b@x.y", "accounting"),
    Recipient(3, "C", "c@x.y", "night_auditor"),
)


def test_roles_and_people_are_told_as_they_prefer():
    choice = read_chosen({"kinds": {"anomaly": {"roles": ["gm"], "personnes": [3]}}}).kinds["anomaly"]
    told = concerned(choice, PEOPLE)
    assert [one.id for one in told] == [1, 3]
    preferences = {(1, "anomaly"): Preference("application"), (3, "anomaly"): Preference("courriel")}
    assert [one.id for one in by_mail("anomaly", told, preferences)] == [3]
    assert [one.id for one in in_application("anomaly", told, preferences)] == [1]


@pytest.mark.parametrize(("size", "told"), [("79.99", [2]), ("80.00", [2]), ("80.01", [1, 2])])
def test_a_threshold_of_ones_own(size, told):
    preferences = {(1, "diff_caisse"): Preference("les_deux", D("80.00"))}
    assert [one.id for one in by_mail("diff_caisse", PEOPLE[:2], preferences, D(size))] == told


def test_a_kind_that_must_reach_somebody_reaches_everybody_when_all_left():
    nobody = {(one.id, "rj_late"): Preference("aucun") for one in PEOPLE}
    assert by_mail("rj_late", PEOPLE, nobody) == list(PEOPLE)
    assert by_mail("anomaly", PEOPLE, {(one.id, "anomaly"): Preference("aucun") for one in PEOPLE}) == []
    but_one = {key: value for key, value in nobody.items() if key[0] != 2}
    assert not may_leave("rj_late", 2, PEOPLE, but_one)
    assert may_leave("rj_late", 1, PEOPLE, but_one)


@pytest.mark.parametrize(
    ("hour", "spoken"),
    [("21:59", "21:59"), ("22:00", "06:00"), ("23:30", "06:00"), ("05:59", "06:00"), ("06:00", "06:00")],
)
def test_hours_of_silence_over_midnight(hour, spoken):
    """On the clock of the hotel, in winter five hours behind UTC."""
    chosen = read_chosen({"silence": {"de": "22:00", "a": "06:00"}})
    hours, minutes = map(int, hour.split(":"))
    at = datetime(2026, 1, 15, (hours + 5) % 24, minutes, tzinfo=UTC)
    told = chosen.spoken_at(at, "America/Toronto")
    assert (told.hour - 5) % 24 == int(spoken[:2])
    assert told.minute == int(spoken[3:])
    assert 0 <= (told - at).total_seconds() <= 8 * 3600
