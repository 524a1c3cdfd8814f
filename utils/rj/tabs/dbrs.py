"""Onglet 13, DBRS: the brand's form, room revenue by line and rooms by market row."""

from __future__ import annotations

from utils.rj.arithmetic import Arrondi, Quotient
from utils.rj.declaration import COUNT, LINES, TEXT, Field, Tab, computed, linked
from utils.rj.expression import Copie, Total
from utils.rj.lines import MapTotal

# names of the Daily Revenue form, in the order of its rows from 2
DAILY_REV_NAMES = (
    *("room_chrg_premium", "room_chrg_standard", "room_chrg_echannel", "room_chrg_special", "room_chrg_wholesal"),
    *("room_chrg_govt_mi", "room_chrg_weekend", "room_chrg_aaa", "room_chrg_packages", "room_chrg_advance"),
    *("room_chrg_senior_d", "room_chrg_associat", "rm_chrg_reward_red", "room_chrg_other_di", "room_chrg_complime"),
    *("room_chrg_grp_oth", "room_chrg_grp_co", "room_chrg_grp_as", "room_chrg_grp_tour", "room_chrg_grp_go"),
    *("room_charge_open", "room_chrg_contract", "room_chrg_opaque", "room_chrg_svo_tours", "early_departure_fee"),
    *("late_checkout_fee", "reservation_cancella", "guaranteed_no_show", "day_use_room_charge"),
    *("cancellation_fee_tra", "room_chrg_grp_asso", "resort_service_fee", "package", "room_charge_hold_for"),
    *("other_room_charges", "loyalty_redemption_o", "guaranteed_no_show_c", "attrition", "na", "city_local_tax"),
)
FORM_ROWS = {name: row for row, name in enumerate(DAILY_REV_NAMES, 2)} | {"room_charge_allowa": 44, "club_package": 47}
_NAME_OF = {row: name for name, row in FORM_ROWS.items()}
_GIVEN = tuple(f"dbrs_daily_rev.{name}" for name in FORM_ROWS)
MARKET_ROWS = tuple(str(row) for row in range(3, 92))

# segment -> label, market rows, revenue rows, first row of its block on the form
SEGMENTS = {
    "retail": ("Détail (retail)", (5, 9, 23), (2, 3, 8, 40), 2),
    "special_corporate": ("Corporatif négocié", (13, 17, 18), (5,), 5),
    "government": ("Gouvernement", (14,), (7,), 8),
    "packages": ("Forfaits", (22, 25, 26, 80), (10,), 14),
    "wholesale": ("Grossistes", (55, 88, 89), (6,), 17),
    "qualified_discounts": (
        "Rabais qualifiés",
        (21, 24, 32, 33, 36, 37, 38, 39, 42, 43, 44, 45, 48, 51, 52, 65, 79, 83, 84, 85, 90, 91),
        (4, 9, 11, 12, 13, 15),
        20,
    ),
    "rewards": ("Récompenses", (29,), (14,), 23),
    "group_corporate": ("Groupe corporatif", (59,), (18,), 47),
    "group_association": ("Groupe association", (72,), (19, 32), 50),
    "group_government": ("Groupe gouvernement", (71,), (21,), 53),
    "group_smerf": ("Groupe SMERF", (73, 74, 75), (17,), 56),
    "group_tour": ("Groupe tours", (76,), (20,), 59),
    "contract": ("Contrat", (58,), (23,), 69),
}
# total -> label, parts, rows of its three figures on the form (rooms, average, revenue)
TOTALS = {
    "total_premium": ("Total prime", ("retail", "special_corporate", "government"), (11, 12, 13)),
    "total_discount": ("Total rabais", ("packages", "wholesale", "qualified_discounts", "rewards"), (38, 39, 40)),
    "total_transient": ("Total passagers", ("total_premium", "total_discount"), (42, 43, 44)),
    "total_group": (
        "Total groupes",
        ("group_corporate", "group_association", "group_government", "group_smerf", "group_tour"),
        (65, 66, 67),
    ),
    "daily": ("Total du jour", ("total_transient", "total_group", "contract"), (77, 78, 79)),
}
_SUMMARY = {"transient": "total_transient", "group": "total_group", "contract": "contract"}
COMPLIMENTARY_ROW = "62"


def _revenue_of(rows: tuple[int, ...]) -> Total:
    """As soon as one line of the form is given, the missing ones count zero."""
    return Total(tuple(f"dbrs_daily_rev.{_NAME_OF[row]}" for row in rows), zero_when=_GIVEN)


def _parts(parts: tuple[str, ...], figure: str) -> Total:
    return Total(tuple(f"dbrs_{part}_{figure}" for part in parts))


_FORM_CELLS = {key: (row, row + 1, row + 2) for key, (_, _, _, row) in SEGMENTS.items()}
_FORM_CELLS |= {key: rows for key, (_, _, rows) in TOTALS.items()}
_LABELS = {key: entry[0] for key, entry in (SEGMENTS | TOTALS).items()}

