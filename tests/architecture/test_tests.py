"""The tests follow the product: a file bears the name of the module it proves, and nothing lives for tests alone."""

import ast
import re
from collections import Counter

from tests.architecture.source import ROOT, fail_with, files, modules

SHARE = 60
"""Of the modules, in percent, those whose test bears their name, at the same place in the tree."""

KEPT: dict[str, str] = {
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


def words_of(tree):
    """Each name that a module calls, reads or imports, and each word of its short texts (`module:function`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w.:()]+", node.value):
            yield from re.findall(r"\w+", node.value)


def spoken(trees):
    """What is named anywhere in the product: its modules, its pages, the configuration of its server."""
    said = Counter(word for tree in trees for word in words_of(tree))
    for path in (*(one for one in files("templates", "*") if one.is_file()), ROOT / "gunicorn.conf.py"):
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


def called_by_name(node):
    handed = [one for one in node.decorator_list if not REGISTERS.search(ast.unparse(one))]
    return not node.name.startswith("_") and not handed


def unspoken(trees):
    """What no part of the product names, by the trees of its modules."""
    said, own = spoken(trees.values()), own_classes(trees.values())
    public = [name for file, tree in trees.items() for name in named(file, tree, own)]
    return [name for name in public if not said[re.split("[.:]", name)[-1]]]


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
    assert unspoken({"m.py": ast.parse(text)}) == ["m.py:Box.closed", "m.py:alone"]
