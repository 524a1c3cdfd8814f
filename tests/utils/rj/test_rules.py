"""The version of the rules moves with what they calculate, and only with it."""

import ast
import dataclasses
import hashlib
import inspect
import textwrap

from tests.utils.rj import golden
from utils import money
from utils.rj import arithmetic, check, expression, lines
from utils.rj.catalogue import TABS
from utils.rj.declaration import Tab, computed
from utils.rj.expression import Total
from utils.rj.night_file import write_night
from utils.rj.rules import RULES_VERSION

CALCULATING = (money.r2, money.r3, money.rounded, arithmetic, check, expression, lines)


def code(thing):
    """The source of a function or a module without its comments, its sentences and its layout."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    for node in ast.walk(tree):
        if isinstance(getattr(node, "body", None), list):
            node.body = [one for one in node.body if not is_sentence(one)] or [ast.Pass()]
    return ast.unparse(tree).replace('"', "'")  # one version of Python quotes otherwise


def is_sentence(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def told(value):
    """A formula as text, its functions by their source."""
    if isinstance(value, Tab):
        return f"{value.key} {value.required}"
    if dataclasses.is_dataclass(value):
        parts = ((one.name, told(getattr(value, one.name))) for one in dataclasses.fields(value))
        return f"{type(value).__name__}({', '.join(f'{name}={text}' for name, text in parts)})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(told, value))}]"
    return code(value) if inspect.isfunction(value) else repr(value)


def formulas(tabs=TABS):
    for tab in tabs:
        for field in tab:
            for one in (field, *field.columns):
                if one.formula is not None:
                    yield f"{tab.key}.{field.key}.{one.key} {one.kind} {one.role} {one.direct} = {told(one.formula)}"


def digest(tabs=TABS):
    """Twelve characters for every formula, what calculates them and the figures of the golden nights."""
    figures = [repr(write_night(golden.night(name))) for name in golden.NAMES]
    whole = "\n".join([*formulas(tabs), *map(code, CALCULATING), *figures])
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def test_the_version_carries_the_digest_of_the_rules():
    number, _, carried = RULES_VERSION.partition("-")
    assert carried == digest(), (
        f'A formula, a check or a rounding changed: write RULES_VERSION = "{int(number) + 1}-{digest()}" in '
        "utils/rj/rules.py (the same number when no night calculates otherwise)."
    )


def test_one_formula_changed_is_another_digest():
    tab = TABS[2]
    other = dataclasses.replace(tab, fields=(*tab.fields, computed("un_total", "Un total", Total(("cash_ls_net",)))))
    assert digest((*TABS[:2], other, *TABS[3:])) != digest()


def test_a_comment_or_a_sentence_is_no_rule():
    said = "def r2(value: Decimal) -> Decimal:\n    return value.quantize(CENT, ROUND_HALF_UP) + ZERO"
    assert code(money.r2) == said
