"""A folder of night files served as a PMS: only what the files say."""

import json
from datetime import date

import pytest

from tests.utils.rj import golden
from utils.simulators.nights import NightFilesError, read_folder


@pytest.fixture
def folder(tmp_path):
    """A folder of these files."""

    def write(**files):
        for name, document in files.items():
            text = document if isinstance(document, str) else json.dumps(document)
            (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def night(day="2025-12-23", **tabs):
    return {"audit_date": day, "tabs": tabs}


def test_files_of_a_date_are_merged_and_the_next_day_is_open(folder):
    hotel = read_folder(
        folder(a=night(recap={"x": "1.00"}), b=night(recap={"y": "2.00"}), c=night("2025-12-24", recap={"x": "3.00"}))
    )
    assert hotel.nights[date(2025, 12, 23)] == {"recap": {"x": "1.00", "y": "2.00"}}
    assert hotel.current_date() == date(2025, 12, 25)
    assert not hotel.invented


def test_the_same_field_said_two_ways_stops_the_start(folder):
    path = folder(a=night(recap={"x": "1.00"}), b=night(recap={"x": "2.00"}))
    with pytest.raises(NightFilesError, match=r"b\.json : « recap\.x » est dit autrement"):
        read_folder(path)
    (path / "b.json").write_text(json.dumps(night(recap={"x": "1.00"})), encoding="utf-8")
    assert read_folder(path).nights


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"audit_date": "hier", "tabs": {}}', '{"audit_date": "2025-12-23", "tabs": []}']
)
def test_what_is_no_night_file_is_named(folder, text):
    with pytest.raises(NightFilesError, match=r"a\.json n’est pas un fichier de nuit"):
        read_folder(folder(a=text))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(NightFilesError, match="Aucun fichier de nuit"):
        read_folder(tmp_path)


def test_what_the_files_lack_is_never_made_up():
    hotel = read_folder(golden.FOLDER)
    assert hotel.report("CardSettlements", date(2025, 12, 23))
    assert hotel.report("CardSettlements", date(2020, 1, 1)) is None
    assert hotel.report("Inconnu", date(2025, 12, 23)) is None
