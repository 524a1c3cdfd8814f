"""Texts that somebody may type in a cell for a number: sums, calculations, what only looks like one, marks, spaces."""

import random

SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
MARKS = "\xad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202d\u202c\u2060\u2066\u2069\ufeff\U000e0020"
LETTERS = "aeéEOxXhT€%½²٣１\U0001d4d0ﬁ"
HYPHENS = "--------−−–‑"


def whole(dice):
    size = dice.choice((1, 1, 2, 2, 3, 3, 4, 5, 7, 12, 13))
    digits = "".join(dice.choices("0123456789", k=size))
    if dice.random() < 0.3:
        return f"{int(digits):,}".replace(",", dice.choice(SPACES))
    return digits if dice.random() < 0.1 else str(int(digits))


def amount(dice):
    text = whole(dice) + dice.choice(("", "", ",5", ".25", ",00", ",10", ".125", ",1234567", ",", "."))
    return text + dice.choice(("", "", "", "", " $", "$", "\xa0$", "-"))


def plain_sum(dice):
    text = dice.choice(("", "", "=", "= ", "-", "+"))
    text += amount(dice)
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        space = dice.choice(("", "", " ", "\xa0"))
        text += space + dice.choice("+-−") + space + dice.choice((amount(dice), f"({amount(dice)})"))
    return text


def calculation(dice, depth=0):
    """What follows ``=``: numbers, signs, parentheses, well formed most of the time."""
    text = dice.choice(("", "", "", "-", "+", "−"))
    for position in range(dice.choice((1, 1, 2, 2, 3))):
        text += dice.choice(("+", "-", "−", "*", "×", "/", "÷", " / ", " * ", "*-")) if position else ""
        if depth < 3 and dice.random() < 0.3:
            text += f"({calculation(dice, depth + 1)})"
        else:
            text += dice.choice(("0", "3", "7", "10", "0,5", ",25", "1,234", amount(dice), amount(dice)))
    return text


def lookalike(dice):
    """A date, a telephone, a range, an hour, an address, a fraction, a number of something."""
    number, hyphen = dice.randint, dice.choice(HYPHENS)
    year, month, day = number(1990, 2105), number(0, 14), number(0, 33)
    join = dice.choice((hyphen, "/", ".", " ", hyphen + " ", f" {hyphen} "))
    shapes = (
        lambda: join.join((f"{year}", f"{month:02}", f"{day:02}")),
        lambda: join.join((f"{day}", f"{month}", f"{year}")),
        lambda: join.join((f"{day:02}", f"{month:02}", f"{year % 100:02}")),
        lambda: join.join(dice.sample((f"{year}", f"{month:02}"), 2)),
        lambda: join.join(dice.sample((f"{day:{dice.choice(('', '02'))}}", f"{month:{dice.choice(('', '02'))}}"), 2)),
        lambda: join.join((f"{year}", f"{(year + number(-2, 2)) % dice.choice((100, 10_000)):02}")),
        lambda: f"{year}-{month:02}-{day:02}{dice.choice('T ')}{number(0, 25):02}:{number(0, 61):02}",
        lambda: f"{number(0, 25)}{dice.choice((':', 'h', ' h ', ' H', ': '))}{number(0, 61):02}",
        lambda: join.join((f"{number(100, 999)}", f"{number(100, 999)}", f"{number(0, 9999):04}")),
        lambda: f"({number(100, 999)}) {number(100, 999)}{join}{number(0, 9999):04}",
        lambda: (
            f"{dice.choice(('1', '+1'))}{join}{number(200, 999)}{join}{number(200, 999)}{hyphen}{number(0, 9999):04}"
        ),
        lambda: f"{number(200, 999)} {number(100, 999)}{hyphen}{number(0, 9999):04}",
        lambda: join.join(f"{number(0, 1200)}" for _ in range(number(2, 4))),
        lambda: ".".join(f"{number(0, 255)}" for _ in range(4)),
        lambda: f"{number(0, 20)}{dice.choice('/⁄*×÷')}{number(0, 20)}",
        lambda: f"{number(0, 99999):05}{hyphen}{number(0, 9999):04}",
        lambda: dice.choice(("H7T 1A1", "h7t1a1", "K1A-0B1", "-", " -   $ ", "$ -", "−", "–", "1 1/2")),
        lambda: join.join(f"{number(0, 9999):04}" for _ in range(4)),
        lambda: join.join(f"{number(0, 999):03}" for _ in range(3)),
    )
    return dice.choice(shapes)()


def noise(dice):
    return "".join(dice.choices("0123456789 ,.+-−*×/÷()$=:" + LETTERS, k=dice.randint(1, 12)))


def scattered(dice, text):
    """Marks that nobody sees, other spaces, now and then a letter."""
    if dice.random() < 0.25:
        for _ in range(dice.randint(1, 3)):
            place = dice.randint(0, len(text))
            text = text[:place] + dice.choice(dice.choice((MARKS, MARKS, SPACES, LETTERS))) + text[place:]
    return text


def texts(count, seed=20251223):
    """So many texts, the same for the same seed."""
    dice = random.Random(seed)
    makers = (
        amount,
        plain_sum,
        lambda d: "=" + calculation(d),
        lambda d: "=" + calculation(d),
        lookalike,
        lookalike,
        noise,
    )
    return [scattered(dice, dice.choice(makers)(dice)) for _ in range(count)]
