"""A department is not heard any more."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import RED, Finding, said, warning
from services.supervision.warning.seen import SeenSilence


@warning("SILENT", RED, law="ASR-2025:12[2]", zh="节点失联", en="Department not heard", watches="silence")
def silent(seen: SeenSilence) -> Iterable[Finding]:
    """A department that works says something now and then, if only that it has nothing to say."""
    minutes = round(seen.limit / 60)
    last_zh = f"最后一条记录发生于{said(seen.last)}" if seen.last else "从未收到其记录"
    last_en = f"its last record is of {said(seen.last)}" if seen.last else "nothing was ever received of it"
    yield Finding(
        at=seen.now,
        zh=f"{seen.node}已超过{minutes}分钟没有任何记录或者在线报告，{last_zh}。可能停机、断网或者被停止上报。",
        en=f"{seen.node} has sent neither records nor a heartbeat for over {minutes} minutes; {last_en}. It is stopped, "
        "cut off, or kept from reporting.",
        about=str(seen.events),
        reason="SILENT",
    )
