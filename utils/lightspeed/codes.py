"""The words of the contract that lead to a cell of the night: brands, terminals, lines, taxes, ledgers, classes."""

from __future__ import annotations

from typing import Final

CARDS: Final = {"debit": "debit", "visa": "visa", "mc": "mastercard", "amex": "amex", "discover": "discover"}
"""A card of the Transelect and the brand of the PMS."""

CASHED_OUT: Final = {"amex": "amex", "diners": "diners", "mc": "mastercard", "visa": "visa"}
"""A card of the GEAC and the brand of the PMS."""

BRANDS: Final = ("debit", "visa", "mastercard", "amex", "discover", "diners", "other")

FRONT_DESK: Final = "frontdesk"
SOURCES: Final = (FRONT_DESK, "fnb", "other")
"""Where a batch comes from: those of the front desk fill the reception half, no other one does."""

TERMINALS: Final = {
    "fusebox": "fusebox",
    "freedompay": "fusebox",
    "term8": "term8",
    "terminal8": "term8",
    "k053": "k053",
}
"""A terminal of the reception as ``folded`` writes it, and its column of the Transelect."""

LINES: Final = {
    "36.1": "jour_internet",
    "36.5": "jour_internet",
    "30.1": "jour_tel_local",
    "TEL-L": "jour_tel_local",
    "30.2": "jour_tel_interurbain",
    "TEL-I": "jour_tel_interurbain",
    "TEL-P": "jour_tel_publics",
    "BUAND": "jour_nettoyeur",
    "LIT-P": "jour_lit_pliant",
}
"""A line of the Daily Revenue by its code, and the cell of the Jour that it enters."""

ROOM_LINES: Final = (
    *("room_chrg_premium", "room_chrg_standard", "room_chrg_echannel", "room_chrg_special", "room_chrg_wholesal"),
    *("room_chrg_govt_mi", "room_chrg_weekend", "room_chrg_aaa", "room_chrg_packages", "room_chrg_advance"),
    *("room_chrg_senior_d", "room_chrg_associat", "rm_chrg_reward_red", "room_chrg_other_di", "room_chrg_complime"),
    *("room_chrg_grp_oth", "room_chrg_grp_co", "room_chrg_grp_as", "room_chrg_grp_tour", "room_chrg_grp_go"),
    *("room_charge_open", "room_chrg_contract", "room_chrg_opaque", "room_chrg_svo_tours", "early_departure_fee"),
    *("late_checkout_fee", "reservation_cancella", "guaranteed_no_show", "day_use_room_charge"),
    *("cancellation_fee_tra", "room_chrg_grp_asso", "resort_service_fee", "package", "room_charge_hold_for"),
    *("other_room_charges", "loyalty_redemption_o", "guaranteed_no_show_c", "attrition", "na", "city_local_tax"),
    *("room_charge_allowa", "club_package"),
)
"""The lines of the form of the brand: the code of the PMS is the same word, whatever its capitals."""

DEPARTMENTS: Final = ("rooms", "fnb", "telecom", "internet", "laundry", "parking", "other")

KNOWN: Final = ("NO-SHOW", "35.2")
"""Codes that are read elsewhere (no-shows) or not yet (films): not listed as unknown."""

TAXES: Final = {"TPS": "jour.jour_tps_pms", "TVQ": "jour.jour_tvq_pms", "TAXE_HEB": "jour.jour_taxe_hebergement"}
"""A tax and the cell that it enters."""

_SHEET: Final = "geac.geac_balance_sheet"
LEDGERS: Final = {
    "guest": (f"{_SHEET}.prev_gl", f"{_SHEET}.today_gl", f"{_SHEET}.newbal_gl"),
    "city": tuple(f"geac.geac_ar_{name}" for name in ("previous", "charges", "payments", "new_balance")),
    "deposit": ("jour.jour_deposit_on_hand", f"{_SHEET}.advdep_ad"),
}
"""A ledger and the cells that it enters."""

RECEIPTS: Final = {
    "cash": (),
    "cheques": (),
    "arTransfers": (f"{_SHEET}.facture_dr",),
    "depositsApplied": (f"{_SHEET}.advdep_dr",),
}
"""What was received otherwise than by card, of the Daily Revenue, and the cells that it enters."""

DRAWERS: Final = {"cash": ("recap.cash_ls_lecture",), "cheques": ("recap.cheque_dr_lecture",), "foreignCash": ()}
"""Totals of the drawers otherwise than by card, and the cells that they enter."""

TENDERS: Final = {"cash": "cash", "cheque": "cheques", "card": "cards", "other": ""}
"""A tender of a drawer and the total that holds it."""

CLASSES: Final = ("simple", "double", "suite")
GROUPS: Final = {"transient": "Transitoire", "group": "Groupe", "contract": "Contrat", "other": ""}
"""The group of a market segment and its name in the controls."""

DISPOSITIONS: Final = ("charged", "waived", "pending")
STATUSES: Final = ("settled", "pending", "failed")
