"""What binds a body: national law, with what province, city, its sector and the agency itself set on top of it.

A rule of one sector or province binds nobody else. What neither law nor sector rule says is an internal rule of the agency:
cited as such, and empty until the agency fills it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from services.law.assessment import Post, Scheme, chosen
from services.law.citation import INTERNAL, Cited, cite, statutes
from services.law.layer import Layer, Parameter, read_layer
from services.law.numbering import Numbering, merged
from services.law.precedence import Number, ranked
from services.law.reportable import Reportable, listed
from services.law.rubric import Rubric, rubric_of, rubrics
from services.law.rubric_parts import Family
from services.law.rule import Broken
from services.law.statute import Clock, Extending, overlaid
from services.law.term import Term

FOLDER = Path(__file__).parent / "layers"
PACKS = Path(__file__).parent / "packs"


@dataclass(frozen=True)
class Resolved:
    """A value, the article and the layer that set it, and what each layer on the way down says."""

    value: int
    unit: str
    citation: Cited
    layer: str
    chain: tuple[tuple[str, int, str], ...] = field(default=())

    @property
    def ordered(self) -> bool:
        """Whether somebody whose rules bind here set it. What is but a default, and law elsewhere, puts no duty on anybody."""
        return self.layer != "national" or self.citation.code != INTERNAL


@dataclass(frozen=True)
class Said:
    """What one layer says of a clock on a day: the clock as it has it, and whether that binds here and is what counts."""

    layer: str
    clock: Clock
    binds: bool
    counts: bool


class Layers:
    """National law, with what is set on top of it. Sector packs that are shipped stand beside those that are given.

    Raises ValueError for a layer that sets a number fixed by national law, a number that the
    national layer does not know, or one in another unit.
    """

    def __init__(
        self,
        national: Layer,
        provincial: Layer | None = None,
        city: Layer | None = None,
        sector: Layer | Iterable[Layer] | None = None,
        agency: Layer | None = None,
    ) -> None:
        self.national, self.agency = national, agency
        given = [sector] if isinstance(sector, Layer) else list(sector or ())
        self._sectors = {s.name: s for s in (*packs(), *given)}
        self._general = [layer for layer in (city, provincial, national) if layer is not None]
        for layer in (*self._general[:-1], *self._sectors.values(), *([agency] if agency else ())):
            _check_against(national, layer)
            self._refuse_foreign(layer)
        self._binding: dict[tuple[str, str], str] = {}

    def without_agency(self) -> "Layers":
        """The same for somebody else than the agency."""
        city, provincial = (
            next((g for g in self._general if g.kind == k), None) for k in ("city", "provincial")
        )
        return Layers(self.national, provincial, city, self._sectors.values())

    # Who is bound.

    def sector_of(self, field: str) -> str:
        """The sector pack of a field of administration, empty for one that none is for."""
        return next((s.name for s in self._sectors.values() if field in s.fields), "")

    def binding(self, law: str, sector: str = "") -> str:
        """Those articles of a citation that bind here, or that were adopted here, as what adopts them; empty where none does."""
        known = self._binding.get((law, sector))
        if known is None:
            parts = dict.fromkeys(filter(None, (self._part(p.strip(), sector) for p in law.split(";"))))
            known = self._binding[law, sector] = ";".join(parts)
        return known

    def _part(self, part: str, sector: str) -> str:
        code = part.partition(":")[0]
        stack = self._stack(sector)
        if not statutes()[code].of or any(layer.binds(code) for layer in stack):
            return part
        return next((layer.adopts[k] for layer in stack for k in (part, code) if k in layer.adopts), "")

    def cited(self, law: str, sector: str = "", *names: str) -> str:
        """An article as it is cited to a body: the sector's own for the rule or act of one of these names ("rule.punishable"),
        else those of the citation that bind; where none does, what is asked is an internal rule.
        """
        for layer in self._stack(sector):
            for name in names:
                if name in layer.cites:
                    return layer.cites[name]
        return self.binding(law, sector) or INTERNAL

    def told(self, broken: Broken, sector: str = "") -> Broken:
        """A broken rule as it is told to a body: under an article that binds it."""
        return replace(broken, law=self.cited(broken.law, sector, broken.by))

    # Numbers.

    def value(self, key: str, on: date, sector: str = "") -> Resolved:
        """The number in force on a day; KeyError for an unknown key, ValueError before the first date."""
        return _value(self, key, on, sector)

    def _counted(self, key: str, on: date, sector: str) -> Resolved:
        if key not in self.national.parameters:
            raise KeyError(f"no parameter {key!r}")
        said: list[Number] = []
        for layer in self._stack(sector):
            parameter = layer.parameters.get(key)
            dated = parameter.on(on) if parameter else None
            if parameter and dated:
                said.append(Number(layer.name, layer.kind, dated.value, dated.law, parameter.yields))
        if not said:
            raise ValueError(f"parameter {key!r} has no value in force on {on}")
        chain = ranked(said)
        counts, unit = chain[0], self.national.parameters[key].unit
        law = cite(self.cited(counts.law, sector))
        return Resolved(
            counts.value, unit, law, counts.layer, tuple((n.layer, n.value, n.law) for n in chain)
        )

    # Papers.

    def numbering(self, sector: str = "") -> Numbering:
        """How documents are numbered: as the agency says, else the city, the province, the sector."""
        sectors = [self._sectors[sector]] if sector in self._sectors else []
        agency = [self.agency] if self.agency is not None else []
        return merged([layer.papers for layer in (*agency, *self._general, *sectors)])

    # Assessment.

    def assessment(
        self, year: int, sector: str = "", body: str = "", post: Post | None = None
    ) -> Scheme | None:
        """The scheme by which a body of a name, or a post of it, is assessed for a year: its sector's, else the city's, the
        province's, the national one.
        """
        found = (chosen(layer.assessments, year, body, post) for layer in self._stack(sector))
        return next((scheme for scheme in found if scheme is not None), None)

    # Reviews of case files.

    def rubric(self, sector: str, on: date, family: Family = Family.PENALTY) -> Rubric:
        """The standard by which a file of a sector is reviewed on a day. Raises LookupError where none held yet."""
        return rubric_of(sector, on, (layer.rubrics for layer in self._stack(sector)), family)

    @property
    def rubrics(self) -> tuple[tuple[str, Rubric], ...]:
        """The standards of the layers, each with the layer that has it."""
        layers = (*self._general, *self._sectors.values())
        return tuple((layer.name, rubric) for layer in layers for rubric in layer.rubrics)

    def rubric_kept(self, id: str, digest: bytes) -> Rubric | None:
        """The standard of an id as it was written then; None where it is written otherwise now, or not at all."""
        every = (*rubrics(), *(rubric for _, rubric in self.rubrics))
        return next((r for r in every if (r.id, r.digest) == (id, digest)), None)

    # What is told to the superior.

    def reportable(self, on: date, sector: str = "") -> tuple[Reportable, ...]:
        """The important matters that are told to the superior on a day."""
        return listed((layer.matters for layer in self._stack(sector)), on)

    # Clocks.

    def clock(self, clock: Clock, on: date, sector: str = "") -> Clock | None:
        """The clock as it runs for a body when it starts on a day; None where nobody set its days."""
        return next((said.clock for said in self.said(clock, on, sector) if said.counts), None)

    def held(self, clock: Clock, on: date, sector: str = "") -> Clock:
        """The clock as it runs, for what cannot do without: where nobody set its days, as it is written elsewhere, as an
        internal rule.
        """
        return self.clock(clock, on, sector) or replace(self._limited(clock, on, sector), law=INTERNAL)

    def said(self, clock: Clock, on: date, sector: str = "") -> list[Said]:
        """What every layer says of a clock, first who is asked first; the statute that the clock is written in comes last,
        before the agency, which is only asked where nobody else gives a number.
        """
        found: list[tuple[str, Clock, bool]] = []
        below = clock
        for layer in reversed(self._stack(sector)):
            here = self._in_layer(layer, below, on)
            if here is not None:
                found.insert(0, (layer.name, here, True))
                below = here
        written = self._as_written(clock, sector)
        found.append((statutes()[_first(clock.law)].of or "national", written or clock, written is not None))
        if self.agency is not None and (entry := self.agency.clocks.get(clock.id)):
            found.append((self.agency.name, overlaid(clock, entry, "agency"), True))
        counting = next((n for n, (_, c, binds) in enumerate(found) if binds and c.in_force(on)), -1)
        return [
            Said(name, self._limited(c, on, sector), binds, n == counting)
            for n, (name, c, binds) in enumerate(found)
        ]

    def _in_layer(self, layer: Layer, clock: Clock, on: date) -> Clock | None:
        """What a layer says of a clock: its own articles, or a number for a term that may be set."""
        if entry := layer.clocks.get(clock.id):
            made = overlaid(clock, entry, layer.kind)
            return made if made.in_force(on) else None
        parameter = layer.parameters.get(f"clock.{clock.id}")
        dated = parameter.on(on) if parameter and layer is not self.national else None
        if parameter is None or dated is None:
            return None
        return clock.with_term(Term(dated.value, parameter.unit), dated.law)

    def _refuse_foreign(self, layer: Layer) -> None:
        """A layer rests on what binds everybody, or by itself. Raises ValueError for what is law elsewhere."""
        said = [dated.law for parameter in layer.parameters.values() for dated in parameter.values]
        said += [law for entry in layer.clocks.values() if (law := entry.get("law"))]
        said += [law for r in layer.rubrics for law in (r.law, *(item.law for item in r.items))]
        said += [within.law for matter in layer.matters for within in matter.terms]
        for part in (part.strip() for law in (*said, *layer.cites.values()) for part in law.split(";")):
            statute = statutes()[part.partition(":")[0]]
            under = [layer, *self._general] if layer.kind != "provincial" else [layer]
            if statute.of and not any(each.binds(statute.code) for each in under):
                raise ValueError(f"{layer.name}: {part} binds only {statute.of}: name a document of its own")

    def _as_written(self, clock: Clock, sector: str) -> Clock | None:
        """The clock of its own statute, if that binds here or was adopted; only with what binds of its other articles."""
        law = self.binding(clock.law, sector)
        if not self.binding(_first(clock.law), sector):
            return None
        return replace(clock, law=law)

    def _limited(self, clock: Clock, on: date, sector: str) -> Clock:
        """The clock with those extensions and exclusions only that bind, as far as the parameters allow on a day."""
        extensions = (replace(e, law=self.binding(e.law, sector)) for e in clock.extensions)
        excluded = self.binding(clock.excluded_law or clock.law, sector)
        clock = replace(clock, extensions=tuple(self._bounded(e, on, sector) for e in extensions if e.law))
        if not excluded:
            return replace(clock, excluded_zh="", excluded_en="", excluded_law="")
        return replace(clock, excluded_law=excluded) if clock.excluded_law else clock

    def _bounded(self, extending: Extending, on: date, sector: str) -> Extending:
        if not extending.limit:
            return extending
        limit = self.value(extending.limit, on, sector)
        return replace(extending, amount=limit.value, unit=limit.unit, law=limit.citation.code)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.national.parameters)

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(self._sectors)

    def asked(self, sector: str = "") -> tuple[Layer, ...]:
        """The layers that bind a body of a sector, first who is asked first; the agency's own comes last."""
        return (*self._stack(sector), *([self.agency] if self.agency else ()))

    def layer(self, name: str) -> Layer | None:
        """A layer that counts here, or a sector pack, by its name."""
        named = {layer.name: layer for layer in (*self._general, *self._sectors.values())}
        if self.agency is not None:
            named[self.agency.name] = self.agency
        return named.get(name)

    def _stack(self, sector: str) -> list[Layer]:
        return [*([self._sectors[sector]] if sector in self._sectors else ()), *self._general]


