"""Raising and ending early warnings: each once, and with an event to the department that it is about."""

from uuid import NAMESPACE_OID, uuid5

from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2

from services.kit.chain import Broken, ChainFault
from services.kit.tx import Tx
from services.supervision.facts import decision_of
from services.supervision.messages import warning_message
from services.supervision.model import CaseView, Warning
from services.supervision.rules import DECISION_FINDINGS, RULES, Found, judge_decision, said

OPEN = warning_pb2.WARNING_STATE_OPEN
SETTLED = warning_pb2.WARNING_STATE_SETTLED
WITHDRAWN = warning_pb2.WARNING_STATE_WITHDRAWN


def warning_id(reason: str, subject: str, about: str = "") -> str:
    """The id of the warning of one kind about one thing: always the same, so nothing is raised twice."""
    return f"W-{uuid5(NAMESPACE_OID, f'{reason}/{subject}/{about}')}"


def address(tx: Tx, node: str) -> str:
    """Where events about a department go."""
    return "city" if node == tx.city else node


def raise_about(
    tx: Tx, view: CaseView, found: Found, *, node: str = "", level: int = 0, law: str = "", clock_id: str = ""
) -> None:
    """Raise a warning about a case, make the open one graver or more exact, or open an ended one again."""
    name = warning_id(found.reason, view.case_id, found.about)
    level = level or RULES[found.finding.rule_id].level
    values = {
        "case_number": view.case_number,
        "level": level,
        "detail_zh": found.detail_zh,
        "detail_en": found.detail_en,
        "law": law or found.finding.law,
        "occur_time": found.occur_time,
    }
    row = tx.find(Warning, name)
    if row is None:
        row = tx.add(
            Warning.new(
                warning_id=name,
                rule_id=found.finding.rule_id,
                state=OPEN,
                node=node or view.node,
                case_id=view.case_id,
                raise_time=tx.now,
                clock_id=clock_id,
                **values,
            )
        )
    elif row.state != OPEN:
        change(row, state=OPEN, raise_time=tx.now, end_time=None, **values)
    elif row.level < level or (row.occur_time, row.detail_zh) != (found.occur_time, found.detail_zh):
        change(row, **values)
    else:
        return
    announce(tx, row, view.case())


def change(row: Warning, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1


def announce(tx: Tx, row: Warning, case: case_pb2.Case | None) -> None:
    tx.emit(
        events.WarningRaised(warning=warning_message(row), case=case),
        subject=row.warning_id,
        to=address(tx, row.node),
    )


def end(tx: Tx, row: Warning | None, state: int) -> None:
    """End a warning that is open; anything else is left as it is."""
    if row is None or row.state != OPEN:
        return
    change(row, state=state, end_time=tx.now)
    tx.emit(
        events.WarningEnded(warning=warning_message(row)), subject=row.warning_id, to=address(tx, row.node)
    )


def judge(tx: Tx, view: CaseView, case: case_pb2.Case) -> None:
    """Raise what is wrong with how a case was decided; withdraw what turns out to be right."""
    decision = decision_of(case, tx)
    if decision is None:
        return
    names = {reason: warning_id(reason, view.case_id) for reason in DECISION_FINDINGS}
    tx.load(Warning, names.values())
    found = {f.reason: f for f in judge_decision(decision)}
    for reason, name in names.items():
        if reason in found:
            raise_about(tx, view, found[reason])
        else:
            end(tx, tx.find(Warning, name), WITHDRAWN)


def chain_broken(tx: Tx, broken: Broken) -> None:
    """Announce and show what is wrong with the records of a node: what goes on day by day once a day."""
    figures = {
        "node": broken.node,
        "service": broken.service,
        "expected": str(broken.expected_count),
        "found": str(broken.found_count if broken.fault == ChainFault.GAP else broken.seq),
        "last": str(broken.last),
        "why": broken.why,
    }
    about = f"{broken.service}/{broken.seq}/{broken.expected_count}"
    if broken.fault not in (ChainFault.GAP, ChainFault.LATE):
        about = f"{broken.service if broken.fault == ChainFault.FORK else ''}/{said(tx.now)[:10]}"
    found = Found(broken.fault.name, tx.now, about, figures)
    name = warning_id(found.reason, broken.node, found.about)
    if tx.find(Warning, name) is not None:
        return
    tx.emit(
        events.ChainBroken(
            node=broken.node,
            service=broken.service,
            expected_count=broken.expected_count,
            found_count=broken.found_count,
            journal_seq=broken.seq,
            fault=events.ChainFault.Value(f"CHAIN_FAULT_{broken.fault.name}"),
        ),
        subject=f"{broken.node}/{broken.service}",
    )
    row = tx.add(
        Warning.new(
            warning_id=name,
            rule_id=found.finding.rule_id,
            level=RULES[found.finding.rule_id].level,
            state=OPEN,
            node=broken.node,
            detail_zh=found.detail_zh,
            detail_en=found.detail_en,
            law=found.finding.law,
            occur_time=tx.now,
            raise_time=tx.now,
        )
    )
    announce(tx, row, None)
