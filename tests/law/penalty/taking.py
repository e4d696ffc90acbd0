"""The rules of services/law/procedures/penalty/taking.py broken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.evidence_pb2 import (
    EVIDENCE_ORIGIN_ORIGINAL,
    Evidence,
    Monitoring,
    Sampling,
    SiteMinutes,
)

from services.given.case import MINUTES_TAKEN
from services.law.moment import put_moment
from tests.law.penalty.change import Breaks, facts
from tests.law.penalty.known import NOW, Known

LISTED = Sampling(sampler="示例检测所", qualification="资质1号")
DEVICE = Monitoring(device="设备1")
put_moment(DEVICE.record_time, NOW - timedelta(days=1))


def _minutes(**changed: Any) -> Callable[[Known], Any]:
    said = SiteMinutes.FromString(MINUTES_TAKEN.SerializeToString())
    for name, value in changed.items():
        setattr(said, name, value)
    return facts(collected=Evidence(kind=cases.EVIDENCE_KIND_SITE_RECORD, site_minutes=said))


BREAKS: Breaks = {
    "origin_stated": facts(
        collected=Evidence(
            kind=cases.EVIDENCE_KIND_PHYSICAL, title="抽样样品", origin=EVIDENCE_ORIGIN_ORIGINAL
        )
    ),
    "site_minuted": _minutes(findings=" "),
    "called_to_site": _minutes(present=" "),
    "site_signed": _minutes(signature=" ", refusal_note="拒绝签名"),
    "sampled_before_party": facts(
        sampling=Sampling(present="甲", absence_note="未到场", seal_number="封1", list_number="单1")
    ),
    "sample_sealed": facts(
        sampling=Sampling(told="通知书1号", present="甲", list_number="单1", signature="甲")
    ),
    "sampler_qualified": facts(sampling=Sampling(sampler="示例检测所", qualification=" ")),
    "sampler_listed": facts(sampling=LISTED, sampler_then=False),
    "device_reviewed": facts(monitoring=DEVICE, device_then=False),
    "monitoring_record_fit": facts(monitoring=Monitoring(reviewer="O-5", fit=True)),
    "monitoring_told": facts(monitoring=Monitoring(told=" ")),
}
