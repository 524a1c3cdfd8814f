"""The tests follow the product: a file bears the name of the module it proves, and nothing lives for tests alone."""

import ast
import re
from collections import Counter

from tests.architecture.source import ROOT, fail_with, files, modules

SHARE = 60
"""Of the modules, in percent, those whose test bears their name, at the same place in the tree."""

KEPT: dict[str, str] = {
    "database/schema.py:downgrade": "the way back of each migration, which the tests take; a server restores instead",
    "utils/money.py:r3": "the rounding that the reference names; the digest of the rules carries it",
}
"""What only a test names in our sources, with the reason why it stays."""

REGISTERS = re.compile(r"property|static|class|abstract|override|cache|contextmanager|dataclass|wraps")
"""A decorator that leaves a function to be called by its name; any other one hands it to somebody."""


def proof_of(module):
    """Where the test that bears the name of a module stands, or would."""
    folder = module.path.relative_to(ROOT).parent
    return ROOT / "tests" / folder / f"test_{module.path.stem}.py"


def test_modules_have_a_test_of_their_name(capsys):
    judged = [module for module in modules() if not module.path.stem.startswith("__")]
    without = [module.file for module in judged if not proof_of(module).is_file()]
    share = 100 * (len(judged) - len(without)) / len(judged)
    with capsys.disabled():
        print(f"\n    {share:.0f} % des {len(judged)} modules ont un essai de leur nom", end="")  # noqa: T201 - a share is told
    if share < SHARE:
        fail_with(
            f"{file} : sans essai de son nom ({share:.0f} % en ont un, il en faut {SHARE}). Écrire "
            f"tests/{file.rpartition('/')[0]}/test_{file.rpartition('/')[2]}."
            for file in without
        )


def imported_in(file, tree):
    """What each name of a module stands for, whole: ``utils.french`` or ``utils.french.number``; its own names too."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {
                one.asname or one.name.partition(".")[0]: (one.asname and one.name) or one.name.partition(".")[0]
                for one in node.names
            }
    own = {
        node.name: f"{dotted(file)}.{node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return found | own


def dotted(file):
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def references(file, tree):
    """Each name of ours that a module reads, whole, each short text (`module:function`), `.name` of what has no import.

    A function that calls itself is not called.
    """
    stands_for = imported_in(file, tree)
    for statement in tree.body:
        itself = f"{dotted(file)}.{getattr(statement, 'name', '')}"
        for node in ast.walk(statement):
            name = spelled(node)
            if short_text(node):
                name = node.value.replace(":", ".").removesuffix("()")
            first, dot, rest = name.partition(".")
            whole = f"{stands_for.get(first, first)}{dot}{rest}"
            if whole and whole != itself:
                yield whole
            if isinstance(node, ast.Attribute) and first not in stands_for:
                yield f".{node.attr}"


def short_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w.:()]+", node.value)


def spelled(node):
    """``a.b.c`` of a name or of an attribute; nothing of what is no name."""
    if isinstance(node, ast.Attribute):
        return f"{before}.{node.attr}" if (before := spelled(node.value)) else ""
    return node.id if isinstance(node, ast.Name) else ""


def followed(whole, packages):
    """A name that a package passes on, followed to where it is written."""
    for _ in range(3):
        package, _, name = whole.rpartition(".")
        whole = packages.get(package, {}).get(name, whole)
    return whole


def attributes(trees):
    """Each attribute that a module reads, each word of its short texts; what pages say."""
    said = Counter()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Attribute):
            said[node.attr] += 1
        elif short_text(node):
            said.update(re.findall(r"\w+", node.value))
    for path in (one for one in files("templates", "*") if one.is_file()):
        said.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return said


def named(file, tree, own):
    """Each public class, function and method that nobody but a caller of ours would call."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and called_by_name(node):
            yield f"{file}:{node.name}"
            if node.name in own:
                yield from (f"{file}:{node.name}.{one.name}" for one in methods(node) if called_by_name(one))


def methods(node):
    return [one for one in node.body if isinstance(one, ast.FunctionDef)]


def own_classes(trees):
    """The classes that extend nothing of somebody else, who would call their methods."""
    found = {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    own = {"NamedTuple", "Protocol"}
    for _ in range(5):  # so many generations
        own |= {name for name, node in found.items() if all(ast.unparse(base) in own for base in node.bases)}
    return own


def members(trees):
    """What the classes of ours call their own; a protocol, which a module may follow, has none."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases):
            fields = [one.target.id for one in node.body if isinstance(one, ast.AnnAssign)]
            yield from (*fields, *(one.name for one in methods(node)))


def called_by_name(node):
    handed = [one for one in node.decorator_list if not REGISTERS.search(ast.unparse(one))]
    return not node.name.startswith("_") and not handed


def unspoken(trees):
    """What no part of the product names: a function or a class by its module, a method by its name on anything.

    A module may be handed over, as `module.register(app)`: its name counts when no class has one like it.
    """
    said, own = attributes(trees.values()), own_classes(trees.values())
    packages = {dotted(file): imported_in(file, tree) for file, tree in trees.items() if file.endswith("__init__.py")}
    read = {followed(one, packages) for file, tree in trees.items() for one in references(file, tree)}
    server = ROOT / "gunicorn.conf.py"
    read |= set(references(server.name, ast.parse(server.read_text(encoding="utf-8"))))
    taken = set(members(trees.values()))
    for file, tree in trees.items():
        for name in named(file, tree, own):
            whole = name.partition(":")[2]
            handed = f".{whole}" in read and whole not in taken
            found = said[whole.rpartition(".")[2]] if "." in whole else handed or f"{dotted(file)}.{whole}" in read
            if not found:
                yield name


def test_nothing_of_the_product_lives_for_tests_alone():
    found = set(unspoken({module.file: module.tree for module in modules()}))
    fail_with(
        f"{name} : public, et sans appelant hors des essais. L’appeler, l’effacer, ou l’écrire avec sa raison "
        "dans KEPT, de tests/architecture/test_tests.py."
        for name in sorted(found - KEPT.keys())
    )
    fail_with(f"{name} : a maintenant un appelant; l’effacer de KEPT." for name in sorted(KEPT.keys() - found))


def test_what_nobody_calls_would_be_named():
    text = "class Box:\n def opened(self): ...\n def closed(self): ...\ndef used(box): box.opened()\nused(Box())\n"
    text += "def alone(): ...\n@page.get('/')\ndef shown(): ...\nclass Theirs(Base):\n def hook(self): ...\nTheirs()"
    assert list(unspoken({"m.py": ast.parse(text)})) == ["m.py:Box.closed", "m.py:alone"]


def test_a_word_that_stands_elsewhere_calls_nobody():
    """`french.spoken` was hidden by the field of another module that bears the same name."""
    other = "import utils.one\nclass Walk:\n def spoken(self): ...\nWalk().spoken()\nutils.one.called()"
    trees = {"utils/one.py": "def spoken(): spoken()\ndef called(): ...", "utils/two.py": other}
    assert list(unspoken({file: ast.parse(text) for file, text in trees.items()})) == ["utils/one.py:spoken"]
