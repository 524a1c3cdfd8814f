"""What is out of tolerance: as the submission kept it, with who let it pass and why; as it stands for an open night."""

from datetime import date
from decimal import Decimal

from tests.utils.actions.imports.test_enter import machine
from tests.utils.actions.nights import Person, good
from utils import dates
from utils.actions.reports.read_differences import differences_of
from utils.actions.reports.read_report import reports_between

DAY = "2025-12-10"


def found(app):
    with app.app_context():
        reports = reports_between(machine(), date(2025, 12, 1), date(2025, 12, 31), dates.now())
        return differences_of(machine(), reports)[date(2025, 12, 10)]


def test_an_open_night_says_what_stands_and_a_submitted_one_who_let_it_pass(app_sqlite):
    anne = Person(app_sqlite, "auditeur", DAY).open()
    anne.save("recap", {"cash_ls_lecture": "521.20", "deposit_cdn": "500.00"})
    one = next(one for one in found(app_sqlite) if one.check == "Balance du Recap")
    assert (one.status, abs(one.value), one.answer) == ("bloquant", Decimal("21.20"), "")
    assert one.tolerance == Decimal("0.01")
    good(Person(app_sqlite, "superviseur", DAY).override("chk_recap", "enveloppe recomptée"))
    good(anne.submit(en_attente=True))
    one = next(one for one in found(app_sqlite) if one.check == "Balance du Recap")
    assert (one.answer, one.reason) == ("dérogation", "enveloppe recomptée")
    assert one.by
    assert one.at.startswith("le ")
