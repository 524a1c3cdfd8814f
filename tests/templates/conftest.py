"""The golden night, typed once; its pages, read by many tests."""

import shutil

import pytest

from main import create_app
from tests.applications import Browser, close, demonstration
from tests.pages import PAGES, Page, auditor, type_night


@pytest.fixture(scope="session")
def typed_app(sqlite_template, tmp_path_factory):
    """The demonstration with the golden night in it; no test changes it."""
    instance = tmp_path_factory.mktemp("pages")
    shutil.copy(sqlite_template, instance / "rj.db")
    app = create_app(demonstration(instance))
    app.test_client_class = Browser
    type_night(auditor(app))
    yield app
    close(app)


@pytest.fixture(scope="session")
def reader(typed_app):
    """The night auditor in front of that night."""
    return auditor(typed_app)


@pytest.fixture(scope="session")
def shown(reader):
    """Every page by its address, read once."""
    texts = {path: reader.get(path) for path in PAGES}
    assert {path: answer.status_code for path, answer in texts.items()} == dict.fromkeys(PAGES, 200)
    return {path: Page(answer.text) for path, answer in texts.items()}
