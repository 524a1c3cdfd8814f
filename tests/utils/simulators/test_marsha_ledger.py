"""What the simulator of MARSHA remembers, in memory or in a file that several processes share."""

import json
import multiprocessing
from contextlib import suppress

import pytest

from utils.simulators.marsha_ledger import Ledger


def written(ledger, sequence, day="2025-12-23", code="YULRJ"):
    """Remember a submission."""
    with ledger.opened() as kept:
        kept["submissions"][f"{code}{day}{sequence}"] = {
            "propertyCode": code,
            "businessDate": day,
            "submissionSeq": sequence,
        }


@pytest.mark.parametrize("of_file", [False, True])
def test_the_submissions_of_a_date_come_in_their_order(tmp_path, of_file):
    ledger = Ledger(tmp_path / "la" / "registre.json" if of_file else None)
    for sequence in (10, 2, 1):
        written(ledger, sequence)
    written(ledger, 5, day="2025-12-24")
    written(ledger, 6, code="AUTRE")
    assert [one["submissionSeq"] for one in ledger.of_date("YULRJ", "2025-12-23")] == [1, 2, 10]


def test_two_of_one_file_are_one_and_a_reader_writes_nothing(tmp_path):
    path = tmp_path / "registre.json"
    with Ledger(path).opened() as kept:
        assert kept == {"submissions": {}, "keys": {}, "final": []}
    assert not path.exists()
    written(Ledger(path), 1)
    assert len(Ledger(path).of_date("YULRJ", "2025-12-23")) == 1


def work(path, start):
    """Write twenty submissions, one at a time."""
    for number in range(start, start + 20):
        written(Ledger(path), number)


def test_two_processes_lose_nothing_of_each_other(tmp_path):
    path = tmp_path / "registre.json"
    spawn = multiprocessing.get_context("fork")
    workers = [spawn.Process(target=work, args=(path, start)) for start in (1, 101)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert len(json.loads(path.read_text(encoding="utf-8"))["submissions"]) == 40


def test_what_is_raised_in_the_middle_of_a_writing_changes_nothing_of_the_file(tmp_path):
    path = tmp_path / "registre.json"
    written(Ledger(path), 1)
    with suppress(KeyError), Ledger(path).opened() as kept:
        kept["submissions"].clear()
        kept["submissions"]["absent"].clear()
    assert len(Ledger(path).of_date("YULRJ", "2025-12-23")) == 1
