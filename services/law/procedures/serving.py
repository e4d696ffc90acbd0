"""The ways in which a document is served."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from services.law.procedure import Procedure
from services.law.procedures.papers import local_midnight, since
from services.law.procedures.shared import service_proved, under
from services.law.process import table
from services.law.rule import Facts, rule

NOTICE = timedelta(days=30)  # that pass before a notice counts as service, CPL 95(1)


class Way(StrEnum):
    """The ways of service that come before a public notice."""

    DIRECT = "DIRECT"
    ELECTRONIC = "ELECTRONIC"
    POST = "POST"


@dataclass(frozen=True)
class ServingRecord:
    """The record of the service of a document, with what the act hands in."""

    serve_time: datetime | None = None
    receipt: str = ""
    refuse_time: datetime | None = None
    witness: str = ""
    recording: str = ""
    """A sound or video record of the document being left there."""
    consent_sign_time: datetime | None = None
    """When the party signed the confirmation for electronic service."""
    failed: tuple[Way, ...] = ()
    """The ways that were tried in vain."""
    whereabouts_unknown: str = ""
    """What shows that the party cannot be found."""
    notice_publish_time: datetime | None = None


class ServingFacts(Facts):
    """The record of a service with what the act hands in (`record`), and the node's own time."""

    record: ServingRecord
    now: datetime

    def serving(self) -> ServingRecord:
        return self.record

    def served_time(self) -> datetime | None:
        return self.record.serve_time

    def receipt(self) -> str:
        return self.record.receipt


@rule(
    "NOT_REFUSED",
    guard="G-53",
    law="SAMR-2022:82(1)[2]",
    zh="拒绝签收的，方可在见证下或者以录音录像记录后留置送达。",
    en="No refusal is on record, or neither a witness nor a recording of it. Serve it directly, or record the refusal.",
)
def refused_before_witness(f: Any) -> bool:
    """A document is left there if it is refused, before a witness or on record (SAMR 82(1)[2], CPL 89)."""
    r = f.serving()
    return r.refuse_time is not None and bool(r.witness.strip() or r.recording.strip())


@rule(
    "ESERVICE_CONSENT_MISSING",
    guard="G-54",
    law="APL-2021:61(2)",
    zh="电子送达应当经当事人同意并签订确认书。",
    en="The party has signed no confirmation for electronic service. Have it signed, or serve otherwise.",
)
def consented(f: ServingFacts) -> bool:
    """Electronic service needs the party's signed consent, given before it (APL 61(2))."""
    signed, served = f.record.consent_sign_time, f.record.serve_time
    return signed is not None and served is not None and signed <= served


@rule(
    "DIRECT_SERVICE_FIRST",
    guard="G-53",
    law="SAMR-2022:82(1)[4]",
    zh="直接送达有困难的，方可邮寄或者委托送达。",
    en="Direct service was not tried. Try it, and record that it failed.",
)
def direct_failed(f: Any) -> bool:
    """It is served by post or through others if direct service is hard (SAMR 82(1)[4])."""
    return Way.DIRECT in f.serving().failed


@rule(
    "OTHER_WAYS_FIRST",
    guard="G-53",
    law="SAMR-2022:82(1)[5]",
    zh="下落不明或者其他方式无法送达的，方可公告送达。",
    en="Direct service and post were not both tried in vain, and nothing shows that the party cannot be found.",
)
def other_ways_failed(f: Any) -> bool:
    """By public notice if the party cannot be found, or direct service and post have failed (SAMR 82(1)[5], CPL 95)."""
    served = f.serving()
    return bool(served.whereabouts_unknown.strip()) or {Way.DIRECT, Way.POST} <= {*served.failed}


@rule(
    "TERM_RUNS",
    guard="G-53",
    law="CPL-2023:95(1);SAMR-2022:82(1)[5]",
    zh="自公告发布之日起经过三十日，即视为送达。",
    en="Thirty days have not passed since the notice was published, or it is not known when. Wait.",
)
def thirty_days_passed(f: ServingFacts) -> bool:
    """It counts as served when thirty days, that of the notice not counted, have passed (CPL 95(1))."""
    published = f.record.notice_publish_time
    passed = since(None if published is None else local_midnight(published), local_midnight(f.at()))
    return passed is not None and passed > NOTICE


_RECEIPT = under(service_proved, "APL-2021:61(1);SAMR-2022:82(1)[1]")

# fmt: off
TABLE = table(
    "serving",
    ("SERVE_DIRECTLY", "", "RECEIVED", "APL-2021:61(1);SAMR-2022:82(1)[1]", (_RECEIPT,),
     "CLERK HANDLING_OFFICER", ("直接送达", "Serve directly"), "service.received"),
    ("LEAVE", "", "RECEIVED", "SAMR-2022:82(1)[2]", (refused_before_witness, _RECEIPT),
     "CLERK HANDLING_OFFICER", ("留置送达", "Leave it there"), "service.received"),
    ("SERVE_ELECTRONICALLY", "", "RECEIVED", "APL-2021:61(2);SAMR-2022:82(1)[3]", (consented, _RECEIPT),
     "CLERK HANDLING_OFFICER", ("电子送达", "Serve electronically"), "service.received"),
    ("POST", "", "POSTED", "SAMR-2022:82(1)[4]", (direct_failed,),
     "CLERK", ("邮寄或者委托送达", "Post, or ask others to serve")),
    ("CONFIRM_RECEIPT", "POSTED", "RECEIVED", "SAMR-2022:82(1)[4]", (_RECEIPT,),
     "CLERK", ("收到回执", "Confirm the receipt"), "service.received"),
    ("PUBLISH_NOTICE", "", "NOTICED", "SAMR-2022:82(1)[5];CPL-2023:95(1)", (other_ways_failed,),
     "CLERK", ("公告送达", "Publish a notice"), "service.notice_published"),
    ("PUBLISH_NOTICE", "POSTED", "NOTICED", "SAMR-2022:82(1)[5];CPL-2023:95(1)", (other_ways_failed,),
     "CLERK", ("公告送达", "Publish a notice"), "service.notice_published"),
    ("DEEM_SERVED", "NOTICED", "RECEIVED", "CPL-2023:95(1);SAMR-2022:82(1)[5]", (thirty_days_passed,),
     "SYSTEM", ("公告期满，视为送达", "Deem it served"), "service.received"),
    titles=("文书送达", "Service of a document"),
    ends="RECEIVED",
)
# fmt: on
SERVING = Procedure("serving", ServingFacts, TABLE)
