"""One item of a queue that fails is written down and holds nobody back; a death is no failure."""

from types import SimpleNamespace

import pytest

from utils.actions import apart as module
from utils.actions.apart import apart


@pytest.fixture
def lines(monkeypatch):
    """The lines of the technical journal."""
    found = []
    monkeypatch.setattr(module, "log", SimpleNamespace(exception=lambda event, **said: found.append((event, said))))
    return found


def test_the_others_go_on(lines):
    done, failures = [], []
    for item in (1, 2, 3):
        with apart("courriels", failures, numero=item):
            if item == 2:
                raise ValueError("cassé")
            done.append(item)
    assert done == [1, 3]
    assert [str(error) for error in failures] == ["cassé"]
    assert lines == [("élément en échec, les autres continuent", {"file": "courriels", "numero": 2})]


def test_what_goes_well_is_not_written(lines):
    with apart("courriels"):
        pass
    assert lines == []


@pytest.mark.parametrize("death", [KeyboardInterrupt, SystemExit])
def test_a_death_passes(lines, death):
    with pytest.raises(death), apart("courriels"):
        raise death
    assert lines == []


def test_nobody_need_gather_the_failures(lines):
    with apart("courriels", hotel=7):
        raise ValueError("cassé")
    assert lines == [("élément en échec, les autres continuent", {"file": "courriels", "hotel": 7})]
