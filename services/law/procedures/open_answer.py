"""What was asked of complaints and answered in public (OPR-SUP 10): as who complained wants it, naming nobody (CITY-ERS 6(6))."""

import re
from typing import Any
from unicodedata import normalize

from services.law.rule import rule

LAW = "OPR-SUP:10;CITY-ERS:6(6)"
# Numbers of telephones, documents and accounts, and addresses of mail: each tells who somebody is.
_TELLS = re.compile(r"\d(?:[\s-]?\d){6,}|[\w.+-]+@[\w-]+\.")


def tells_who(*texts: str) -> bool:
    """Whether a text holds a number of a telephone, a document or an account, or an address of mail, in whatever width."""
    return any(_TELLS.search(normalize("NFKC", text)) for text in texts)


@rule(
    "ANSWER_NOT_FOR_PUBLIC",
    guard="G-90",
    law=LAW,
    zh="投诉举报人未同意公开的，问答不得公开。",
    en="Who complained did not want question and answer to be public. Answer that person alone.",
)
def wanted_in_public(f: Any) -> bool:
    """What is asked is public only as who asks wants it (CITY-ERS 6(6))."""
    return f.record.open_wanted is True


@rule(
    "PUBLIC_ANSWER_MISSING",
    law=LAW,
    zh="公开的内容应当载明所反映的问题和答复。",
    en="It is not said what was asked, or what is answered. State both (question, answer).",
)
def question_and_answer(f: Any) -> bool:
    """The public reads what was asked, and what came of it (OPR-SUP 10)."""
    return bool(f.record.question.strip() and f.record.public_answer.strip())


@rule(
    "PUBLIC_ANSWER_TELLS_WHO",
    guard="G-90",
    law=LAW,
    zh="公开的内容不得载有电话、证件号码、电子邮箱和被投诉人员姓名等可以识别个人的信息。",
    en="The text names somebody complained of, or holds a number or an address that tells who somebody is. Take it out.",
)
def tells_nobody(f: Any) -> bool:
    """What is public tells neither who complained nor whom it was about (CITY-ERS 6(6))."""
    return f.names_somebody() is False


@rule(
    "ANSWER_PUBLIC_ALREADY",
    law=LAW,
    zh="该问答已经公开。",
    en="It is public. Withdraw it before another is published.",
)
def not_public_yet(f: Any) -> bool:
    """Each is public once at a time (OPR-SUP 10)."""
    return f.record.in_public is False


@rule(
    "ANSWER_NOT_PUBLIC",
    law=LAW,
    zh="该问答未公开。",
    en="Nothing of it is public. Nothing is to be withdrawn.",
)
def is_public(f: Any) -> bool:
    """What is withdrawn was public (OPR-SUP 10)."""
    return f.record.in_public is True
