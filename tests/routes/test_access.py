"""What an access knows of its hotel is asked of the book once a request, however many ask for it."""

from collections import Counter

import pytest

from database import properties
from tests.pages import auditor


@pytest.mark.parametrize("path", ["/", "/aide", "/rj/native/", "/profil", "/automatismes", "/parametres"])
def test_a_page_asks_once_for_its_hotel_and_for_the_settings_of_a_day(app_sqlite, monkeypatch, path):
    reader, asked = auditor(app_sqlite, "admin@demo.hotel"), Counter()

    def counted(name):
        ask = getattr(properties, name)

        def count(connection, *given):
            asked[name, *given] += 1
            return ask(connection, *given)

        monkeypatch.setattr(properties, name, count)

    counted("property_by_id")
    counted("settings_document")
    assert reader.get(path).status_code in {200, 302}
    assert asked
    assert set(asked.values()) == {1}
