"""What is told when a case goes to another department, when that is disputed, and when it is settled."""

from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement

from services.notifications.text import INFO, ORANGE, About, Text


def words(case: Any) -> dict[str, str]:
    """The case, the two sides, and what each of them said."""
    transfer = case.transfer
    return {
        "number": case.case_number or case.case_id,
        "title": case.violation.title or "—",
        "sender": transfer.from_body_name,
        "receiver": transfer.to_body_name,
        "cause": transfer.cause,
        "dispute": transfer.dispute_cause,
        "refer": transfer.refer_cause,
        "opinion": case.designation.opinion or "—",
    }


def sent(event: enforcement.CaseTransferred) -> About:
    """To the receiver, from the sender. The case there has no id of its own yet."""
    return About(event.case.transfer.to_node, ORANGE, words=words(event.case), origin=event.case.node)


def disputed(event: enforcement.JurisdictionDisputed) -> About:
    """To the sender, from the receiver."""
    case = event.case
    number = case.transfer.from_case_number
    said = words(case) | {"number": number or case.transfer.from_case_id}
    return About(
        case.transfer.from_node, ORANGE, (), case.transfer.from_case_id, number, said, origin=case.node
    )


def own(level: int) -> Any:
    """To the department that says it."""

    def about(event: Any) -> About:
        case = event.case
        people = tuple(officer.officer_id for officer in case.officers)
        return About(case.node, level, people, case.case_id, case.case_number, words(case))

    return about


TRANSFER_TEXTS: dict[type[Message], Text] = {
    enforcement.CaseTransferred: Text(
        sent,
        "收到移送案件：{title}",
        "Case transferred: {title}",
        "{sender}移送案件（{title}），由{receiver}办理。移送理由：{cause}。请接收，或者提出管辖异议。",
        "{sender} transferred a case ({title}) to {receiver}: {cause}. Take it over, or dispute jurisdiction.",
    ),
    enforcement.JurisdictionDisputed: Text(
        disputed,
        "移送案件有管辖异议：{number}",
        "Jurisdiction disputed: {number}",
        "{receiver}对移送案件{number}提出管辖异议：{dispute}。请在七个工作日内协商，协商不成的报请指定管辖。",
        "{receiver} disputes its jurisdiction over {number}: {dispute}. Agree within seven working days, or refer it.",
    ),
    enforcement.JurisdictionReferred: Text(
        own(ORANGE),
        "报请指定管辖：{title}",
        "Designation asked for: {title}",
        "{sender}与{receiver}就案件（{title}）的管辖协商不成：{refer}。请在七个工作日内指定管辖。",
        "{sender} and {receiver} did not agree over a case ({title}): {refer}. Designate within seven working days.",
    ),
    enforcement.CaseYielded: Text(
        own(ORANGE),
        "案件由他方管辖：{number}",
        "Another body handles the matter: {number}",
        "案件{number}（{title}）由其他主体管辖，在本部门已移出。指定管辖意见：{opinion}",
        "Case {number} ({title}) is for another body and has ended here. Designation: {opinion}",
    ),
    enforcement.JurisdictionSettled: Text(
        own(INFO),
        "管辖已指定：{number}",
        "Jurisdiction settled: {number}",
        "案件{number}（{title}）的管辖已经指定。意见：{opinion}",
        "It was designated who handles case {number} ({title}): {opinion}",
    ),
}
