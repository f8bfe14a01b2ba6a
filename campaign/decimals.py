"""The one place where numbers are divided, rounded and shown.

Rates are computed from sums and never averaged; they are shown to one decimal, halves away from zero.
A rate without a denominator does not exist: it is None here and "—" on paper.
"""

from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
NOTHING = "—"


def percent(part: int, whole: int) -> Decimal | None:
    """The share of `part` in `whole` in per cent, to one decimal; None where `whole` is zero."""
    if whole == 0:
        return None
    return (Decimal(100) * part / whole).quantize(TENTH, rounding=ROUND_HALF_UP)


def rounded(value: Decimal, step: Decimal = TENTH) -> Decimal:
    """`value` to the precision of `step`, halves away from zero."""
    return value.quantize(step, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros ("92.5", "100", "-2")."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def show_percent(value: Decimal | None) -> str:
    """Show a rate as "68.4%", or as a dash where there is none."""
    return NOTHING if value is None else f"{value:f}%"