def _first(law: str) -> str:
    """The statute that sets the days of a clock: that of its first article."""
    return law.partition(";")[0].partition(":")[0].strip()


def _check_against(national: Layer, layer: Layer) -> None:
    for key, parameter in layer.parameters.items():
        base = national.parameters.get(key)
        if base is None:
            raise ValueError(f"{layer.name}: {key} is no parameter of the national layer")
        if base.fixed:
            raise ValueError(f"{layer.name}: {key} is fixed by {base.values[-1].law}")
        if base.unit != parameter.unit:
            raise ValueError(f"{layer.name}: {key} is in {base.unit}, not {parameter.unit}")


@cache
def packs() -> tuple[Layer, ...]:
    """The sector packs that are shipped."""
    return tuple(read_layer(folder) for folder in sorted(PACKS.iterdir()) if folder.is_dir())


@cache
def national() -> Layer:
    """The national layer: what national law fixes, and defaults where it leaves a number to others."""
    parts = [read_layer(path) for path in sorted(FOLDER.glob("national*.toml"))]
    merged: dict[str, Parameter] = {}
    schemes = tuple(scheme for part in parts for scheme in part.assessments)
    matters = tuple(matter for part in parts for matter in part.matters)
    for part in parts:
        if twice := merged.keys() & part.parameters.keys():
            raise ValueError(f"{part.name}: {min(twice)} is already defined")
        merged.update(part.parameters)
    return Layer("national", "national", "", MappingProxyType(merged), assessments=schemes, matters=matters)


