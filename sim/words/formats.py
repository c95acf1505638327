"""How are numbers, money, shares, days and dates written in each language?

Grouping, currency symbols and dates come from Babel (CLDR). Compact money is ours, because CLDR serves a
finance reader badly: its English has "CN¥1M" for yuan and "B" for billions, and its fixed number of
decimals gives ¥12.35万 and ¥1234.57万 unequal precision.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sim.words.catalogue import Language

_LOCALE = {"en": "en_GB", "zh": "zh_Hans_CN"}
_COMPACT = {
    "en": ((10**3, "k"), (10**6, "m"), (10**9, "bn")),
    "zh": ((10**4, "万"), (10**8, "亿")),
}
_DIGITS = {"en": 3, "zh": 4}
"""Significant digits of compact money: ¥1.23m, ¥123.4万."""
_SYMBOLS = {"CNY": "¥", "JPY": "JP¥", "XXX": "", "": ""}
"""Yuan is the kit's home currency; XXX is ISO 4217 for "no currency is known"."""


def is_unknown(x: Any) -> bool:
    """Is this value unknown (None, NaN, NA, NaT) rather than a number?"""
    try:
        return x is None or bool(x != x)
    except TypeError:  # pandas.NA compares to neither true nor false
        return True


def plain(lang: Language, x: Any, digits: int | None = None, *, signed: bool = False) -> str:
    """A number with groups; `digits` decimals, or none for a whole number and two otherwise."""
    from babel.numbers import format_decimal

    if math.isinf(x):
        return "-∞" if x < 0 else "∞"
    exact = _decimal(x)
    if digits is None:
        digits = 0 if exact == exact.to_integral_value() else 2
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text: str = format_decimal(abs(rounded), _pattern(digits), locale=_LOCALE[lang])
    return _sign(rounded, signed) + text


def compact_money(lang: Language, fen: Any, currency: str, *, signed: bool = False) -> str:
    """An amount to be grasped at a glance, with 万/亿 or k/m/bn."""
    if math.isinf(fen):
        return plain(lang, fen)
    amount = _decimal(fen) / 100
    size, name, rounded = _scaled(lang, abs(amount))
    decimals = _decimals(rounded) if size > 1 else (0 if rounded == int(rounded) else 2)
    sign = _sign(amount if rounded else Decimal(0), signed)
    return f"{sign}{symbol(lang, currency)}{plain(lang, rounded, decimals)}{name}"


def _scaled(lang: Language, amount: Decimal) -> tuple[int, str, Decimal]:
    """Unit, its name, and the amount rounded in that unit; 999,950 is 1.00m, not 1,000k."""
    size, name = 1, ""
    rounded = amount.quantize(Decimal(1) if amount >= 100 else Decimal("0.01"), rounding=ROUND_HALF_UP)
    for larger, label in _COMPACT[lang]:
        if rounded * size < larger:
            break
        digits = _DIGITS[lang]
        size, name, rounded = larger, label, _significant(_significant(amount / larger, digits), digits)
    return size, name, rounded


def _significant(x: Decimal, digits: int) -> Decimal:
    """The number with so many digits, at most two of them decimals (rounding 99.995 may give one more)."""
    decimals = min(max(digits - 1 - max(x.adjusted(), 0), 0), 2)
    return x.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def exact_money(lang: Language, fen: Any, currency: str, *, signed: bool = False) -> str:
    """An amount to the fen."""
    if math.isinf(fen):
        return plain(lang, fen)
    amount = _decimal(fen) / 100
    text = plain(lang, abs(amount), 2)
    return f"{_sign(amount, signed)}{symbol(lang, currency)}{text}"


def symbol(lang: Language, currency: str) -> str:
    """How is this currency written before an amount?"""
    from babel.numbers import get_currency_symbol

    if currency in _SYMBOLS:
        return _SYMBOLS[currency]
    known: str = get_currency_symbol(currency, locale=_LOCALE[lang])
    return known if known != currency else f"{currency} "


def percent(lang: Language, share: Any, digits: int, *, signed: bool = False) -> str:
    """A share (0.123) as percent."""
    return plain(lang, hundredfold(share), digits, signed=signed) + "%"


def hundredfold(share: Any) -> Any:
    """A share (0.123) as a number of percent (12.3), exact in the decimals people see."""
    return share if math.isinf(share) else _decimal(share) * 100


def calendar_date(lang: Language, when: date | int | str) -> str | None:
    """A date, or a day number, as people write it; None for a day that has not come."""
    from babel.dates import format_date

    from sim.base.days import NEVER, date_of  # brings NumPy: not before a date is written

    if isinstance(when, str):
        when = date.fromisoformat(when)
    if not isinstance(when, date):
        if int(when) == NEVER:
            return None
        when = date_of(int(when))
    text: str = format_date(when, "medium", locale=_LOCALE[lang])
    return text


def calendar_day(lang: Language, when: int) -> str:
    """A day of a year that is known, as people write it: 3 Jan, 1月3日."""
    from babel.dates import format_skeleton

    from sim.base.days import date_of

    text: str = format_skeleton("MMMd", date_of(when), locale=_LOCALE[lang])
    return text


def spoken_day(lang: Language, when: date) -> str:
    """A day as people say it in a talk: 15 March, 3月15日."""
    from babel.dates import format_skeleton

    text: str = format_skeleton("MMMMd", when, locale=_LOCALE[lang])
    return text


def calendar_period(lang: Language, label: str) -> str:
    """A period's label (2025, 2025Q1, 2025-03) as people write it; any other label as it is."""
    from babel.dates import format_skeleton

    try:
        if len(label) == 7 and label[4] == "-":
            text: str = format_skeleton("yMMM", date.fromisoformat(f"{label}-01"), locale=_LOCALE[lang])
            return text
        if len(label) == 6 and label[4] == "Q":
            year, quarter = int(label[:4]), int(label[5])
            return f"{year}年第{quarter}季度" if lang == "zh" else f"Q{quarter} {year}"
        return f"{int(label)}年" if lang == "zh" else str(int(label))
    except ValueError:
        return label


def calendar_month(lang: Language, label: str) -> str:
    """The month of a period's label (2025-03) without its year: Mar, 3月."""
    from babel.dates import format_date

    text: str = format_date(date.fromisoformat(f"{label}-01"), "LLL", locale=_LOCALE[lang])
    return text


def _decimal(x: Any) -> Decimal:
    """The number as people see it: 0.285 is 0.285, not the binary fraction just below."""
    if isinstance(x, Decimal):
        return x
    return Decimal(repr(float(x))) if not hasattr(x, "__index__") else Decimal(int(x))


def _decimals(x: Decimal) -> int:
    exponent = x.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


def _sign(x: Decimal, signed: bool) -> str:
    if x < 0:
        return "-"
    return "+" if signed and x > 0 else ""
