"""What a user asks of the law: ids, days, layers and extensions, each refused in plain words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from services.kit.settings import Settings
from services.law.calendar import SHANGHAI
from services.law.citation import Statute, statutes
from services.law.clock import Clock, Extension, Interval, When, catalogue
from services.law.layer import Layer, read_layer
from services.law.parameters import FOLDER, Layers, load_layers, national, shipped
from services.law.term import day_of

if TYPE_CHECKING:
    from services.kit.call import Surroundings

YEARS = range(1980, 2101)
MOST_DAYS = 3660


class Unanswerable(Exception):
    """What was asked cannot be answered; both sentences say why and what to ask instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh, self.en = zh, en


def clock_named(name: str) -> Clock:
    """The clock of an id. Raises Unanswerable with near ids."""
    clocks = catalogue()
    clock = clocks.get(name.strip().upper())
    if clock is None:
        near = _near_id(name.strip().upper(), list(clocks)) or _titled(name.strip())
        raise _unknown(
            name,
            "期限",
            "clock",
            near,
            "用 yifa law list 查看全部期限。",
            "See yifa law list for all of them.",
        )
    return clock


def statute_named(code: str) -> Statute:
    """The statute of a code. Raises Unanswerable with near codes."""
    known = statutes()
    wanted = code.strip().upper()
    if wanted in known:
        return known[wanted]
    all_zh, all_en = f"可用：{'、'.join(known)}。", f"Known are {', '.join(known)}."
    raise _unknown(code, "法律文件", "statute", near_names(wanted, list(known)), all_zh, all_en)


def _near_id(wanted: str, known: list[str]) -> list[str]:
    """Near ids, first the one that was meant if only a dash or a nought is missing."""
    parts = re.fullmatch(r"([A-Z]+)\W?(\d+)", wanted)
    meant = f"{parts[1]}-{int(parts[2]):02}" if parts else ""
    found = [meant] if meant in known else []
    return [*found, *(near for near in near_names(wanted, known) if near != meant)][:5]


def near_names(wanted: str, known: list[str]) -> list[str]:
    """What may have been meant."""
    return get_close_matches(wanted, known, n=5, cutoff=0.6)


def _titled(text: str) -> list[str]:
    words = text.lower()
    found = [c.id for c in catalogue().values() if words in c.title_zh or words in c.title_en.lower()]
    return found[:5] if len(words) > 1 else []


def _unknown(
    name: str, what_zh: str, what_en: str, near: list[str], all_zh: str, all_en: str
) -> Unanswerable:
    zh = f"是否指{'、'.join(near)}？" if near else all_zh
    en = f"Did you mean {', '.join(near)}?" if near else all_en
    return Unanswerable(f"没有编号为“{name}”的{what_zh}；{zh}", f"There is no {what_en} {name!r}. {en}")


def when(text: str, option: str) -> When:
    """A day, or a moment in Asia/Shanghai unless it names another zone. Raises Unanswerable."""
    try:
        found: When = (
            date.fromisoformat(text)
            if len(text) <= 10
            else datetime.fromisoformat(text.replace("Z", "+00:00"))
        )
    except ValueError:
        raise Unanswerable(
            f"{option} 的“{text}”不是日期；请写 2026-10-12 或 2026-10-12T09:30。",
            f"{option}: {text!r} is no date; write 2026-10-12 or 2026-10-12T09:30.",
        ) from None
    if found.year not in YEARS:
        raise Unanswerable(
            f"{option} 的“{text}”超出可计算的年份{YEARS[0]}—{YEARS[-1]}。",
            f"{option}: {text!r} is outside the years {YEARS[0]} to {YEARS[-1]}.",
        )
    if isinstance(found, datetime):
        return found.replace(tzinfo=SHANGHAI) if found.tzinfo is None else found.astimezone(SHANGHAI)
    return found


def interval(text: str) -> Interval:
    """Excluded time written as FROM..TO. Raises Unanswerable, also for one that ends before it starts."""
    first, dots, last = text.partition("..")
    if not dots:
        raise Unanswerable(
            f"--exclude 的“{text}”应写作 2026-10-20..2026-10-25。",
            f"--exclude: write {text!r} as 2026-10-20..2026-10-25.",
        )
    begin, end = when(first, "--exclude"), when(last, "--exclude")
    if _ordered(end) < _ordered(begin):
        raise Unanswerable(
            f"--exclude 的“{text}”止于{last}，早于起始的{first}；请调换前后。",
            f"--exclude: {text!r} ends on {last}, before it starts on {first}; swap the two.",
        )
    return begin, end


