"""One paper of a record (执法文书): what is said of it in a table, and whether a record holds what it tells."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

BOTH, ORDINARY, SUMMARY = frozenset({1, 2}), frozenset({1}), frozenset({2})
"""The procedures of a case, as yifa.enforcement.v1.Procedure numbers them."""
MAIN: Mapping[int, str] = MappingProxyType({
    1: "立案审批", 2: "处理决定", 3: "其他送达当事人的文书", 4: "证据", 5: "听证", 6: "财物处理", 7: "其他材料",
})  # fmt: skip
INNER: Mapping[int, str] = MappingProxyType({
    11: "案源", 12: "调查终结报告", 13: "审核", 14: "听证报告", 15: "结案审批", 16: "其他材料",
})  # fmt: skip
"""The groups of main and inner volume in the order in which a file is put together (正卷、副卷, SAMR-2022:78)."""


@dataclass(frozen=True)
class Paper:
    """One paper. `act` is the act of the record's procedure that it belongs to, `law` the article that asks for it.

    record: the kind of record that it tells of, as the message is called. due: the fields of the record, as dotted paths,
    with any of which it can be issued. at: the time that it bears; where it has none it bears the day of its issue. says: the
    fields of the record that it prints; of_case: those of the case that the record stands beside. number: the field of the
    record with its number. word: what stands for it in a number (文种), where numbers are given out for it. served: it goes
    to the party, or to the court, and shows the whole identity number. evidence, papers: it lists what is kept of the case.
    states, kinds: only in these states, of these kinds. group: where in the file it lies (MAIN, INNER).

    part: the repeated field of the record of which it tells one, the last that is due; then due, where, at and number are read
    there, and of says and needs what has a dot before it. where: what has to be said there, as "granted=true". needs: what it
    states and is not made without: fields, and of BESIDES what the record does not hold.
    """

    kind: str
    zh: str
    en: str
    law: str
    act: str
    due: str
    says: tuple[str, ...] = ()
    at: str = ""
    number: str = ""
    word: str = ""
    served: bool = False
    evidence: bool = False
    papers: bool = False
    states: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    procedures: frozenset[int] = ORDINARY
    group: int = 16
    record: str = "case"
    of_case: tuple[str, ...] = ()
    part: str = ""
    where: str = ""
    needs: tuple[str, ...] = ()


BESIDES = frozenset({"seal", "remedies", "papers"})
"""What a paper may state that no record holds: the seal that the registry has for the body; the government that reconsiders and
the court, as the city has set them; the papers that were issued and go to the party.
"""


def is_due(paper: Paper, record: Any) -> bool:
    """Whether a record holds what a paper tells, and is of the state, kind and procedure that it is for."""
    fields = record.DESCRIPTOR.fields_by_name
    return (
        (not paper.states or name_at(record, "state") in paper.states)
        and (not paper.kinds or name_at(record, "kind") in paper.kinds)
        and ("procedure" not in fields or record.procedure in paper.procedures)
        and told_of(paper, record) is not None
    )


def told_of(paper: Paper, record: Any) -> Any:
    """What a paper tells of: the record, or the last of its part that holds what is due; None where none does."""
    found = reversed(getattr(record, paper.part)) if paper.part else (record,)
    return next((each for each in found if _fits(paper, each)), None)


def _fits(paper: Paper, told: Any) -> bool:
    wanted = (each.split("=") for each in paper.where.split())
    return any(holds(told, path) for path in paper.due.split()) and all(
        word_at(told, path) == word for path, word in wanted
    )


def lacking(paper: Paper, record: Any, besides: Collection[str]) -> list[str]:
    """What a paper states and nobody has said; `besides` is what there is of BESIDES. All of it where it is not due."""
    told = told_of(paper, record)

    def there(name: str) -> bool:
        if name in BESIDES:
            return name in besides
        of = told if name.startswith(".") else record
        return of is not None and filled(of, name.removeprefix("."))

    return [name.removeprefix(".") for name in paper.needs if not there(name)]


def holds(record: Any, path: str) -> bool:
    """Whether a record holds a field, given as a dotted path."""
    *way, name = path.split(".")
    for part in way:
        if not record.HasField(part):
            return False
        record = getattr(record, part)
    if record.DESCRIPTOR.fields_by_name[name].has_presence:
        return bool(record.HasField(name))
    return bool(getattr(record, name))


def filled(record: Any, path: str) -> bool:
    """Whether a record holds a field; a text of blanks is none."""
    said = text_at(record, path)
    return bool(said.strip()) if said else holds(record, path)


def word_at(record: Any, path: str) -> str:
    """An enum or a yes or no in a record by its dotted path, as tables name it: "RECALL", "true"."""
    *way, name = path.split(".")
    for part in way:
        record = getattr(record, part)
    value = getattr(record, name)
    return str(value).lower() if isinstance(value, bool) else name_at(record, name)


def text_at(record: Any, path: str) -> str:
    """A text in a record by its dotted path; empty where it is not set, or no path is given."""
    for part in filter(None, path.split(".")):
        record = getattr(record, part)
    return record if isinstance(record, str) else ""


def name_at(record: Any, field: str) -> str:
    """The value of an enum of a record as the tables name it, "CLOSED"; empty where none is said."""
    values = record.DESCRIPTOR.fields_by_name[field].enum_type
    number = getattr(record, field)
    lead = values.values[0].name.removesuffix("UNSPECIFIED")
    return values.values_by_number[number].name.removeprefix(lead) if number else ""
