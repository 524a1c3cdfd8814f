"""The accounting entry of a night: each column of the Jour at its account, debits and credits equal.

It balances by itself, as the Jour does: what is sold, the taxes and the cash difference on one side; what was received
and the change of the guest ledger on the other. Accounts are numbered as in the hotel's own monthly entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from utils.french import typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.tabs.jour_cells import CARD_CELLS, CATEGORIES, CREDITS, DEBITS, OUTLETS
from utils.rj.tabs.setd import ACCOUNTS

NIL: Final = Decimal(0)
_BANK, _SUSPENSE, _OVER_SHORT = "100400", "101704", "946000"


class LedgerLine(NamedTuple):
    """A line of the entry: its key, what it is called, the account that it has unless the hotel says another."""

    key: str
    label: str
    account: str


class Posted(NamedTuple):
    """An amount at an account, in dollars: a debit is positive, a credit negative."""

    account: str
    label: str
    amount: Decimal


class NotClosedError(ValueError):
    """A night without opening or closing balance has no entry: nothing would balance it."""


_SOLD: Final = (
    # food and liquor, beer, minerals, wine, in the order of CATEGORIES
    *(("421061", "431520", "431521", "431523", "431522"), ("421050", "431510", "431511", "431513", "431512")),
    *(("421060", "431520", "431521", "431550", "431522"), ("421200", "431530", "431531", "431533", "431532")),
    ("421100", "431540", "431541", "431543", "431542"),
)
_ACCOUNTS: Final[Mapping[str, str]] = {
    **{
        f"jour_{outlet}_{category}": account
        for outlet, accounts in zip(OUTLETS, _SOLD, strict=True)
        for category, account in zip(CATEGORIES, accounts, strict=True)
    },
    **{"jour_pourboires": "201150", "jour_equipement": "441751", "jour_divers": "501800"},
    **{"jour_location_salle": "441750", "jour_socan": "201500", "jour_resonne": "201550", "jour_tabagie": "501650"},
    **{"jour_room_revenue": "401000", "jour_tel_interurbain": "481000", "jour_tel_local": "481050"},
    **{"jour_tel_publics": "481100", "jour_nettoyeur": "501000", "jour_machine_distrib": "431550"},
    **{"jour_st_martin": "101100", "jour_buanderette": "501651", "jour_autres_gl": "101100", "jour_sonifi": "501300"},
    **{"jour_lit_pliant": "501800", "jour_boutique": "501950", "jour_internet": "481130", "jour_tvq": "202000"},
    **{"jour_tps": "202020", "jour_taxe_hebergement": "202040", "jour_massage": "201801", "jour_vestiaire": "201804"},
    **{"jour_ristournes": "201802", "jour_fax": "501600", "jour_billets_promo": "201800"},
    **{"jour_diff_forfait": "946060", "jour_repas_nb": "424000", "jour_star_hot": "934000"},
    **{"jour_hp_admin": "944000", "jour_hp_promotion": "937150", "jour_promesse_repas": "406830"},
    **{"jour_traiteur_promotion": "937150", "jour_depot_us": _BANK, "jour_dueback_reception": "101703"},
    **{"jour_exchange_us": "946100", "jour_certificats": "108100", "jour_gift_cards": "108300"},
    **{"jour_paiements_cchp": "937150", "jour_promesse_service": "108110", "jour_ar_misc": "101050"},
    **{"jour_transfert_royal": _BANK, "jour_transfert_bancaire": "100401", "jour_cash_operation": "100100"},
    **dict.fromkeys(CARD_CELLS, _BANK),
}
_CASH: Final = ("jour_argent_recu", "jour_remb_client", "jour_remb_gratuite")
_FEES: Final = {"jour_carte_amex_elavon": "jour_frais_amex", "jour_carte_discover": "jour_frais_discover"}
_SHARES: Final = dict(zip((key for key, *_ in ACCOUNTS), ("101100", "946000", _BANK, _SUSPENSE, "946000"), strict=True))
_SHARED: Final = "jour_surplus_deficit"
LEDGER: Final = (
    *(
        LedgerLine(key, typographic(FIELDS[f"jour.{key}"].label), _ACCOUNTS[key])
        for key in (*CREDITS, *DEBITS)
        if key not in {*_CASH, _SHARED}
    ),
    LedgerLine("depot_cdn", "Dépôt canadien", _BANK),
    LedgerLine("frais_cartes", "Escompte Amex et Discover", "947300"),
    *(
        LedgerLine(key, f"SetD : {typographic(FIELDS[f'setd.{key}'].label)}", account)
        for key, account in _SHARES.items()
    ),
    LedgerLine("setd_personnel", "SetD : personnes", _SUSPENSE),
    LedgerLine("setd_reste", "Surplus et déficit à répartir", _SUSPENSE),
    LedgerLine("diff_caisse", "Différence de caisse", _SUSPENSE),
    LedgerLine("grand_livre", "Variation du grand livre clients", "101000"),
)
"""Every line of the entry, in the order of the *Jour*; a card is net of the discount that the bank keeps."""


def entry_of(nights: Iterable[Night], accounts: Mapping[str, str]) -> list[Posted]:
    """The entry of these nights together, lines of nil left out, ``accounts`` being those that the hotel says.

    Raises ``NotClosedError``, which names the night that has no entry.
    """
    sums: dict[str, Decimal] = {}
    for night in nights:
        for key, amount in _amounts(night).items():
            sums[key] = sums.get(key, NIL) + amount
    posts = {post.key: post for post in LEDGER}
    return [
        Posted(accounts.get(key, posts[key].account), posts[key].label, sums[key])
        for key in posts
        if sums.get(key, NIL)
    ]


def _amounts(night: Night) -> dict[str, Decimal]:
    """The amount of each line of a night, debits positive; their sum is nil."""

    def of(name: str) -> Decimal:
        return night.values.get(name) or NIL

    difference = night.values.get("jour.jour_diff_caisse")
    if difference is None:
        raise NotClosedError(night.day.isoformat())
    found = {key: -of(f"jour.{key}") for key in CREDITS} | {key: of(f"jour.{key}") for key in DEBITS}
    for card, fee in _FEES.items():
        found[card] -= of(f"jour.{fee}")
    # the surplus of the Jour is its own opposite at the SetD, where it is shared
    shares = {key: -of(f"setd.{key}") for key in _SHARES}
    persons = night.values.get("setd.setd_personnel", ())
    shares["setd_personnel"] = -sum((line.get("amount", NIL) for line in persons), NIL)
    return (
        {key: amount for key, amount in found.items() if key not in {*_CASH, _SHARED}}
        | shares
        | {
            "depot_cdn": sum((found[key] for key in _CASH), NIL),
            "frais_cartes": sum((of(f"jour.{fee}") for fee in _FEES.values()), NIL),
            "setd_reste": found[_SHARED] - sum(shares.values(), NIL),
            "diff_caisse": -difference,
            "grand_livre": of("jour.jour_new_balance") - of("jour.jour_opening_balance"),
        }
    )
