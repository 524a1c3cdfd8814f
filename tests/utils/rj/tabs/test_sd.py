"""SD: one line an envelope; what was counted against what was due; the envelopes of the bank."""

import pytest

from tests.utils.rj.build import figure, figures, night

VARIANCES = ("sd_total_variance", "sd_max_ecart")


def sd(*lines):
    return night(sd={"sd_entries": list(lines)})


@pytest.mark.parametrize(
    ("line", "variance"),
    [
        ({"amount": "100.00", "verified": "90.00"}, "-10.00"),
        ({"amount": "-500.00", "verified": "136.35", "reimbursement": "316.32"}, "320.03"),
        ({"verified": "5.00"}, "5.00"),
        ({"amount": "5.00"}, "-5.00"),
        ({"amount": "5.00", "verified": "5.00"}, "0.00"),
    ],
)
def test_the_variance_of_an_envelope_is_what_was_counted_less_what_was_due(line, variance):
    (found,) = sd(line).values["sd.sd_entries[].variance"]
    assert f"{found}" == variance


def test_the_greatest_variance_has_no_sign_and_the_total_may_cancel():
    of = sd({"amount": "100.00", "verified": "40.00"}, {"amount": "10.00", "verified": "70.00"})
    assert figures(of, "sd", *VARIANCES) == ["0.00", "60.00"]


def test_an_envelope_without_currency_is_canadian():
    of = sd({"verified": "10.00"}, {"verified": "20.00", "currency": "US"}, {"verified": "1.00", "currency": "CDN"})
    assert figures(of, "sd", "sd_total_verified", "sd_total_verified_cdn", "sd_total_verified_us") == [
        *("31.00", "11.00", "20.00"),
    ]


def test_no_envelope_of_a_currency_is_nil_once_there_are_envelopes():
    assert figures(sd({"verified": "1.00"}), "sd", "sd_total_verified_us", "sd_total_reimbursement") == [
        *("0.00", "0.00"),
    ]
    assert figure(night(), "sd.sd_total_verified_us") is None


def test_the_sealed_envelopes_are_those_of_the_recap():
    data = {"client6": {"amounts": ["106.70", "-18.70"]}, "client8": {"amounts": ["0.60"]}}
    of = night(sd={"depot_data": data}, recap={"deposit_cdn": "88.60"})
    assert figures(of, "sd", "depot_total_client6", "depot_total_client8", "depot_total") == ["88.00", "0.60", "88.60"]
    assert figure(of, "sommaire.statuts.chk_depot") == "ok"


def test_one_column_of_envelopes_is_enough():
    assert figures(
        night(sd={"depot_data": {"client8": {"amounts": ["5.00"]}}}), "sd", "depot_total_client6", "depot_total"
    ) == [
        *(None, "5.00"),
    ]


@pytest.mark.parametrize(
    ("given", "state"),
    [({}, "vide"), ({"sans_activite": True}, "sans_activite"), ({"sd_entries": [{"note": "x"}]}, "complet")],
)
def test_the_tab_is_complete_with_its_variance(given, state):
    assert figure(night(sd=given), "sommaire.onglets.sd") == state