_ROOMS = tuple(
    computed(
        f"dbrs_{key}_rooms",
        f"DBRS {label} — chambres",
        MapTotal("dbrs_market_rows", tuple(map(str, SEGMENTS[key][1])), 0)
        if key in SEGMENTS
        else _parts(TOTALS[key][1], "rooms"),
        f"DBRS!B{_FORM_CELLS[key][0]}",
        COUNT,
    )
    for key, label in _LABELS.items()
)
_AVERAGES = tuple(
    computed(
        f"dbrs_{key}_adr",
        f"DBRS {label} — moyenne",
        Arrondi(Quotient(f"dbrs_{key}_revenue", f"dbrs_{key}_rooms", nil_is_zero=True)),
        f"DBRS!B{_FORM_CELLS[key][1]}",
    )
    for key, label in _LABELS.items()
)
_REVENUES = tuple(
    computed(
        f"dbrs_{key}_revenue",
        f"DBRS {label} — revenu",
        _revenue_of(SEGMENTS[key][2]) if key in SEGMENTS else _parts(TOTALS[key][1], "revenue"),
        f"DBRS!B{_FORM_CELLS[key][2]}",
    )
    for key, label in _LABELS.items()
)


def _summary(segment: str, figure: str, formula: Copie | Total | MapTotal) -> Field:
    label = {"rooms": "chambres", "revenue": "revenu"}[figure]
    return computed(
        f"dbrs_market_segments.{segment}.{figure}",
        f"Segment {segment} — {label}",
        formula,
        kind=COUNT if figure == "rooms" else "money",
        listed=f"dbrs_market_segments[*].{figure}",
        listed_label=f"Segments (résumé) — {label}",
    )


DBRS = Tab(
    "dbrs",
    "DBRS",
    (
        *(
            Field(
                f"dbrs_daily_rev.{name}",
                f"Daily Revenue — {name.replace('_', ' ')}",
                cell=f"DailyRev!B{row}",
                help="Ligne de charge de chambre du Daily Revenue",
            )
            for name, row in FORM_ROWS.items()
        ),
        Field(
            "dbrs_market_rows",
            "Market Segment — chambres par ligne",
            COUNT,
            cell="Market Segment!B3:B91",
            help="Numéro de ligne (3 à 91) du formulaire des segments",
            items=COUNT,
            keys=MARKET_ROWS,
            listed="dbrs_market_rows[*]",
        ),
        *_ROOMS,
        *_AVERAGES,
        *_REVENUES,
        computed("dbrs_daily_rev_total", "Total charges chambres", _revenue_of(tuple(range(2, 42))), "DailyRev!B42"),
        computed(
            "dbrs_allowance",
            "Allocation",
            Total(("dbrs_daily_rev.room_charge_allowa",), ("dbrs_daily_rev.club_package",), zero_when=_GIVEN),
            "DBRS!B81",
        ),
        computed("dbrs_grand_total", "Grand total", Total(("dbrs_daily_rev_total", "dbrs_allowance")), "DailyRev!B49"),
        computed(
            "dbrs_net_revenue",
            "Revenu net",
            Total(
                (
                    *("dbrs_daily_revenue", "dbrs_allowance"),
                    *("dbrs_form_autres", "dbrs_form_noshow", "dbrs_form_departs"),
                )
            ),
            "DBRS!B87",
        ),
        computed(
            "dbrs_net_adr", "Moyenne nette", Arrondi(Quotient("dbrs_net_revenue", "dbrs_daily_rooms")), "DBRS!B86"
        ),
        Field("dbrs_form_autres", "Autres revenus (formulaire)", cell="DBRS!B82", help="Saisi au formulaire"),
        Field("dbrs_form_noshow", "No-shows (formulaire)", cell="DBRS!B83", help="Saisi au formulaire"),
        Field(
            "dbrs_form_departs", "Départs hâtifs / tardifs (formulaire)", cell="DBRS!B84", help="Saisi au formulaire"
        ),
        computed(
            "dbrs_comp_rooms",
            "Chambres complimentaires",
            MapTotal("dbrs_market_rows", (COMPLIMENTARY_ROW,), 0),
            "DBRS!B89",
            COUNT,
        ),
        *(
            _summary(segment, figure, Copie(f"dbrs_{source}_{figure}"))
            for figure in ("rooms", "revenue")
            for segment, source in _SUMMARY.items()
        ),
        _summary("other", "rooms", MapTotal("dbrs_market_rows", (), 0)),
        _summary("other", "revenue", Total(zero_when=_GIVEN)),
        linked("dbrs_daily_rev_today", "Revenu chambres du jour", Copie("jour.jour_room_revenue")),
        linked("dbrs_adr", "Moyenne / chambre (RJ)", Copie("jour.jour_adr")),
        linked("dbrs_house_count", "Clients à l’hôtel", Copie("jour.jour_nb_clients"), kind=COUNT, direct=True),
        Field(
            "dbrs_otb_data",
            "OTB",
            LINES,
            help="Allotment Overview",
            listed="",
            columns=(
                Field("label", "OTB — groupe", TEXT, help="Colonne RESV de l'Allotment Overview"),
                Field("rooms", "OTB — chambres", COUNT),
            ),
        ),
        Field("dbrs_noshow_count", "No-shows — nombre", COUNT, help="Liste des no-shows"),
        Field("dbrs_noshow_revenue", "No-shows — revenu", help="Liste des no-shows; hors du revenu net"),
    ),
    required=("dbrs_net_revenue", "dbrs_daily_rooms"),
    badge="synchronisé",
)
