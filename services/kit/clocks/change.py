"""Acts on a running clock: extending it, excluding time, stopping it for a while and letting it run on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from services.kit.clocks.count import PASSED, clock_of, ends, stages
from services.kit.clocks.row import CLOCK, MET, RUNNING, SUSPENDED, ClockRow
from services.kit.store import micros, moment
from services.kit.tx import Tx
from services.law.clock import started_by, stopped_by
from services.law.rule import Broken, Unlawful
from services.law.statute import Clock, Extending

C = TypeVar("C", bound=ClockRow)
# Each ground by the word with which a statute names it among what it excludes.
GROUNDS = {
    "SUSPENSION": "中止",
    "HEARING": "听证",
    "PUBLIC_NOTICE": "公告",
    "TESTING": "检测",
    "INSPECTION": "检验",
    "QUARANTINE": "检疫",
    "APPRAISAL": "鉴定",
    "IDENTIFICATION": "辨认",
    "SUPPLEMENT": "补充材料",
    "MONITORING": "监测",
    "ASSESSMENT": "评估",
    "DETERMINATION": "认定",
    "SERVICE": "送达",
    "REFUND": "退还多收价款",
    "CRIMINAL_REFERRAL": "移送办理",
    "TENDER": "招标",
    "AUCTION": "拍卖",
    "EXPERT_REVIEW": "专家评审",
    "OTHER": "等时间",
}


def extend(
    tx: Tx,
    row: ClockRow,
    amount: int,
    *,
    approved: datetime,
    recorded: datetime,
    by: str,
    approver: str,
    cause: str,
    discussion: str = "",
    document: str = "",
) -> None:
    """Add time by a decision. Raises Unlawful for a clock that does not run, and with what makes it void (K12).

    EXTENSION_LATE, EXTENSION_NOT_PROVIDED, EXTENSION_NOT_COMPETENT, EXTENSION_TOO_LONG; ACTS_OUT_OF_ORDER for one
    approved before the term began, or before the last one. It is in time by when it was recorded, unless the paper of the day
    on which it was approved is named: what somebody says afterwards is no approval of then.
    """
    CLOCK.step("EXTEND", row.state, None)
    clock, slot = clock_of(tx.parameters, row), next_extension(tx, row)
    added = {
        "amount": amount,
        "unit": slot.unit if slot else clock.term.unit,
        "by": by,
        "approved": micros(approved),
        "recorded": micros(recorded),
        "document": document.strip(),
        "approver": approver,
        "law": slot.law if slot else clock.law,
        "cause": cause,
        "discussion": discussion,
    }
    if approved < row.start_time:
        raise Unlawful([_before_the_start(clock.law)])
    if row.extensions and added["approved"] < row.extensions[-1]["approved"]:
        raise Unlawful([_before_the_last(clock.law)])
    void = len(ends(clock, row, tx.calendar, approved).void)
    before, row.extensions = row.extensions, (*row.extensions, added)
    faults = ends(clock, row, tx.calendar, approved).void
    if len(faults) > void:
        row.extensions = before
        raise Unlawful([faults[-1]])
    settle(tx, row)


def next_extension(tx: Tx, row: ClockRow) -> Extending | None:
    """The extension that the law has left for a clock, None when there is none or they are used."""
    return clock_of(tx.parameters, row).extension(len(row.extensions))


def exclude(
    tx: Tx, row: ClockRow, since: datetime, until: datetime | None, *, ground: str, cause: str
) -> None:
    """Take time out of a clock's count; without `until` the clock is suspended until `resume`.

    Raises Unlawful for a clock that does not run, TIME_NOT_EXCLUDABLE for a ground that its statute does not know,
    ACTS_OUT_OF_ORDER for time before its start, EXCLUDED_AFTER_END for time that began when the term was over.
    """
    CLOCK.step("SUSPEND" if until is None else "EXCLUDE", row.state, None)
    clock = clock_of(tx.parameters, row)
    law = clock.excluded_law or clock.law
    if GROUNDS[ground] not in clock.excluded_zh:
        raise Unlawful([_not_excludable(clock, law, ground)])
    if since < row.start_time or (until is not None and until < since):
        raise Unlawful([_before_the_start(law)])
    if since > row.due_time:
        raise Unlawful([_after_the_end(law)])
    taken = {
        "from": micros(since),
        "until": None if until is None else micros(until),
        "ground": ground,
        "law": law,
        "cause": cause,
    }
    row.excluded = tuple(sorted((*row.excluded, taken), key=lambda e: (e["from"], e["until"] is None)))
    if until is None:
        row.state, row.next_time = SUSPENDED, None
    else:
        settle(tx, row)


def resume(tx: Tx, row: ClockRow, until: datetime) -> None:
    """Let a suspended clock run on. Raises Unlawful for one that is not, ACTS_OUT_OF_ORDER before it was suspended."""
    CLOCK.step("RESUME", row.state, None)
    [lasting] = [e for e in row.excluded if e["until"] is None]
    if until < moment(lasting["from"]):
        raise Unlawful([_before_the_start(lasting["law"])])
    closed: dict[str, Any] = {**lasting, "until": micros(until)}
    row.excluded = tuple(closed if e is lasting else e for e in row.excluded)
    row.state = RUNNING
    settle(tx, row)


def recounted(
    tx: Tx, kind: type[C], events: Iterable[str], subject: str, was: datetime, right: datetime
) -> list[C]:
    """Count anew the clocks of a record that some events started or stopped at a moment that was a slip. Says which moved."""
    moved = []
    names = list(events)
    for clock in dict.fromkeys(c for name in names for c in (*started_by(name), *stopped_by(name))):
        row = tx.find(kind, f"{subject}/{clock.id}")
        if row is None or was not in (row.start_time, row.stop_time):
            continue
        started = row.start_time == was
        row.start_time = right if started else row.start_time
        row.stop_time = right if row.stop_time == was else row.stop_time
        if started:
            settle(tx, row)
        moved.append(row)
    return moved


def settle(tx: Tx, row: ClockRow) -> None:
    """Count a clock anew, and bring its state and what it fires next in line with its end."""
    end = ends(clock_of(tx.parameters, row), row, tx.calendar, tx.now)
    if row.edition != tx.edition.mark:
        row.earlier = (*row.earlier, {"edition": row.edition, "due": micros(row.due_time)})
        row.edition = tx.edition.mark
    row.due_time, row.provisional = end.at, end.provisional
    arrange(tx, row)


def arrange(tx: Tx, row: ClockRow) -> None:
    """Bring a clock's state and what it fires next in line with its end, by the reminders of today."""
    if row.state in (MET, SUSPENDED):
        return
    plan = stages(tx.parameters, tx.calendar, row)
    passed = next(n for n, (what, _) in enumerate(plan) if what == PASSED)
    ahead = next((n for n, (_, at) in enumerate(plan) if at > tx.now), len(plan))
    if ahead <= passed:
        row.state = RUNNING
    elif row.state == RUNNING:
        ahead = passed  # it ran out by being counted anew: that is still to be told
    row.stage = ahead
    row.next_time = plan[ahead][1] if ahead < len(plan) else None


def _not_excludable(clock: Clock, law: str, ground: str) -> Broken:
    said, said_zh = clock.excluded_en or "no time", clock.excluded_zh or "无"
    return Broken(
        "TIME_NOT_EXCLUDABLE",
        law,
        f"{ground.replace('_', ' ').capitalize()} is not excluded from this term; excluded is: {said}.",
        f"{GROUNDS[ground]}时间不得自该期限扣除；依法可以扣除的：{said_zh}。",
    )


def _before_the_last(law: str) -> Broken:
    return Broken(
        "ACTS_OUT_OF_ORDER",
        law,
        "Approved before the extension that went before.",
        "批准时间早于前一次延长的批准时间。",
    )


def _before_the_start(law: str) -> Broken:
    return Broken(
        "ACTS_OUT_OF_ORDER",
        law,
        "The time lies before the clock, or its suspension, began.",
        "该时间早于期限起算或者暂停计算的时间。",
    )


def _after_the_end(law: str) -> Broken:
    return Broken(
        "EXCLUDED_AFTER_END",
        law,
        "The time began after the term had ended: nothing is left to exclude it from.",
        "该时间自期限届满后开始，不得再予扣除。",
    )
