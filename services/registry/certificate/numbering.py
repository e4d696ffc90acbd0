"""Certificate numbers: an issuer's pattern, and the numbers that it gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.kit.tx import Tx
from services.law.procedure import Act
from services.registry.certificate.facts import Numbering
from services.registry.lawful import admit
from services.registry.request import local
from services.registry.serial import next_in

# What stands before the digits, by kind of certificate, so that no two kinds share a number.
PREFIXES: Mapping[int, str] = MappingProxyType({1: "", 2: "JD", 3: "FS"})


@dataclass(frozen=True)
class Pattern:
    """How many digits of area, body, year and serial an issuer writes, in this order."""

    area: int
    unit: int
    year: int
    serial: int

    def series(self, kind: int, area_code: str, part: int, year: int) -> str | None:
        """All before the serial; None if the area or the body does not fit."""
        unit = f"{part:0{self.unit}d}" if self.unit else ""
        if self.area > len(area_code) or len(unit) > self.unit:
            return None
        written = f"{year:04d}"[4 - self.year :] if self.year else ""
        return f"{PREFIXES[kind]}{area_code[: self.area]}{unit}{written}"

    def number(self, series: str, serial: int) -> str | None:
        """The number of a serial; None when the series is used up."""
        digits = f"{serial:0{self.serial}d}"
        return series + digits if len(digits) == self.serial else None

    def regex(self, kind: int) -> re.Pattern[str]:
        """What every number of this issuer looks like."""
        widths = (("area", self.area), ("unit", self.unit), ("year", self.year), ("serial", self.serial))
        groups = "".join(rf"(?P<{name}>\d{{{width}}})" for name, width in widths if width)
        return re.compile(PREFIXES[kind] + groups)


def pattern(tx: Tx) -> Pattern:
    """How this issuer numbers certificates today."""
    day = local(tx.now).date()
    parts = ("area", "unit", "year", "serial")
    return Pattern(*(tx.parameters.value(f"certificate.number.{part}", day).value for part in parts))


def next_number(tx: Tx, act: Act, kind: int, area_code: str, part: int) -> str:
    """The next number of a kind, area and body. Raises Unlawful when the pattern has none."""
    issuer = pattern(tx)
    series = issuer.series(kind, area_code, part, local(tx.now).year)
    number = issuer.number(series, next_in(tx, series)) if series is not None else None
    admit(act, Numbering(tx, number or ""), series=series or area_code)
    return str(number)
