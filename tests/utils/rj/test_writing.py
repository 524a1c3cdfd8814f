"""Values as the night file has them."""

from decimal import Decimal

import pytest

from tests.utils.rj.build import night
from utils.rj.catalogue import FIELDS
from utils.rj.night_file import write_night
from utils.rj.writing import (
    difference,
    factor_text,
    percent_text,
    write_differences,
    write_inputs,
    write_values,
    written,
    written_line,
)


@pytest.mark.parametrize(
    ("value", "percent", "factor"),
    [
        ("0", "0.00", "0.000"),
        ("5", "5.00", "5.000"),
        ("29.37", "29.37", "29.370"),
        ("9.975", "9.975", "9.975"),
        ("0.9735", "0.9735", "0.9735"),
        ("1.000", "1.00", "1.000"),
        ("0.0000", "0.00", "0.0000"),
        ("0.9750", "0.975", "0.9750"),
        ("-0.050", "-0.05", "-0.050"),
        ("1E+2", "100.00", "100.000"),
    ],
)
def test_percentages_have_two_decimals_and_factors_three_more_if_needed(value, percent, factor):
    assert (percent_text(Decimal(value)), factor_text(Decimal(value))) == (percent, factor)


def test_a_key_that_is_no_column_passes_through():
    """Lines carry an id outside the night file."""
    line = {"id": "a1", "name": "A", "nouveau": Decimal(5)}
    assert written_line(FIELDS["dueback.dueback_entries"], line) == {"id": "a1", "name": "A", "nouveau": "5.00"}
    assert written(FIELDS["dueback.dueback_entries"], (line,))[0]["id"] == "a1"


def test_dates_counts_and_flags():
    given = night(
        sd={"depot_data": {"client6": {"date": "2025-12-23", "amounts": ["1.5"]}}, "sans_activite": False},
        jour={"jour_adultes": 0},
    )
    assert write_inputs(given.inputs) == {
        "sd": {"depot_data": {"client6": {"date": "2025-12-23", "amounts": ["1.50"]}}, "sans_activite": False},
        "jour": {"jour_adultes": 0},
    }
    assert write_values("jour", given.inputs) == {"jour_adultes": 0}


TYPED = {"jour_pos_cafe_vins": "10.00", "jour_cafe_vins": "9.00", "jour_rooms_total": 5, "jour_rooms_simple": 4}


def test_a_typed_value_is_listed_beside_a_different_source():
    given = night(jour=TYPED, dbrs={"dbrs_house_count": 3})
    assert write_differences(given) == [
        {"champ": "jour.jour_cafe_vins", "saisi": "9.00", "source": "10.00", "ecart": "-1.00"},
        {"champ": "jour.jour_rooms_simple", "saisi": 4, "source": 5, "ecart": -1},
    ]
    assert write_differences(given, ["jour.jour_rooms_simple", "jour.jour_adr"]) == write_differences(given)[1:]
    assert difference(given, "jour.jour_adr") is None


@pytest.mark.parametrize(
    "jour",
    [{"jour_cafe_vins": "9.00"}, {"jour_cafe_vins": "9.00", "jour_pos_cafe_vins": "9.0"}],
    ids=["no source", "equal source"],
)
def test_a_typed_value_alone_or_equal_to_its_source_is_no_difference(jour):
    found = write_night(night(jour=jour))
    assert found["differences"] == []
    assert found["computed"]["jour"]["jour_cafe_vins"] == "9.00"


def test_a_carried_value_that_was_typed_is_no_difference():
    """`geac_ar_previous` and the terminals are carried: typed, they are not compared with the night before."""
    given = night(previous={"geac_ar_new_balance": "1.00"}, geac={"geac_ar_previous": "2.00"})
    found = write_night(given)
    assert found["differences"] == []
    assert "geac_ar_previous" not in found["computed"].get("geac", {})
    opening = night(previous={"jour_new_balance": "1.00"}, jour={"jour_opening_balance": "2.00"})
    assert write_night(opening)["differences"][0]["ecart"] == "1.00"


def test_a_value_carried_and_used_tonight_is_shown():
    terminals = [{"id": "a", "group": "pos"}]
    given = night(previous={"geac_ar_new_balance": "1.00", "transelect_terminals": terminals})
    computed = write_night(given)["computed"]
    assert computed["geac"]["geac_ar_previous"] == "1.00"
    assert computed["transelect"]["transelect_terminals"] == terminals
    assert "transelect_terminals" not in write_night(night())["computed"]["transelect"]
