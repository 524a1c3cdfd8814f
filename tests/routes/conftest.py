"""On which engine the pages and the API are tried.

SQLite and PostgreSQL answer alike from ``database/`` up: its own tests, those of the actions and of the commands run on
both each time, as do the routes where two people or two processes meet. The other routes are tried on PostgreSQL by
``make test-long``.
"""

from pathlib import Path

import pytest

BOTH_EACH_TIME = {
    *("test_api_deux_personnes", "test_api_doubles", "test_api_nuit", "test_api_soumission", "test_api_suite"),
    *("test_attente_de_nuit", "test_base_connue", "test_nuit_alteree", "test_partage_de_nuit"),
}


def pytest_collection_modifyitems(items):
    """Leave PostgreSQL to the long run where it only repeats."""
    for item in items:
        engine = getattr(item, "callspec", None) and {"app", "shared"} & item.callspec.params.keys()
        if (
            engine
            and item.path.parent == Path(__file__).parent
            and item.path.stem not in BOTH_EACH_TIME
            and "postgres" in (item.callspec.params[name] for name in engine)
        ):
            item.add_marker(pytest.mark.long(reason="the same answers on the other engine"))
