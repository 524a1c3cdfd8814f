"""Rules that a reader of the code may count on everywhere."""

import ast
import re

from tests.architecture.source import files, modules

CLOCK = {"now", "today", "utcnow", "localtime", "gmtime"}
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))|\son(?!glets?\b)[a-z]+\s*=|\sstyle\s*=|javascript:|<style",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


def calls(module):
    """Every call in a module, with the name that is called."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node, node.func.id, None
            elif isinstance(node.func, ast.Attribute):
                yield node, node.func.attr, ast.unparse(node.func.value)


def places(wanted, packages=("main", "config", "database", "routes", "utils"), but=()):
    """Where a call of this kind stands, as « file:line »."""
    return [
        f"{module.file}:{node.lineno}"
        for module in modules()
        if module.package in packages and module.file not in but
        for node, name, owner in calls(module)
        if wanted(name, owner)
    ]


def public_definitions(tree):
    """Classes and functions that others may use, and the methods of those classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node)


def test_no_float_comes_near_money():
    assert places(lambda name, owner: name == "float" and owner is None, ("database", "routes", "utils")) == []


def test_one_module_rounds():
    assert (
        places(
            lambda name, owner: name == "quantize" or (name == "round" and owner is None),
            ("database", "utils"),
            {"utils/money.py"},
        )
        == []
    )


def test_one_module_asks_what_time_it_is():
    def asks(name, owner):
        return (name in CLOCK and owner != "dates") or (name == "time" and owner in {"time", None})

    assert places(asks, but={"utils/dates.py"}) == []


def test_one_module_turns_a_local_hour_into_an_instant():
    def turns(name, owner):
        return name == "ZoneInfo" or (name == "combine" and owner == "datetime")

    assert places(turns, but={"utils/dates.py"}) == []


def test_one_module_says_what_hotel_and_what_day_a_request_is_of():
    """Pages take them from the access: the book is asked once a request, and the night is found in one way."""
    asked = {"property_by_id", "settings_document", "current_business_date"}
    assert places(lambda name, _: name in asked, ("routes",), {"routes/access.py"}) == []


def test_one_module_reads_what_a_request_brings():
    """Its form, its JSON, its question: with one refusal for each. Another one bounds its length first."""
    brought = {"form", "args", "values", "json", "data", "files", "stream", "get_json", "get_data"}
    breaches = [
        f"{module.file}:{node.lineno}"
        for module in modules()
        if module.package in {"main", "routes"} and module.file not in {"routes/lecture.py", "routes/tailles.py"}
        for node in module.nodes
        if isinstance(node, ast.Attribute) and node.attr in brought and ast.unparse(node.value) == "request"
    ]
    assert breaches == []


def test_one_module_commits():
    assert places(lambda name, owner: name == "commit", but={"database/transaction.py"}) == []


def test_everything_public_says_what_it_is():
    silent = [module.file for module in modules() if not ast.get_docstring(module.tree)]
    silent += [
        f"{module.file}:{node.name}"
        for module in modules()
        for node in public_definitions(module.tree)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_public_function_is_annotated():
    bare = [
        f"{module.file}:{node.name}"
        for module in modules()
        for node in public_definitions(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.returns is None or not all(map(annotated, arguments(node))))
    ]
    assert bare == []


def arguments(node):
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    return [argument for argument in every if argument is not None]


def annotated(argument):
    return argument.annotation is not None or argument.arg in {"self", "cls"}


def test_no_page_holds_a_script_a_handler_or_a_style():
    found = [
        f"{path.name}: {match[0]}"
        for path in files("templates", "*.html")
        if "emails" not in path.parts
        for match in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_page_asks_another_host():
    found = [
        f"{path.name}: {match[0]}"
        for path in files("templates", "*.html")
        for match in ELSEWHERE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_rules_see_what_they_forbid():
    for text in ("<script>x</script>", '<a onclick="x">', '<p style="x">', '<a href="javascript:x">', "<style>"):
        assert INLINE.search(text), text
    for text in ('<script src="x" type="module">', '<script type="application/json">', '<p class="style">'):
        assert not INLINE.search(text), text
    assert ELSEWHERE.search('<img src="//ailleurs.ca/x">')
