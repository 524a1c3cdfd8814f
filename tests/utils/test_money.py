"""Exact money: what is typed becomes that number or a refusal, never another; rounding is half away from zero."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utils.lookalikes import lookalike
from utils.money import (
    ZERO,
    AmountError,
    from_cents,
    is_sum,
    money_text,
    r2,
    r3,
    read_json_money,
    read_json_rate,
    read_typed_count,
    read_typed_money,
    rounded,
    shown,
    to_cents,
)
from utils.text import plain

SPACES = (" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}", "\t")
MINUSES = "-\N{MINUS SIGN}"

ACCEPTED = {
    "1234,56": "1234.56",
    "1 234,56": "1234.56",
    "1\N{NO-BREAK SPACE}234,56": "1234.56",
    "1\N{NARROW NO-BREAK SPACE}234,56": "1234.56",
    "1234.56": "1234.56",
    "-12,5": "-12.50",
    "12,5-": "-12.50",
    "−12,5": "-12.50",
    "12,5−": "-12.50",
    "(12,50)": "-12.50",
    "(12,50 $)": "-12.50",
    "(12,50) $": "-12.50",
    "12,34 $": "12.34",
    "12,34$": "12.34",
    "2,1": "2.10",
    "2,10": "2.10",
    ",5": "0.50",
    "0": "0.00",
    "-0": "0.00",
    "007": "7.00",
    "+5": "5.00",
    "  5  ": "5.00",
    "- 5": "-5.00",
    "9055,20-15,30": "9039.90",
    "=9055,20-15,30": "9039.90",
    "= 9055,20 − 15,30 − 36,25": "9003.65",
    "1 000 + 2 000,5 $": "3000.50",
    "100 + (12,50)": "87.50",
    "(5)-3": "-8.00",
    "-1+1": "0.00",
    "999 999 999 999,99": "999999999999.99",
    "0 000 000 000 000 001": "1.00",
}
REFUSED = (
    *("1,234.56", "1.234,56", "1,234", "1.234", "12,34,56", "1.2.3", "12,345", "0,001", "5,", "5."),
    *("abc", "12,3a", "1e5", "0x10", "1_000", "douze", "NaN", "Infinity", "-inf", "12,34 CAD", "12 €", "%"),
    *(
        "",
        " ",
        "=",
        "+",
        "-",
        "−",
        "$",
        "=$",
        "()",
        "( )",
        "5+",
        "5--3",
        "5+-3",
        "+-5",
        "--5",
        "5 + + 3",
        "= = 5",
        "==5",
    ),
    *("-5-", "+5-", "-(5)", "5-(3)", "(5)-", "((5))", "(5", "5)", "(-5)", "(5-3)", "5-3-", "$5", "$ 5", "5 $$", "5- $"),
    *("12 34", "1 2345", "1  234", "1234 567", "1 234 56", "12,3 4", "12 ,5", "5 3", "5 $ 3"),
    *(
        "1000000000000",
        "1 000 000 000 000",
        "999999999999,99 + 0,01",
        "9" * 400,
        "٣",
        "１２",
        "½",
        "²",
        "–5",
        "—5",
        "\x00",
    ),
)


CALCULATED = {
    "=10/4": "2.50",
    "=5*3": "15.00",
    "=9×10": "90.00",
    "=10÷4": "2.50",
    "=10/3": "3.33",
    "=-10/3": "-3.33",
    "=10/3*3": "10.00",
    "=0,005*1": "0.01",
    "=0,005*-1": "-0.01",
    "=0,1+0,2": "0.30",
    "=1,115*1": "1.12",
    "=2,675*100": "267.50",
    "=0,125+0,375": "0.50",
    "=1/8": "0.13",
    "=-1/8": "-0.13",
    "=(1+2)*3": "9.00",
    "=2*(3+(4-1))": "12.00",
    "= 12 / 3": "4.00",
    "=5-(-3)": "8.00",
    "=5*-3": "-15.00",
    "=1 234,56*2": "2469.12",
    "=12,34 $ * 2": "24.68",
    "=9055,20-15,30": "9039.90",
    "=2025-12-23": "1990.00",
    "=12/3": "4.00",
    "=101-104": "-3.00",
    "=12,5-": "-12.50",
    "=(5)*3": "15.00",
    "=(2-5)": "-3.00",
    "=999999999999*1": "999999999999.00",
    "=0*999999999999*999999999999": "0.00",
    "=1/3+1/3+1/3": "1.00",
    "\u202d=10/4\u202c": "2.50",
    "=10\N{NO-BREAK SPACE}/\N{NARROW NO-BREAK SPACE}4": "2.50",
    "=0,00000000000000000000000000000000000001*100000000000/0,000000000000000000000000001": "1.00",
}
NO_CALCULATION = {
    "=10/0": "On ne divise pas par zéro : « 10/0 ».",
    "=5/(3-3)": "On ne divise pas par zéro : « 5/(3-3) ».",
    "=0/0": "On ne divise pas par zéro : « 0/0 ».",
    "=10/": "Il manque un nombre de part et d'autre d'un signe.",
    "=*5": "Il manque un nombre de part et d'autre d'un signe.",
    "=()": "Il manque un nombre de part et d'autre d'un signe.",
    "=5+-3": "Deux signes pour un seul nombre : « 5+-3 ».",
    "=(1+2": "Une parenthèse n'est pas fermée : « (1+2 ».",
    "=1+2)": "Le calcul ne se lit pas à partir de « ) ».",
    "=2(3)": "Le calcul ne se lit pas à partir de « ( ».",
    "=(5)": "Un nombre seul entre parenthèses se lit de deux façons : « (5) ».",
    "=100+(12,50)": "Un nombre seul entre parenthèses se lit de deux façons : « 100+(12,50) ».",
    "=1,234": "Plus de deux décimales : « 1,234 ». Tapez les milliers sans virgule ni point.",
    "=1.234,5*2": "« 1.234,5 » a plus d'un séparateur décimal. Tapez par exemple 1 234,56.",
    "=5x3": "« 5x3 » contient « x », qui n'est pas un chiffre.",
    "=999999999999*10": "Montant trop grand : « =999999999999*10 ».",
    "=1000000000000*0": "Montant trop grand : « 1000000000000 ».",
    "=" + "(" * 21 + "1+1" + ")" * 21: "Le calcul a trop de parenthèses : au plus 20 l'une dans l'autre.",
    "=" + "1+" * 250 + "1": "Le calcul est trop long : au plus 500 caractères.",
    "5*3": "« 5*3 » : pour multiplier ou diviser, commencez par « = ».",
    "9 × 10": "« 9 × 10 » : pour multiplier ou diviser, commencez par « = ».",
}
NOT_AMOUNTS = {
    **dict.fromkeys(("2025-12-23", "2025/12/23", "2025.12.23", "23.12.2025", "23-12-2025", "23/12/2025"), "une date"),
    **dict.fromkeys(("12/23/2025", "23-12-25", "25-12-23", "23/12/25", "2025-12", "12/2025", "2025 12 23"), "une date"),
    **dict.fromkeys(("1999-12-31", "31-12-1999"), "une date"),
    **dict.fromkeys(("5145550123", "4507778888"), "un numéro de téléphone"),
    **dict.fromkeys(("2025−12−23", "2025–12–23", "2025-12-23 03:00", "2025-12-23T03:00:00Z"), "une date"),
    **dict.fromkeys(("\u200e2025-12-23\u200f", "2025-12 -23"), "une date"),
    **dict.fromkeys(("2026-11-27 $", "2024-1"), "une date"),
    **dict.fromkeys(("5145551234", "15145551234"), "un numéro de téléphone"),
    **dict.fromkeys(("-2026-11-27", "+2025-12-23", "2025-12-23+5", "12,50+2025-12-23"), "une date"),
    **dict.fromkeys(("-514-555-1234", "+514-555-1234"), "un numéro de téléphone"),
    **dict.fromkeys(("12:30", "03:05:59", "12h30", "3 h 05"), "une heure"),
    **dict.fromkeys(("514-555-1234", "514 555-1234", "(514) 555-1234", "514.555.1234"), "un numéro de téléphone"),
    **dict.fromkeys(("1-800-555-1234", "+1 514 555-1234", "1 514 555-1234", "555-1234"), "un numéro de téléphone"),
    **dict.fromkeys(("514\xa0555-1234", "(514)555-1234", "514 555 1234"), "un numéro de téléphone"),
    **dict.fromkeys(("101-104", "5-8", "101–104", "100-100"), "un intervalle"),
    **dict.fromkeys(("2025-24", "2025-26", "2025-2024", "2025–24", "2025-00"), "un intervalle"),
    **dict.fromkeys(("23-12", "12-23", "31-1", "1-31", "23−12", "23–12", "05-03", "10-12", "12-5"), "une date"),
    **dict.fromkeys(("12/3", "1/2", "1 1/2", "12 / 3", "1⁄2"), "une fraction"),
    **dict.fromkeys(("192.168.1.10", "10.0.0.1"), "une adresse IP"),
    **dict.fromkeys(("H7T 1A1", "h7t1a1", "12345-6789"), "un code postal"),
    **dict.fromkeys(("123-456-789", "4111-1111-1111-1111", "1-2-3", "900-08-15"), "un numéro"),
    **dict.fromkeys(("-", "−", " -   $ ", "$ -", "–"), "un tiret"),
}


@pytest.mark.parametrize(("text", "value"), ACCEPTED.items())
def test_what_is_accepted(text, value):
    assert money_text(read_typed_money(text)) == value


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text):
    with pytest.raises(AmountError):
        read_typed_money(text)


@pytest.mark.parametrize(("text", "value"), CALCULATED.items())
def test_a_calculation_is_exact_and_rounded_once(text, value):
    assert money_text(read_typed_money(text)) == value
    assert is_sum(text)


@pytest.mark.parametrize(("text", "sentence"), NO_CALCULATION.items())
def test_a_calculation_that_cannot_be_read_says_why(text, sentence):
    with pytest.raises(AmountError) as refused:
        read_typed_money(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("text", "what"), NOT_AMOUNTS.items())
def test_what_only_looks_like_an_amount_is_named(text, what):
    with pytest.raises(AmountError) as refused:
        read_typed_money(text)
    assert str(refused.value).startswith(f"« {plain(text)} » est {what}, pas un montant.")


def test_a_date_says_so_and_nothing_else():
    with pytest.raises(AmountError) as refused:
        read_typed_money("2025-12-23")
    assert str(refused.value) == "« 2025-12-23 » est une date, pas un montant."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("9055,20-15,30", "9039.90"), ("2025 - 12 - 23", "1990.00"), ("101 - 104", "-3.00"), ("104-101", "3.00")),
        *(("100-20", "80.00"), ("100-20-30", "50.00"), ("5-3", "2.00"), ("514,00-555", "-41.00"), ("10+2", "12.00")),
        *(("=23-12", "11.00"), ("23 - 12", "11.00"), ("32-12", "20.00"), ("23,00-12", "11.00"), ("23-13", "10.00")),
        *(("=2025-24", "2001.00"), ("2025 - 24", "2001.00"), ("2025-150", "1875.00"), ("2025,00-24", "2001.00")),
        *(("5+3-10", "-2.00"), ("100 $-120 $", "-20.00"), ("1 500-200", "1300.00"), ("2025", "2025.00")),
        *(("100 000-2500", "97500.00"), ("50-20-10", "20.00"), ("-5-3", "-8.00"), ("20251223", "20251223.00")),
    ],
)
def test_a_sum_meant_as_such_stays_one(text, value):
    assert money_text(read_typed_money(text)) == value


@pytest.mark.parametrize(
    ("text", "typed", "value"),
    [
        *(("23-12", "=23-12", "11.00"), ("2025−24", "=2025-24", "2001.00"), ("101–104", "=101-104", "-3.00")),
        *(("2025-12", "=2025-12", "2013.00"), ("1 250-1 300", "=1 250-1 300", "-50.00")),
    ],
)
def test_what_could_be_a_difference_says_how_to_type_one(text, typed, value):
    with pytest.raises(AmountError) as refused:
        read_typed_money(text)
    assert str(refused.value).endswith(f" Pour soustraire, tapez {typed}.")
    assert money_text(read_typed_money(typed)) == value


@pytest.mark.parametrize("mark", "\xad\u200b\u200e\u200f\u202d\u202c\u2066\u2069\u2060\ufeff\u061c")
def test_a_mark_that_nobody_sees_changes_nothing(mark):
    assert read_typed_money(f"{mark}1234{mark},56{mark}") == Decimal("1234.56")
    assert read_typed_count(f"{mark}74{mark}") == 74
    assert not is_sum(f"{mark}5{mark}")


@pytest.mark.parametrize("space", "\t\n\r\x1c\x1f\x85\xa0\u1680\u2003\u2009\u2028\u202f\u205f\u3000")
def test_spaces_of_every_kind_are_one(space):
    assert read_typed_money(f"{space}1{space}234,56{space}$") == Decimal("1234.56")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Le champ est vide : tapez un montant."),
        ("12,3a", "« 12,3a » contient « a », qui n'est pas un chiffre."),
        ("12zéa,5z", "« 12zéa,5z » contient « zéa », qui n'est pas un chiffre."),
        ("1.234,56", "« 1.234,56 » a plus d'un séparateur décimal. Tapez par exemple 1 234,56."),
        ("1,234", "Plus de deux décimales : « 1,234 ». Tapez les milliers sans virgule ni point."),
        ("12 34", "« 12 34 » n'est pas un montant. Tapez par exemple 1 234,56."),
        ("5+", "Il manque un nombre de part et d'autre d'un signe."),
        ("-(5)", "Deux signes pour un seul nombre : « -(5) »."),
        ("1000000000000", "Montant trop grand : « 1000000000000 »."),
        ("999999999999 + 1", "Montant trop grand : « 999999999999 + 1 »."),
    ],
)
def test_a_refusal_says_why_in_french(text, sentence):
    with pytest.raises(AmountError) as refused:
        read_typed_money(text)
    assert str(refused.value) == sentence


# An oracle that shares nothing with the reader: it cuts the text into tokens and matches their shape.


def tokens(text):
    """Numbers in cents as `N`, signs, parentheses and dollars; None for a character that has no place here."""
    plain = "".join(" " if character.isspace() else character for character in text)
    found, position = [], 0
    while position < len(plain):
        character = plain[position]
        if character in "0123456789.,":
            cents, position = number(plain, position)
            if cents is None:
                return None
            found.append(("N", cents))
            continue
        if character in "+()$=" + MINUSES:
            found.append(("-" if character in MINUSES else character, 0))
        elif character != " ":
            return None
        position += 1
    return found


def digits(text, position):
    end = position
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return text[position:end], end


def number(text, position):
    """The cents of a number that starts here and where it ends; None for one that could be read two ways."""
    whole, end = digits(text, position)
    if whole and len(whole) <= 3:
        group, after = digits(text, end + 1)
        while text[end : end + 1] == " " and len(group) == 3:
            whole, end = whole + group, after
            group, after = digits(text, end + 1)
    decimals = ""
    if text[end : end + 1] in (".", ","):
        decimals, end = digits(text, end + 1)
        if not decimals or len(decimals) > 2:
            return None, end
    if len(whole.lstrip("0")) > 12:
        return None, end
    return int(whole or "0") * 100 + int(decimals.ljust(2, "0")), end


SHAPE = re.compile(r"=?(?:N\$?-|[+-]?N\$?|\+?\(N\$?\)\$?)|=?(?:[+-]?N\$?|\+?\(N\$?\)\$?)(?:[+-]N\$?|\+\(N\$?\)\$?)+")


def oracle(text):
    """The cents of a typed amount by the grammar of the interfaces, None when it must be refused."""
    text = plain(text)
    if text.startswith("=") and not re.fullmatch(rf"=[^{re.escape(SIGNS)}]+[{MINUSES}]", text):
        return calculated(text[1:])
    if not text.startswith("=") and lookalike(text):
        return None
    found = tokens(text)
    if found is None or not SHAPE.fullmatch("".join(kind for kind, _ in found)):
        return None
    total, sign, enclosed = 0, 1, False
    for kind, cents in found:
        if kind in "+-":
            sign = -1 if kind == "-" else 1
        elif kind in "()":
            enclosed = kind == "("
        elif kind == "N":
            total, sign = total + (-cents if enclosed else sign * cents), 1
    if sign == -1:
        total = -total
    return total if abs(total) < 10**14 else None


SIGNS = "+*×/÷()" + MINUSES
OPERAND = re.compile(r"((?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?)(?:[.,]([0-9]+))? *\$?", re.ASCII)


def calculated(text):
    """Cents of what follows ``=``, cut at its last sign, then each half likewise."""
    pieces = [piece.strip() for piece in re.split(f"([{re.escape(SIGNS)}])", text) if piece.strip()]
    longest = 9999 if sum(piece not in SIGNS for piece in pieces) > 1 else 2
    try:
        value = sum_of(pieces, longest) if len(text.strip()) <= 500 else None
    except (ValueError, ZeroDivisionError):
        return None
    cents = None if value is None else int(abs(value) * 100 + Fraction(1, 2))
    return None if cents is None or cents >= 10**14 else cents if value > 0 else -cents


def last_sign(pieces, signs):
    """Where the last sign between two operands stands outside of parentheses, 0 when there is none."""
    depth = 0
    for at in range(len(pieces) - 1, 0, -1):
        depth += (pieces[at] == ")") - (pieces[at] == "(")
        if not depth and pieces[at] in signs and (pieces[at - 1] == ")" or pieces[at - 1] not in SIGNS):
            return at
    return 0


def sum_of(pieces, longest):
    at = last_sign(pieces, "+" + MINUSES)
    if at:
        right = term(pieces[at + 1 :], longest)
        return sum_of(pieces[:at], longest) + (right if pieces[at] == "+" else -right)
    if pieces and pieces[0] in "+" + MINUSES:
        return term(pieces[1:], longest) * (1 if pieces[0] == "+" else -1)
    return term(pieces, longest)


def term(pieces, longest):
    """A product; a number alone between parentheses could be a negative one."""
    if len(pieces) == 3 and pieces[0] == "(" and pieces[2] == ")":
        raise ValueError(pieces)
    return product(pieces, longest)


def product(pieces, longest):
    at = last_sign(pieces, "*×/÷")
    if not at:
        return factor(pieces, longest)
    left, right = product(pieces[:at], longest), pieces[at + 1 :]
    signed = right and right[0] in "+" + MINUSES
    value = factor(right[1:] if signed else right, longest) * (-1 if signed and right[0] != "+" else 1)
    return left / value if pieces[at] in "/÷" else left * value


def factor(pieces, longest):
    if len(pieces) > 2 and pieces[0] == "(" and pieces[-1] == ")":
        return sum_of(pieces[1:-1], longest)
    found = OPERAND.fullmatch(pieces[0]) if len(pieces) == 1 else None
    if not found or not (found[1] or found[2]) or len(found[2] or "") > longest:
        raise ValueError(pieces)
    whole = found[1].replace(" ", "").lstrip("0")
    if len(whole) > 12:
        raise ValueError(pieces)
    return Fraction(f"{whole or 0}.{found[2] or 0}")


def read(text):
    """Cents, or None when refused; anything but a refusal escapes."""
    try:
        return to_cents(read_typed_money(text))
    except AmountError:
        return None


@pytest.mark.parametrize(("text", "value"), [*ACCEPTED.items(), *((text, None) for text in REFUSED)])
def test_the_oracle_agrees_with_the_table(text, value):
    assert oracle(text) == (None if value is None else int(value.replace(".", "")))


@given(st.text())
def test_any_text_is_read_as_the_grammar_says_or_refused(text):
    assert read(text) == oracle(text)


@given(st.text(alphabet="0123456789 ,.+-−*/×÷()=$\u00a0\u202fe", max_size=14))
@example("1 234 - 56")
@example("1 23-4")
@example("(1) $ + 2")
def test_a_text_made_of_the_right_characters_is_never_another_number(text):
    assert read(text) == oracle(text)


@given(st.text(alphabet="012345678,+-−*/×÷()", max_size=16))
@example("1/3*3+(2-5)*-,5")
def test_a_calculation_is_never_another_number(text):
    assert read("=" + text) == oracle("=" + text)


@given(st.binary(), st.sampled_from(["latin-1", "utf-8", "utf-16", "cp437"]))
def test_bytes_read_in_any_encoding_are_read_as_the_grammar_says_or_refused(data, encoding):
    text = data.decode(encoding, "replace")
    assert read(text) == oracle(text)


@st.composite
def typed_numbers(draw):
    """A number as somebody may type it, with its cents."""
    cents = draw(st.integers(0, 10**12))
    whole, decimals = divmod(cents, 100)
    text = f"{whole:,}".replace(",", draw(st.sampled_from(SPACES))) if draw(st.booleans()) else str(whole)
    fraction = f"{decimals:02d}"
    fraction = fraction[0] if fraction[1] == "0" and draw(st.booleans()) else fraction
    if decimals or draw(st.booleans()):
        text += draw(st.sampled_from(",.")) + fraction
    return text + draw(st.sampled_from(["", " $", "$", "\N{NO-BREAK SPACE}$"])), cents


@given(typed_numbers(), st.sampled_from(["{}", "-{}", "−{}", "{}-", "({})", "= {}", "=-{}", " {} "]))
def test_every_way_of_typing_a_number_is_that_number(typed, shape):
    text, cents = typed
    negative = any(sign in shape for sign in "-−(")
    assert read(shape.format(text)) == (-cents if negative else cents)


@given(st.lists(st.tuples(st.sampled_from("+-−"), typed_numbers()), min_size=1, max_size=8), st.sampled_from(["", " "]))
def test_a_sum_is_the_sum_of_its_numbers(terms, space):
    text = "=" + space.join(f"{sign}{space}{typed}" for sign, (typed, _) in terms)
    total = sum(cents if sign == "+" else -cents for sign, (_, cents) in terms)
    assert read(text) == total
    assert is_sum(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("=5", True), (" = 5", True), ("5+3", True), ("5 - 3", True), ("-5", False), ("5-", False), ("12,34 $", False)],
)
def test_the_text_of_a_sum_is_worth_keeping(text, kept):
    assert is_sum(text) is kept


# Counts


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("1 234", 1234), ("5-3", 2), ("=100+50", 150), ("0", 0)])
def test_a_count_is_a_whole_number_or_a_sum_of_them(text, value):
    assert read_typed_count(text) == value


@pytest.mark.parametrize("text", ["999999999999+1", "-999999999999-1", "=999999999999*10"])
def test_a_count_greater_than_any_amount_is_refused_as_one(text):
    with pytest.raises(AmountError) as refused:
        read_typed_count(text)
    assert str(refused.value) == f"Nombre trop grand : « {text} »."


@pytest.mark.parametrize("text", ["1,0", "1.5", "12 $", "-1", "3-5", "(4)", "", "a"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(AmountError):
        read_typed_count(text)


@given(st.text(alphabet="0123456789 ,.+-()=$", max_size=10))
def test_a_count_is_the_amount_when_that_is_whole_and_positive(text):
    try:
        value = read_typed_count(text)
    except AmountError:
        assert read(text) is None or read(text) < 0 or set(text) & set(",.$")
    else:
        assert type(value) is int
        assert value * 100 == oracle(text) >= 0


# The JSON form


def in_json(reader, text):
    """The value, or None when refused."""
    try:
        return reader(text)
    except AmountError:
        return None


@given(st.one_of(st.text(), st.from_regex(r"-?[0-9]{0,14}(\.[0-9]{0,4})?", fullmatch=True)))
@example("-0.00")
@example("1.5\n")
@example("٣")
def test_json_money_is_exactly_the_pattern_of_the_reference(text):
    fits = re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", text, re.ASCII)
    assert in_json(read_json_money, text) == (Decimal(text) if fits else None)


@given(st.one_of(st.text(), st.from_regex(r"-?[0-9]{0,8}(\.[0-9]{0,5})?", fullmatch=True)))
def test_a_rate_has_at_most_three_decimals(text):
    fits = re.fullmatch(r"-?\d{1,6}(\.\d{1,3})?", text, re.ASCII)
    assert in_json(read_json_rate, text) == (Decimal(text) if fits else None)


def test_a_refused_json_value_is_repeated():
    with pytest.raises(AmountError, match=r"^Montant invalide : « 12,3a »\.$"):
        read_json_money("12,3a")
    with pytest.raises(AmountError, match=r"^Taux invalide : « 1e3 »\.$"):
        read_json_rate("1e3")
    assert not read_json_money("-0.00").is_signed()


AMOUNTS = st.integers(-(10**14), 10**14).map(from_cents)


@given(AMOUNTS)
def test_an_amount_written_then_read_is_itself(value):
    text = money_text(value)
    assert re.fullmatch(r"-?\d+\.\d\d", text)
    assert text != "-0.00"
    assert Decimal(text) == value
    assert from_cents(to_cents(value)) == value


@pytest.mark.parametrize("value", [ZERO, Decimal("0.00"), Decimal("-0.00"), Decimal("-0")])
def test_there_is_no_negative_zero(value):
    assert money_text(value) == "0.00"


def test_an_amount_in_cents():
    assert [to_cents(Decimal(text)) for text in ("12.34", "-0.5", "7")] == [1234, -50, 700]


def test_a_fraction_of_a_cent_is_no_amount():
    with pytest.raises(AmountError, match="au plus deux décimales"):
        to_cents(Decimal("0.005"))


# Rounding


@given(st.decimals(-(10**15), 10**15, places=6), st.integers(0, 6))
@example(Decimal("0.005"), 2)
@example(Decimal("-0.005"), 2)
@example(Decimal("-0.004"), 2)
def test_rounding_is_half_away_from_zero(value, places):
    scaled = abs(Fraction(value)) * 10**places
    whole = int(scaled + Fraction(1, 2))
    found = rounded(value, places)
    assert found == Fraction(-whole if value < 0 else whole, 10**places)
    assert not (found == 0 and found.is_signed())
    assert found.as_tuple().exponent == -places


@given(st.decimals(-(10**9), 10**9, places=5))
def test_the_two_named_roundings(value):
    assert r2(value) == rounded(value, 2)
    assert r3(value) == rounded(value, 3)


def test_the_examples_of_the_reference():
    assert (r2(Decimal("0.005")), r2(Decimal("-0.005"))) == (Decimal("0.01"), Decimal("-0.01"))
    assert (r3(Decimal("1.9995")), r3(Decimal("-0.0005"))) == (Decimal("2.000"), Decimal("-0.001"))
    assert r2(Decimal(10079) * Decimal("1.70") / 100) == Decimal("171.34")


# What an error repeats


@given(st.text())
def test_an_error_repeats_a_text_short_and_printable(text):
    assert len(shown(text)) <= 40
    assert shown(text).isprintable()
    assert text != shown(text) or len(text) <= 40


def test_a_sum_that_nobody_types_is_refused_before_it_is_read():
    assert read_typed_money("+".join(["1"] * 2500)) == Decimal(2500)
    with pytest.raises(AmountError, match=r"Le calcul est trop long : au plus 5000 caractères\."):
        read_typed_money("+".join(["1"] * 2501))
