"""What is asked of a row of a list before it is taken into the register."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.kit.text import BAD, named, put_in_order
from services.law.identity import born_on, spelt, why_no_credit_code, why_no_id_number
from services.law.parameters import Layers
from services.law.procedures.officer import ENTRY, StaffFacts, permanent_staff
from services.law.rule import Broken
from services.registry.officer.identity import is_id_number

NODE = re.compile(r"[a-z0-9_-]{1,32}")
MOST_HOURS, MOST_HALF_DAYS = 400, 120
# How long the texts of a row may be, and what they are called when they are wrong.
OFFICER_TEXTS = {"name": 60, "unit": 100, "post": 100}
TRAINING_TEXTS = {"course": 200}
POST_TEXTS = {"unit": 100, "name": 100}
MOST_FUNCTIONS = 4000
BODY_TEXTS = {"name": 200, "node": 32, "document_prefix": 20, "field": 40}


EMPTY = "is empty; fill it in", "为空，请填写"


@dataclass(frozen=True)
class Fault:
    """Why a row is not taken: the field, the reason of the contract, and the sentence in both languages."""

    field: str
    reason: str
    en: str
    zh: str


def too_long(most: int) -> tuple[str, str]:
    return f"is longer than {most} characters; shorten it", f"超过{most}个字符，请缩短"


def text_faults(row: Any, texts: Mapping[str, int]) -> Iterator[Fault]:
    """What is wrong with the texts and choices of a row, as with those of a single call; those named here have one line."""
    wrong = put_in_order(row)
    for field, most in texts.items():
        value = getattr(row, field)
        if not value:
            wrong[field] = EMPTY
        elif len(value) > most:
            wrong[field] = too_long(most)
        elif (found := BAD.search(value)) is not None:
            wrong[field] = named(value, found.end() - 1)
    for field, (en, zh) in wrong.items():
        yield Fault(field, "BAD_FIELD", en, zh)


def are_fine_texts(**texts: str) -> bool:
    """Whether the texts of an officer's row are plainly right. Of those that are not, `text_faults` has the last word."""
    return all(
        0 < len(text) <= OFFICER_TEXTS[field] and BAD.search(text) is None and not text.isspace()
        for field, text in texts.items()
    )


def is_fine_person(row: Any, name: str, number: str, today: date, *, plain: bool) -> bool:
    """Whether a row's person is plainly right; `plain` says that the name was found so with all others of its part. Of one
    that is not, `officer_faults` has the last word.
    """
    return (
        0 < len(name) <= OFFICER_TEXTS["name"]
        and (plain or (BAD.search(name) is None and not name.isspace()))
        and is_id_number(number, today)
        and (not row.HasField("birth_date") or day_of(row.birth_date) == born_on(number))
    )


def officer_faults(row: Any, number: str, today: date) -> Iterator[Fault]:
    """What is wrong with an officer's row by itself; `number` is its id number as it is spelt."""
    yield from text_faults(row, OFFICER_TEXTS)
    if wrong := why_no_id_number(number, today):
        yield Fault("id_number", "BAD_ID_NUMBER", *(wrong if number else EMPTY))
    elif row.HasField("birth_date") and (born := day_of(row.birth_date)) != born_on(number):
        yield Fault(
            "birth_date",
            "BIRTH_DATE_DIFFERS",
            f"is {born or 'no date'}, but the id number says {born_on(number)}; find out which is right",
            f"为{born or '无效日期'}，与身份证号所载{born_on(number)}不一致，请核实",
        )


def entry_faults(facts: StaffFacts, known: bool, layers: Layers) -> Iterator[Fault]:
    """What the law has against putting the person on the roster (the same as for one officer).

    A body that is not `known` is told of as that, and nothing else of it is asked.
    """
    for entry in ENTRY if known else (permanent_staff,):
        if not entry.holds(facts):
            field = "staff_kind" if entry.reason == "NOT_ELIGIBLE_STAFF" else "body"
            yield of_law(field, entry.broken(), layers)


def training_faults(row: Any, today: date) -> Iterator[Fault]:
    """What is wrong with a training's row by itself."""
    yield from text_faults(row, TRAINING_TEXTS)
    if not 1 <= row.hours <= MOST_HOURS:
        yield Fault("hours", "BAD_FIELD", f"is not from 1 to {MOST_HOURS}", f"不在1至{MOST_HOURS}之间")
    if not 0 <= row.half_days <= MOST_HALF_DAYS:
        said = f"is not from 0 to {MOST_HALF_DAYS // 2}", f"不在0至{MOST_HALF_DAYS // 2}之间"
        yield Fault("half_days", "BAD_FIELD", *said)
    day = day_of(row.date)
    if day is None:
        yield Fault("date", "BAD_DATE", "is no date", "不是有效日期")
    elif day > today:
        yield Fault("date", "BAD_DATE", f"{day} is still to come", f"{day}尚未到来")


def post_faults(row: Any) -> Iterator[Fault]:
    """What is wrong with a post's row by itself."""
    yield from text_faults(row, POST_TEXTS)
    if len(row.functions) > MOST_FUNCTIONS or "\x00" in row.functions:
        yield Fault("functions", "BAD_FIELD", *too_long(MOST_FUNCTIONS))
    if not row.rank:
        yield Fault("rank", "BAD_FIELD", "is none of the ranks of a post", "不是岗位层级")


def body_faults(row: Any) -> Iterator[Fault]:
    """What is wrong with a body's row by itself."""
    yield from text_faults(row, BODY_TEXTS)
    code = spelt(row.unified_social_credit_code)
    if wrong := why_no_credit_code(code):
        yield Fault("unified_social_credit_code", "BAD_CREDIT_CODE", *(wrong if code else EMPTY))
    if row.node and NODE.fullmatch(row.node) is None:
        said = "is no name of a node, as huanbao", "不是节点标识，应如huanbao（小写字母、数字）"
        yield Fault("node", "BAD_FIELD", *said)
    if not row.kind:
        yield Fault("kind", "BAD_FIELD", "is none of the kinds of body", "不是执法主体的类别")


def of_law(field: str, broken: Broken, layers: Layers, sector: str = "") -> Fault:
    """What the law has against a row, under an article that binds here."""
    broken = layers.told(broken, sector)
    return Fault(field, broken.reason, f"{broken.says} ({broken.law})", f"{broken.says_zh}（{broken.law}）")


def repeated(field: str, line: int) -> Fault:
    said = (
        f"stands in line {line} of the same list; keep one of the two",
        f"与本名单第{line}行重复，请保留其一",
    )
    return Fault(field, "DUPLICATE_IN_FILE", *said)


def differs(field: str, kept: Any) -> Fault:
    return Fault(
        field,
        "ROW_DIFFERS",
        f'the register has "{kept}" here; an import changes nothing, so mend the list or record the change',
        f"与在册记录不一致（在册为“{kept}”），批量导入不作变更，请更正名单或者另行办理变更",
    )


def day_of(written: Any) -> date | None:
    """The day of a google.type.Date, None when there is none such."""
    try:
        return date(written.year, written.month, written.day)
    except ValueError:
        return None
