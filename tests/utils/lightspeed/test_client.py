"""The client against the simulator: connection, the nine reports, ETags, pages, invariants."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from database.transaction import read, write
from tests.utils.demo.saisies import closings_of
from tests.utils.lightspeed.conftest import ACCOUNT, DAY, PERSON, RETURN, consent, simulator
from utils import dates
from utils.lightspeed import invariants, oauth, storage
from utils.lightspeed import reports as r
from utils.lightspeed.errors import (
    LightspeedAPIError,
    LightspeedAuthError,
    LightspeedConfigError,
    LightspeedUnchanged,
)
from utils.lightspeed.night import METHODS, read_report
from utils.simulators.synthetic import SyntheticHotel


def row():
    """The stored connection, as it lies in the table."""
    with read() as connection:
        return connection.execute(text("SELECT * FROM property_integrations")).mappings().one()


def whole_night(client, before):
    """The nine reports of a date, in which everything holds, with the ledgers of the night before too."""
    night = {kind: read_report(client, kind, DAY) for kind in METHODS}
    assert [report.about.breaches for report in night.values()] == [()] * 9
    assert invariants.of_night(night, closings_of(before)) == ()
    return night


def test_an_unconfigured_hotel_asks_nobody_and_invents_nothing(hotel):
    client = storage.client_for(hotel)
    assert not client.is_configured()
    assert not client.is_connected()
    for kind in METHODS:
        with pytest.raises(LightspeedConfigError):
            read_report(client, kind, DAY)
    with pytest.raises(LightspeedConfigError):
        client.authorization_url(PERSON)


def test_the_setting_closes_a_configured_hotel(connected, hotel):
    assert connected.is_connected()
    assert not storage.client_for(hotel, enabled=False).is_configured()


def test_nothing_unencrypted_leaves_the_machine(hotel, pms_server):
    for name in ("base_url", "authorize_url", "token_url", "revoke_url"):
        with pytest.raises(LightspeedConfigError):
            storage.configure(hotel.id, pms_server.connection(**{name: "http://exemple.ca/x"}))


def test_connecting_by_the_page(client, pms_server):
    assert client.is_configured()
    assert not client.is_connected()
    url = client.authorization_url(PERSON)
    assert "code_challenge_method=S256" in url
    assert "redirect_uri=https%3A%2F%2Frj.exemple.ca%2Flightspeed%2Fretour" in url
    account = client.authenticate(consent(url), PERSON)
    assert (account.account_id, account.currency) == (ACCOUNT, "CAD")
    assert client.is_connected()


@pytest.mark.parametrize("spoiled", ["state", "iss", "person", "twice", "refused", "late", "other"])
def test_a_return_that_is_not_ours_is_refused(client, spoiled, time_machine):
    callback = consent(client.authorization_url(PERSON), "non" if spoiled == "refused" else "oui")
    person = "quelqu’un d’autre" if spoiled == "person" else PERSON
    if spoiled in callback:
        callback[spoiled] = "https://ailleurs.invalid"
    if spoiled == "twice":
        client.authenticate(callback, person)
        client.disconnect()
    if spoiled == "late":
        time_machine.move_to(dates.now() + timedelta(minutes=11))
    if spoiled == "other":
        client.authorization_url(PERSON)
    with pytest.raises(LightspeedAuthError) as refusal:
        client.authenticate(callback, person)
    assert refusal.value.kind == ("refus" if spoiled == "refused" else "etat")
    assert not client.is_connected()


def test_an_altered_state_leaves_the_true_one_good(client):
    callback = consent(client.authorization_url(PERSON))
    with pytest.raises(LightspeedAuthError):
        client.authenticate({**callback, "state": "x"}, PERSON)
    client.authenticate(callback, PERSON)
    assert client.is_connected()


def test_a_wrong_redirect_is_refused_by_the_page(hotel, pms_server):
    storage.configure(hotel.id, pms_server.connection(redirect_uri=f"{RETURN}/ailleurs"))
    with pytest.raises(AssertionError, match="adresse de retour"):
        consent(storage.client_for(hotel).authorization_url(PERSON))


def test_connecting_without_a_page(hotel):
    with simulator(credentials=True) as running:
        storage.configure(hotel.id, running.connection(grant_type="client_credentials"))
        client = storage.client_for(hotel)
        client.authenticate()
        client.refresh_token()
        assert client.get_daily_revenue(DAY).about.final
        with pytest.raises(LightspeedConfigError):
            client.authorization_url(PERSON)


def test_client_credentials_are_off_by_default(hotel, pms_server):
    storage.configure(hotel.id, pms_server.connection(grant_type="client_credentials"))
    with pytest.raises(LightspeedAuthError):
        storage.client_for(hotel).authenticate()


def test_a_renewal_rotates_and_the_connection_lives(connected, pms_server):
    before = row()
    connected.refresh_token()
    after = row()
    assert after["token_version"] == before["token_version"] + 1
    assert after["sealed_refresh_token"] != before["sealed_refresh_token"]
    assert connected.get_daily_revenue(DAY).about.closed


def test_the_second_profile_adds_scopes_and_says_zero(hotel):
    with simulator(profile="v2") as running:
        storage.configure(hotel.id, running.connection())
        client = storage.client_for(hotel)
        client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
        client.refresh_token()
        assert client.get_account().account_id == ACCOUNT
        assert "email" in row()["scope"]


def test_a_scope_that_was_not_granted(client, pms_server):
    pms_server.admin("POST", "authority", {"scope": "-pms.reports.read"})
    with pytest.raises(LightspeedAuthError) as refusal:
        client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
    assert refusal.value.kind == "portee"
    pms_server.admin("POST", "authority", {"scope": "-pms.guests.read"})
    client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
    assert client.get_daily_revenue(DAY).about.closed
    with pytest.raises(LightspeedAuthError) as refusal:
        client.get_house_guests(DAY)
    assert refusal.value.kind == "portee"


def test_cutting_revokes_then_forgets(connected, pms_server):
    assert connected.disconnect()
    assert not connected.is_connected()
    assert connected.is_configured()
    assert [row()[name] for name in ("sealed_access_token", "sealed_refresh_token", "expires_at")] == [None] * 3
    assert not any(grant.alive and grant.access for grant in pms_server.inside.authority.grants)


def test_cutting_works_when_the_server_is_gone(connected, monkeypatch):
    monkeypatch.setattr(oauth, "revoke", lambda *_: False)
    assert not connected.disconnect()
    assert not connected.is_connected()


def test_a_token_killed_meanwhile_is_renewed_once(connected, pms_server):
    pms_server.fault("unauthorized", times=1)
    assert connected.get_daily_revenue(DAY).about.closed
    assert pms_server.inside.authority.refreshes == 1


def test_a_token_about_to_expire_is_renewed_before(connected, pms_server, time_machine):
    time_machine.move_to(dates.now() + timedelta(minutes=59))
    connected.get_account()
    connected.get_account()
    assert pms_server.inside.authority.refreshes == 1


def test_a_revoked_grant_asks_for_a_person_and_stops(connected, pms_server):
    pms_server.inside.authority.grants[0].alive = False
    for _ in range(3):
        with pytest.raises(LightspeedAuthError) as refusal:
            connected.get_daily_revenue(DAY)
        assert refusal.value.kind == "reconnecter"
    assert not connected.is_connected()
    assert sum(pms_server.inside.served.values()) == 2
    connected.authenticate(consent(connected.authorization_url(PERSON)), PERSON)
    assert connected.get_daily_revenue(DAY).about.closed


def test_a_whole_night_is_read_and_every_invariant_holds(connected):
    before = connected.get_ar_balance(DAY - timedelta(days=1))
    night = whole_night(connected, before)
    revenue = night[r.DailyRevenue]
    assert revenue.room_revenue == night[r.RoomStatistics].room_revenue
    rest = sum(line.net for line in revenue.lines if line.department not in {"rooms", "fnb"})
    assert revenue.room_revenue + sum(revenue.fb_revenue.values()) + rest == revenue.totals.net_revenue
    assert revenue.tax("TPS") > 0 > Decimal("-1")
    assert revenue.tax("AUTRE") is None
    settled = Counter()
    for one in night[r.CardSettlements].settlements:
        if one.source == "frontdesk":
            settled[one.brand] += one.net
    assert settled == dict(revenue.receipts.cards)
    assert sum(one.sold for one in night[r.RoomStatistics].by_type) == night[r.RoomStatistics].sold > 0


def test_amounts_are_exact_decimals(connected):
    revenue = connected.get_daily_revenue(DAY)
    assert all(type(line.net) is Decimal for line in revenue.lines)
    with pytest.raises(TypeError):
        revenue.receipts.cards["visa"] = Decimal(1)


def test_an_absent_report_is_not_zero(connected):
    with pytest.raises(LightspeedAPIError) as refusal:
        connected.get_daily_revenue(DAY.replace(year=2010))
    assert (refusal.value.kind, refusal.value.status) == ("absent", 404)
    assert refusal.value.request_id


def test_an_open_date_is_shown_and_never_final(connected):
    today = SyntheticHotel(ACCOUNT).current_date()
    report = connected.get_daily_revenue(today)
    assert not report.about.final
    assert report.about.closed_at is None


@pytest.mark.parametrize("day", ["2026-03-07", "2026-10-31"])
def test_nights_of_twenty_three_and_twenty_five_hours(connected, day):
    about = connected.get_room_statistics(dates.read_date(day)).about
    hours = (about.closed_at.astimezone(dates.UTC) - about.opened_at.astimezone(dates.UTC)).total_seconds() / 3600
    assert hours == (23 if "03" in day[:7] else 25)


def test_an_empty_night(hotel):
    with simulator({ACCOUNT: SyntheticHotel(ACCOUNT, empty_days=frozenset({DAY}))}) as running:
        storage.configure(hotel.id, running.connection())
        client = storage.client_for(hotel)
        client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
        night = whole_night(client, client.get_ar_balance(DAY - timedelta(days=1)))
        assert night[r.RoomStatistics].adr is None


def test_an_etag_is_kept_with_the_figures_or_not_at_all(connected, hotel):
    revenue = connected.get_daily_revenue(DAY)

    def known():
        with read() as connection:
            return storage.known_etag(connection, hotel.id, "DailyRevenue", DAY)

    with pytest.raises(ZeroDivisionError), write() as connection:
        storage.keep_etag(connection, hotel.id, "DailyRevenue", revenue.about) or 1 / 0
    assert known() is None
    for _ in range(2):
        with write() as connection:
            storage.keep_etag(connection, hotel.id, "DailyRevenue", revenue.about)
    assert known() == revenue.about.etag
    with pytest.raises(LightspeedUnchanged):
        connected.get_daily_revenue(DAY, known())
    assert connected.get_daily_revenue(DAY, '"autre"').about.etag == revenue.about.etag
    connected.disconnect()
    assert known() is None


def test_another_account_begins_from_nothing(connected, hotel, pms_server):
    storage.configure(hotel.id, pms_server.connection())
    assert connected.is_connected()
    storage.configure(hotel.id, pms_server.connection(account="AUTRE"))
    assert not connected.is_connected()


def test_another_account_does_not_exist_for_this_token(connected, hotel, pms_server):
    with write() as connection:
        connection.execute(text("UPDATE property_integrations SET account = 'AUTRE'"))
    with pytest.raises(LightspeedAPIError) as refusal:
        storage.client_for(hotel).get_account()
    assert refusal.value.kind == "absent"


def test_the_first_hotel_takes_the_settings_once(hotel, pms_server):
    given = {
        "base_url": pms_server.address,
        "auth_url": "",
        "client_id": "rj",
        "client_secret": "",
        "property_id": ACCOUNT,
        "redirect_uri": RETURN,
    }
    assert not storage.seed(hotel, given)
    assert storage.seed(hotel, given | {"client_secret": "un secret"})
    assert not storage.seed(hotel, given | {"client_secret": "un autre"})
    assert storage.client_for(hotel).is_configured()
