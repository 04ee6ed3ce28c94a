"""Measured values, and the table they are printed as."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_HEAD = ("what", "median", "min – max", "ratio", "aim", "met?")
_UNITS = {"s": (1.0, "{:.3f} s"), "MB": (1e-6, "{:.1f} MB"), "": (1.0, "{:.0f}")}


@dataclass(frozen=True, slots=True)
class Measured:
    """``values`` in seconds for ``unit`` "s", in bytes for "MB", else a number of things.

    ``scope`` says what of it was measured, where several are.
    """

    what: str
    values: Sequence[float]
    unit: str = "s"
    scope: str = ""

    @property
    def median(self) -> float:
        return median(self.values)


@dataclass(frozen=True, slots=True)
class Row:
    """``over`` is what the median is divided by; ``most`` and ``least`` are the aim.

    They limit the ratio, or where there is no ``over`` the median; of memory the largest value,
    because a run that needed it once may need it again.
    """

    measured: Measured
    over: Measured | None = None
    most: float | None = None
    least: float | None = None


def markdown(rows: Sequence[Row]) -> str:
    lines = [_HEAD, ("---",) * len(_HEAD), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    measured, over = row.measured, row.over
    values = [_shown(one, measured.unit) for one in (min(measured.values), max(measured.values))]
    number = measured.median / over.median if over else _judged(measured)
    return (
        f"{measured.scope}: {measured.what}" if measured.scope else measured.what,
        _shown(measured.median, measured.unit),
        " – ".join(values) if len(measured.values) > 1 else "",
        f"{number:.2f} × {over.what}" if over else "",
        _aim(row),
        _met(row, number),
    )


def _judged(measured: Measured) -> float:
    return max(measured.values) if measured.unit == "MB" else measured.median


def _aim(row: Row) -> str:
    limit = row.most if row.most is not None else row.least
    if limit is None:
        return ""
    sign = "≤" if row.most is not None else "≥"
    return f"{sign} {limit:g} ×" if row.over else f"{sign} {_shown(limit, row.measured.unit)}"


def _met(row: Row, number: float) -> str:
    if row.most is None and row.least is None:
        return ""
    below = row.most is None or number <= row.most
    above = row.least is None or number >= row.least
    return "yes" if below and above else "**no**"


def _shown(value: float, unit: str) -> str:
    factor, form = _UNITS[unit]
    return form.format(value * factor)
