"""Chromium, for whoever tries a page or a module of the browser."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # the tests may run as root
)
NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")


def chromium_options():
    """How to start Chromium: that of the machine, else the driver's own."""
    path = next((found for name in NAMES if name and (found := shutil.which(name))), None)
    return {"executable_path": path, "args": list(QUIET)}


@pytest.fixture(scope="session")
def chromium():
    """Chromium, and how to start it."""
    with sync_playwright() as playwright:
        yield playwright.chromium, chromium_options()


@pytest.fixture(scope="session")
def browser(chromium):
    """Chromium, started once for all the tests of a process."""
    kind, options = chromium
    browser = kind.launch(**options)
    yield browser
    browser.close()
