"""Words for what happens to bodies, their powers, and the law that these rest on."""

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import basis_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.notifications.text import INFO, ORANGE, RED, YELLOW, About, Text, local


def body(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        told = event.body
        late = told.pending.late
        words = {
            "name": told.name,
            "certificate": told.certificate_number,
            "cause": getattr(event, "cause", "") or getattr(event, "opinion", ""),
            "changed": local(told.pending.change_time),
            "due": local(event.deadline.due_time) if "deadline" in event.DESCRIPTOR.fields_by_name else "",
            "late_zh": "，已超过三十日的报告期限" if late else "",
            "late_en": ", later than the thirty days" if late else "",
        }
        return About(told.node, ORANGE if late else level, words=words)

    return about


def succession(event: registry.BodySucceeded) -> About:
    words = {
        "name": event.body.name,
        "ended": event.predecessor.name,
        "items": str(len(event.item_ids)),
        "officers": str(len(event.officer_ids)),
    }
    return About(event.body.node, ORANGE, words=words)


def article(basis: Any, repealed: bool) -> dict[str, str]:
    """What happened to an article, as words."""
    return {
        "law": f"《{basis.law}》{basis.article}",
        "what_zh": "废止" if repealed else "修改",
        "what_en": "repealed" if repealed else "amended",
    }


def affected(event: registry.PowerItemsAffected) -> About:
    words = {
        **article(event.basis, event.review.change == basis_pb2.BASIS_CHANGE_REPEALED),
        "name": event.body_name,
        "count": str(len(event.item_ids)),
        "items": "、".join(event.item_codes[:20]),
        "lapsed": "、".join(event.lapsed_codes[:20]) or "—",
    }
    return About(event.node, ORANGE, words=words)


def uses(event: enforcement.BasisUsesFound) -> About:
    words = {
        **article(event.basis, event.basis.repealed),
        "cases": str(len(event.cases)),
        "numbers": "、".join(c.case_number or c.case_id for c in event.cases[:20]) or "—",
        "benchmarks": str(len(event.benchmark_ids)),
    }
    people = tuple(dict.fromkeys(officer for case in event.cases for officer in case.officer_ids))
    return About(event.node, ORANGE, people, words=words)


def handed_over(event: enforcement.OpenCasesNamed) -> About:
    words = {
        "ended": event.predecessor_name,
        "name": event.successor_name,
        "count": str(len(event.cases)),
        "numbers": "、".join(c.case_number or c.case_id for c in event.cases[:20]),
    }
    return About(event.successor_node, ORANGE, words=words, origin=event.node)


BODY_TEXTS: dict[type[Message], Text] = {
    registry.BodyChangeNoted: Text(
        body(YELLOW),
        "执法主体变更应当报告：{name}",
        "Change of a body to be reported: {name}",
        "{name}的登记事项已变更（{cause}），应当于{due}前向司法行政部门报告并申请换证。",
        "{name} changed ({cause}); report it and apply for a new certificate by {due}.",
    ),
    registry.BodyChangeDue: Text(
        body(YELLOW),
        "执法主体变更报告期限临近：{name}",
        "Report of a change due: {name}",
        "{name}的变更报告期限将于{due}届满。",
        "The time to report the change of {name} ends at {due}.",
    ),
    registry.BodyChangeOverdue: Text(
        body(ORANGE),
        "执法主体变更逾期未报：{name}",
        "Change of a body not reported in time: {name}",
        "{name}的变更报告期限已于{due}届满，尚未报告，资格证待换发。",
        "The time to report the change of {name} ended at {due}; its certificate is to be renewed.",
    ),
    registry.BodyChangePending: Text(
        body(INFO),
        "执法主体变更待审核：{name}",
        "Change of a body to be decided: {name}",
        "{name}报告了{changed}发生的登记事项变更{late_zh}。",
        "{name} reported a change of {changed}{late_en}.",
    ),
    registry.BodyReissued: Text(
        body(INFO),
        "执法主体资格证已换发：{name}",
        "Certificate of the body reissued: {name}",
        "{name}的执法主体资格证已换发，新证号为{certificate}。",
        "{name} holds a new certificate of standing, {certificate}.",
    ),
    registry.BodyChangeRefused: Text(
        body(YELLOW),
        "执法主体变更未获准：{name}",
        "Change of the body refused: {name}",
        "{name}报告的登记事项变更未获准：{cause}",
        "The change that {name} reported was refused: {cause}",
    ),
    registry.BodyWithdrawn: Text(
        body(RED),
        "执法主体资格已取消：{name}",
        "Body withdrawn: {name}",
        "{name}的执法主体资格已取消，不得再实施执法行为。原因：{cause}",
        "{name} was withdrawn: no act is allowed. Cause: {cause}",
    ),
    registry.BodySucceeded: Text(
        succession,
        "职权承继：{ended}",
        "Powers taken over: {ended}",
        "{name}承继{ended}的职权：权责事项{items}项，在册人员{officers}人，在办案件由承继主体继续办理。",
        "{name} goes on with {items} items of {ended}, {officers} officers of it and its open cases.",
    ),
    enforcement.OpenCasesNamed: Text(
        handed_over,
        "待承继的在办案件：{ended}",
        "Open cases to be taken over: {ended}",
        "{ended}的职权由{name}承继，在办案件{count}件：{numbers}。",
        "{name} goes on with the powers of {ended}; {count} cases are open: {numbers}.",
    ),
    registry.PowerItemsAffected: Text(
        affected,
        "依据{what_zh}，权责事项待清理：{law}",
        "Items to be reviewed, basis {what_en}: {law}",
        "{law}已{what_zh}，{name}有{count}项权责事项以其为依据，应当清理：{items}。失去依据的：{lapsed}。",
        "{law} was {what_en}; {count} items of {name} rest on it: {items}. Without a basis: {lapsed}.",
    ),
    enforcement.BasisUsesFound: Text(
        uses,
        "依据{what_zh}，涉及在办案件和裁量基准：{law}",
        "Open cases and benchmarks rest on a basis that was {what_en}: {law}",
        "{law}已{what_zh}，涉及在办案件{cases}件（{numbers}）、裁量基准{benchmarks}项，应当核对适用的法律。",
        "{law} was {what_en}: {cases} open cases ({numbers}) and {benchmarks} benchmarks rest on it.",
    ),
}
