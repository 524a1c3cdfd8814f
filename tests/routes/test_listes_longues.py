"""A list has at most 500 lines, and a long one holds nobody: what it costs, and when it is calculated."""

import cProfile
import re

import pytest
from sqlalchemy import event

from config.settings import ROOT
from database.base import doors
from tests.saisie import DAY, night, opened, patch, person, save, whole
from utils.actions import save_tab
from utils.rj.night_file import read_night
from utils.rj.reading import MAX_LINES, Refused


@pytest.fixture
def app(app_sqlite):
    return app_sqlite


@pytest.fixture
def auditor(app):
    client = person(app)
    opened(client)
    return client


def line(number, amount="1.00"):
    return {"id": f"ligne-{number:05d}", "name": f"Personne {number}", "amount": amount}


def lines(count, amount="1.00"):
    return [line(number, amount) for number in range(count)]


def refused(answer, count):
    """The sentence names the list, and nothing was kept."""
    assert answer.status_code == 422, answer.text[:300]
    [one] = answer.json["erreurs"]
    assert one["message"] == f"La liste « Employés » a au plus 500 lignes; {count} sont données."


@pytest.mark.parametrize("count", [MAX_LINES + 1, 10_000])
def test_a_longer_list_is_refused_whole_with_its_name(auditor, count):
    refused(patch(auditor, "sd", {"sd_entries": lines(count)}), count)
    assert whole(auditor)["version"] == 1


def test_neither_lines_typed_one_by_one_nor_a_second_save_pass_the_limit(auditor):
    texts = {f"sd_entries.ligne-{number:05d}.amount": "1" for number in range(MAX_LINES + 1)}
    refused(patch(auditor, "sd", None, saisies=texts), MAX_LINES + 1)
    save(auditor, "sd", {"sd_entries": lines(MAX_LINES)})
    refused(patch(auditor, "sd", {"sd_entries": [line(MAX_LINES)]}), MAX_LINES + 1)
    save(auditor, "sd", {"sd_entries": [{"id": "ligne-00000", "_supprimer": True}, line(MAX_LINES)]})


def test_a_map_and_a_list_of_amounts_are_bounded_too(auditor):
    amounts = patch(auditor, "sd", {"depot_data": {"client6": {"amounts": ["1.00"] * 501}}})
    batches = {f"t{number}": "1.00" for number in range(501)}
    cards = patch(auditor, "transelect", {"transelect_restaurant": {"visa": {"terminals": batches}}})
    terminals = [{"id": f"t{number}", "label": "T", "group": "pos"} for number in range(501)]
    machines = patch(auditor, "transelect", {"transelect_terminals": terminals})
    for answer in (amounts, cards, machines):
        assert answer.status_code == 422
        assert "a au plus 500 lignes; 501 sont données." in answer.json["erreurs"][0]["message"]


def test_the_file_of_a_night_has_the_same_limit():
    rows = [{"name": f"Personne {number}", "amount": "1.00"} for number in range(501)]
    with pytest.raises(Refused) as refusal:
        read_night({"audit_date": DAY, "tabs": {"sd": {"sd_entries": rows}}})
    assert "La liste « Employés » a au plus 500 lignes; 501 sont données." in str(refusal.value.as_json())


def test_the_browser_refuses_at_the_same_number():
    script = (ROOT / "static/js/coller.js").read_text(encoding="utf-8")
    assert int(re.search(r"LIGNES_AU_PLUS = (\d+);", script)[1]) == MAX_LINES


def calls(action):
    """How many functions an action calls: the same each time, whatever the machine does meanwhile."""
    profile = cProfile.Profile()
    profile.enable()
    answer = action()
    profile.disable()
    assert answer.status_code == 200, answer.text[:300]
    return sum(entry.callcount for entry in profile.getstats())


def test_ten_times_the_lines_cost_a_cell_and_a_page_at_most_three_times(app, auditor, capsys):
    """And no question more to the base."""
    costs = {}
    with app.app_context():
        engine = doors().reader
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *_: asked.append(1))
    for count in (50, 500):
        save(auditor, "sd", {"sd_entries": lines(count)})
        auditor.get(f"/rj/native/{DAY}/sd")
        version = save(auditor, "sd", {"sd_entries": [line(3, "7.00")]})["version"]
        body = {"version": version, "values": {"sd_entries": [line(3, "8.00")]}}
        one = calls(lambda body=body: auditor.patch(night(DAY, "/sd"), json=body))
        asked.clear()
        page = calls(lambda: auditor.get(f"/rj/native/{DAY}/sd"))
        costs[count] = (page, one, len(asked))
    (page, one, questions), (long_page, long_one, long_questions) = costs[50], costs[500]
    with capsys.disabled():
        print(f"\n    500 lignes pour 50 : page × {long_page / page:.2f}, case × {long_one / one:.2f}")  # noqa: T201
    assert long_questions == questions
    assert long_page <= 3 * page
    assert long_one <= 3 * one


def free():
    """Whether nobody has the turn to write."""
    turn = doors().turn
    got = turn.acquire(blocking=False)
    if got:
        turn.release()
    return got


def test_a_long_save_is_calculated_while_others_may_write(app, auditor, monkeypatch):
    """And is calculated again when somebody did."""
    other, seen, calculate = person(app, "superviseur"), [], save_tab.recalculated

    def watched(*args):
        seen.append(free())
        if len(seen) == 1:
            monkeypatch.setattr(save_tab, "recalculated", calculate)
            save(other, "recap", {"deposit_cdn": "90.00"})
            monkeypatch.setattr(save_tab, "recalculated", watched)
        return calculate(*args)

    monkeypatch.setattr(save_tab, "recalculated", watched)
    assert save(auditor, "sd", {"sd_entries": lines(100)})["version"] == 3
    assert seen == [True, True]
    assert auditor.get(night(DAY, "/recap")).json["values"]["deposit_cdn"] == "90.00"
    assert len(auditor.get(night(DAY, "/sd")).json["values"]["sd_entries"]) == 100