def _ordered(at: When) -> tuple[date, str]:
    return day_of(at), at.time().isoformat() if isinstance(at, datetime) else ""


def extensions(
    clock: Clock, amounts: Sequence[int], approved: Sequence[str], by: Sequence[str]
) -> list[Extension]:
    """The extensions given as options side by side; a unit that is not said is the law's. Raises Unanswerable."""
    if len(amounts) != len(approved) or (by and len(by) != len(amounts)):
        raise Unanswerable(
            "每个 --extend 都要有一个 --approved（批准日期）；写 --by 时也要逐一对应。",
            "Each --extend needs its --approved, and its --by if any is given.",
        )
    for amount in amounts:
        if not 1 <= amount <= MOST_DAYS:
            raise Unanswerable(
                f"--extend 的 {amount} 不在1—{MOST_DAYS}之间。",
                f"--extend: {amount} is not within 1 to {MOST_DAYS}.",
            )
    unit = next((slot.unit for slot in clock.extensions), clock.term.unit)
    people = [b.strip().lower() for b in by] or [""] * len(amounts)
    given = zip(amounts, approved, people, strict=True)
    return [Extension(n, unit, when(at, "--approved"), who) for n, at, who in given]


def layers_of(paths: Sequence[Path], sector: str = "") -> Layers:
    """National law with the layers of these files or folders, the sector packs, and those shipped that they stand on.

    Raises Unanswerable for a file that cannot be used, layers that do not stand on each other, or a
    sector that there is no pack for.
    """
    try:
        files = [shipped(str(path)) or path for path in paths]
        given = {path: read_layer(path) for path in files}
        layers = (
            load_layers([*given, *_beneath(given)], _top(list(given.values())))
            if given
            else Layers(national())
        )
    except (OSError, KeyError, TypeError, ValueError) as wrong:
        said = f"{wrong.filename}: {wrong.strerror}" if isinstance(wrong, OSError) else str(wrong)
        raise Unanswerable(f"--layer 文件不能使用：{said}。", f"--layer cannot be used: {said}.") from None
    if sector and sector not in layers.sectors:
        near = near_names(sector, sorted(layers.sectors)) or sorted(layers.sectors)
        raise _unknown(sector, "领域", "sector", near, "", "")
    return layers


def layers_of_node(settings: Path) -> "Surroundings":
    """What binds at a node. Raises Unanswerable for a file that cannot be used."""
    from services.kit.service import surroundings

    try:
        return surroundings(Settings.load(settings))
    except (OSError, ValueError) as wrong:
        raise Unanswerable(f"--node 文件不能使用：{wrong}。", f"--node cannot be used: {wrong}.") from None


def sector_named(around: "Surroundings | None", layers: Layers, field: str) -> str:
    """The pack of a body's field. Raises Unanswerable where there is none."""
    found = around.sector_of(field) if around else layers.sector_of(field)
    if not found:
        fields = [f for name in layers.sectors if (layer := layers.layer(name)) for f in layer.fields]
        raise _unknown(field, "领域", "field", near_names(field, fields) or fields, "", "")
    return found


def day(text: str) -> date:
    """A day of the option --on. Raises Unanswerable."""
    return day_of(when(text, "--on"))


def _beneath(given: Mapping[Path, Layer]) -> list[Path]:
    """The shipped layers that are not given themselves."""
    names = {layer.name for layer in given.values()}
    shipped = [p for p in sorted(FOLDER.glob("*.toml")) if not p.name.startswith("national")]
    return [p for p in shipped if read_layer(p).name not in names]


def _top(given: list[Layer]) -> str:
    general = [layer for layer in given if layer.kind not in ("sector", "agency")]
    tops = [layer.name for layer in general if layer.name not in {other.extends for other in general}]
    if len(tops) > 1:
        raise ValueError(f"layers {' and '.join(tops)} do not stand on each other")
    return tops[0] if tops else ""
