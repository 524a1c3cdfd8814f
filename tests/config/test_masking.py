"""What a log never shows, whatever the shape it comes in."""

import pytest

from config.masking import MASK, masked, masked_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("de marie.cote@hotel.ca hier", f"de {MASK} hier"),
        ("carte 4111 1111 1111 1111.", f"carte {MASK}."),
        ("carte 4111111111111111", f"carte {MASK}"),
        ("numéro 4111111111111112", "numéro 4111111111111112"),
        ("Bearer abcdef123456", f"Bearer {MASK}"),
        ("postgresql://rj:secret@base/rj", f"postgresql://{MASK}@base/rj"),
        ("/reinitialisation/abc.def ouvert", f"/reinitialisation/{MASK} ouvert"),
        ("mot de passe : chat", f"mot de passe : {MASK}"),
        ('"access_token": "abc", "x": 1', f'"access_token": {MASK}, "x": 1'),
        ("api_key=abc&x=1", f"api_key={MASK}&x=1"),
        ("total 1234567,89 le 2025-12-23", "total 1234567,89 le 2025-12-23"),
        ("", ""),
    ],
)
def test_a_text_is_shown_without_people_secrets_and_cards(text, shown):
    assert masked_text(text) == shown


def test_a_value_is_masked_by_its_name_at_any_depth():
    given = {"mot_de_passe": "x", "liste": [{"jeton": 1, "nuit": "2025-12-23"}], "Authorization": None}
    assert masked(given) == {
        "mot_de_passe": MASK,
        "liste": [{"jeton": MASK, "nuit": "2025-12-23"}],
        "Authorization": MASK,
    }


@pytest.mark.parametrize("value", [None, True, 0, 12, 1.5])
def test_a_number_is_left_as_it_is(value):
    assert masked(value) is value


def test_anything_else_is_shown_as_a_masked_text():
    assert masked(ValueError("a@b.ca")) == MASK
    assert masked(("a@b.ca", 3)) == [MASK, 3]
    assert masked({"a@b.ca"}) == [MASK]
