"""Secrets at rest: they follow the keys of the installation, and open in the row of their hotel only."""

import pytest
from flask import current_app
from sqlalchemy import text

from database import integrations, properties
from database.envelope import is_current
from database.journal import Actor
from database.transaction import read, write
from tests.utils.actions.nights import SECOND
from tests.utils.lightspeed.conftest import ACCOUNT, DAY
from utils import dates
from utils.lightspeed import storage
from utils.lightspeed.errors import LightspeedConfigError

SEALED = tuple(f"sealed_{name}" for name in integrations.SEALED)
NEW = "une clé nouvelle, aussi longue que l’ancienne"


def envelopes(property_id):
    """What lies in the sealed columns of a hotel, by column."""
    columns = ", ".join(SEALED)
    query = text(f"SELECT {columns} FROM property_integrations WHERE property_id = :p")  # noqa: S608 - our columns
    with read() as connection:
        row = connection.execute(query, {"p": property_id}).mappings().one()
    return {name: value for name, value in row.items() if value is not None}


def rotated(*former):
    """Put the installation under a new key; the former ones still open, if they are given."""
    current_app.config.update(SECRET_KEY=NEW, FORMER_KEYS=list(former))


def test_secrets_pass_under_the_new_key_and_the_old_one_may_go(connected, hotel):
    before, old = envelopes(hotel.id), current_app.config["SECRET_KEY"]
    assert {"sealed_client_secret", "sealed_access_token", "sealed_refresh_token"} <= set(before)
    rotated(old)
    assert storage.client_for(hotel).get_daily_revenue(DAY).about.closed
    after = envelopes(hotel.id)
    assert after.keys() == before.keys()
    assert all(is_current(integrations.keys(), value) for value in after.values())
    rotated()
    client = storage.client_for(hotel)
    client.refresh_token()
    assert client.get_daily_revenue(DAY).about.closed


def test_without_the_old_key_nothing_opens_and_nobody_is_asked(connected, hotel, pms_server):
    old, before, asked = current_app.config["SECRET_KEY"], envelopes(hotel.id), sum(pms_server.inside.served.values())
    rotated()
    client = storage.client_for(hotel)
    with pytest.raises(LightspeedConfigError) as refusal:
        client.get_daily_revenue(DAY)
    assert refusal.value.kind == "illisible"
    assert client.is_configured(), "its own demonstration does not answer in its place"
    assert not client.is_connected()
    assert envelopes(hotel.id) == before, "what does not open is not overwritten"
    assert sum(pms_server.inside.served.values()) == asked
    rotated(old)
    assert storage.client_for(hotel).get_daily_revenue(DAY).about.closed


@pytest.mark.parametrize("column", ["sealed_client_secret", "sealed_access_token", "sealed_refresh_token"])
def test_a_secret_of_another_hotel_does_not_open(connected, hotel, pms_server, column):
    with write() as connection:
        other = properties.create_property(connection, SECOND, Actor(None, "essai"), dates.now())
    storage.configure(other.id, pms_server.connection(account="AUTRE", client_secret="un autre secret"))
    storage.PropertyStore(other.id).connect(storage.PropertyStore(hotel.id).load().tokens)
    asked = sum(pms_server.inside.served.values())
    mine, theirs = envelopes(hotel.id)[column], envelopes(other.id)[column]
    statement = text(f"UPDATE property_integrations SET {column} = :v WHERE property_id = :p")  # noqa: S608
    with write() as connection:
        connection.execute(statement, [{"v": theirs, "p": hotel.id}, {"v": mine, "p": other.id}])
    for one in (hotel, other):
        with pytest.raises(LightspeedConfigError, match="ne s’ouvrent plus"):
            storage.client_for(one).get_account()
    assert sum(pms_server.inside.served.values()) == asked
    with write() as connection:
        connection.execute(statement, [{"v": mine, "p": hotel.id}, {"v": theirs, "p": other.id}])
    assert storage.client_for(hotel).get_account().account_id == ACCOUNT


@pytest.mark.parametrize("column", integrations.DESTINATION)
@pytest.mark.parametrize("with_old_secrets", [False, True])
def test_an_address_written_in_the_base_is_sent_no_secret(connected, hotel, pms_server, column, with_old_secrets):
    """Neither as they lie, nor put back as they lay before; setting the connection again gives them again."""
    before, asked = envelopes(hotel.id), sum(pms_server.inside.served.values())
    given = dict.fromkeys([column], f"{pms_server.connection().base_url}/ailleurs")
    given |= {name: value for name, value in before.items() if with_old_secrets}
    columns = ", ".join(f"{name} = :{name}" for name in given)
    with write() as connection:
        statement = text(f"UPDATE property_integrations SET {columns} WHERE property_id = :p")  # noqa: S608
        connection.execute(statement, given | {"p": hotel.id})
    client = storage.client_for(hotel)
    with pytest.raises(LightspeedConfigError) as refusal:
        client.get_daily_revenue(DAY)
    assert refusal.value.kind == "illisible"
    assert storage.PropertyStore(hotel.id).load().connection.client_secret == ""
    assert sum(pms_server.inside.served.values()) == asked
    storage.configure(hotel.id, pms_server.connection())
    assert storage.PropertyStore(hotel.id).load().connection.client_secret
