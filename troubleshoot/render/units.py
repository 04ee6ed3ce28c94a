"""Numbers as a person says them: ``42.3 %``, ``320 ms``, ``1.5 GiB``, ``8×``."""

from collections.abc import Callable
from math import isfinite, isnan

_SMALL_SECONDS = ((1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))
_BYTES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")


def quantity(value: float | None, unit: str) -> str:
    """``value`` in one of the units of a check, three significant digits."""
    if value is None:
        return "no value"
    if not isfinite(value):
        return "not a number" if isnan(value) else ("∞" if value > 0 else "−∞")
    return _IN_UNIT.get(unit, number)(value)


def number(value: float) -> str:
    """Three significant digits, whole above 100, with thousands separated."""
    rounded = float(f"{value:.3g}")
    size = abs(rounded)
    if size >= 100:
        text = f"{value:,.0f}"
    elif size >= 1e-3:
        text = f"{rounded:.6f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:.2g}" if rounded else "0"
    return text.replace("-", "−") if value < 0 else text


def duration(seconds: float) -> str:
    """``850 µs``, ``320 ms``, ``4.8 s``, ``2 min 5 s``, ``1 h 20 min``."""
    rounded = float(f"{abs(seconds):.3g}")
    sign = "−" if seconds < 0 else ""
    if rounded == 0:
        return "0 s"
    if rounded < 120:
        factor, name = next((f, name) for least, f, name in _SMALL_SECONDS if rounded >= least)
        return f"{sign}{number(rounded * factor)} {name}"
    minutes, rest = divmod(round(abs(seconds)), 60)
    if minutes < 60:
        return f"{sign}{minutes} min {rest} s" if rest else f"{sign}{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:,} h {minutes} min" if minutes else f"{sign}{hours:,} h"


def _bytes(value: float) -> str:
    scale = 0
    while abs(value) >= 1023.5 and scale < len(_BYTES) - 1:
        value, scale = value / 1024, scale + 1
    return f"{number(value)} {_BYTES[scale]}"


_IN_UNIT: dict[str, Callable[[float], str]] = {
    "ratio": lambda value: f"{number(value * 100)} %",
    "seconds": duration,
    "bytes": _bytes,
    "per_second": lambda value: f"{number(value)}/s",
    "cores": lambda value: f"{number(value)} cores",
}


def against_normal(value: float | None, normal: float | None, unit: str) -> str:
    """``normally 0.6 s, 8×``; empty where there is no baseline."""
    if normal is None or not isfinite(normal):
        return ""
    usual = f"normally {quantity(normal, unit)}"
    if value is None or not isfinite(value) or normal <= 0 or value < 0:
        return usual
    times = value / normal
    if times >= 1.2:
        return f"{usual}, {number(float(f'{times:.2g}'))}×"
    return f"{usual}, down to {number(times * 100)} %" if times <= 0.8 else f"{usual}, as usual"