def shipped(name: str) -> Path | None:
    """The file of a layer that comes along, by the layer's name; None where there is none."""
    return _shipped().get(name)


@cache
def _shipped() -> Mapping[str, Path]:
    files = [path for path in sorted(FOLDER.glob("*.toml")) if not path.name.startswith("national")]
    return {read_layer(path).name: path for path in files}


def load_layers(paths: Iterable[Path], name: str = "") -> Layers:
    """The layers that a named layer (a city's, mostly) stands on, sectors and the agency's own included.

    Raises ValueError for a bad file, a layer that is missing, defined twice, or stands on itself.
    """
    found: dict[str, Layer] = {}
    for path in paths:
        layer = read_layer(path)
        if layer.name in found:
            raise ValueError(f"{path.name}: layer {layer.name} is already defined")
        found[layer.name] = layer
    for layer in found.values():
        _refuse_cycle(layer, found)
    by_kind: dict[str, Layer] = {}
    at = name
    while at and at != "national":
        if at not in found:
            raise ValueError(f"layer {at} is not among the files")
        by_kind[found[at].kind] = found[at]
        at = found[at].extends
    sectors = [layer for layer in found.values() if layer.kind == "sector"]
    agencies = [layer for layer in found.values() if layer.kind == "agency"]
    if len(agencies) > 1:
        raise ValueError(f"{agencies[0].name} and {agencies[1].name} are both the agency's own layer")
    return Layers(
        national(), by_kind.get("provincial"), by_kind.get("city"), sectors, agencies[0] if agencies else None
    )


def _refuse_cycle(layer: Layer, found: Mapping[str, Layer]) -> None:
    seen = [layer.name]
    while layer.extends and layer.extends != "national":
        if layer.extends not in found:
            raise ValueError(f"layer {layer.name} extends {layer.extends}, which is not among the files")
        layer = found[layer.extends]
        if layer.name in seen:
            raise ValueError(f"layers stand on each other in a circle: {' -> '.join([*seen, layer.name])}")
        seen.append(layer.name)


@lru_cache(65536)
def _value(layers: Layers, key: str, on: date, sector: str) -> Resolved:
    """What is worked out once for a day: a case asks for the same numbers at each of its acts."""
    return layers._counted(key, on, sector)
