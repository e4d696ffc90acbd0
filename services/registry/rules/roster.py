"""What the law asks of bodies and officers on their way to a certificate."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import mul

from stdnum.cn import uscc

from services.law.process import Rule, Unlawful, rule

EXAM_ATTEMPTS = 2
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
# ISO 7064 MOD 11-2 by table, as a whole city's lists are checked by it; what the code of "0" adds up to is taken off in
# the table of check digits.
_WEIGHTS = tuple(2 ** (17 - at) % 11 for at in range(17))
_CHECKS = tuple("0123456789X"[(1 - rest + ord("0") * sum(_WEIGHTS)) % 11] for rest in range(11))


@dataclass(frozen=True)
class Facts:
    """What the rules look at. Each act fills in what its rules ask for."""

    body_confirmed: bool = True
    body_here: bool = True
    permanent: bool = True
    trained: bool = False
    examined: bool = False
    failures: int = 0
    attempts: int = EXAM_ATTEMPTS
    suspension_open: bool = False
    renewal_exam: bool = False
    renewal_exam_on_record: bool = True
    issued_here: bool = True
    loss_declared: bool = False
    none_in_force: bool = True
    heard: bool = False
    card_out: bool = True
    in_time: bool = True
    appeal_open: bool = False
    on_roster: bool = True
    serving: bool = True
    transfer_open: bool = False
    received: bool = False
    posted: bool = True
    lawyer: bool = True
    number_left: bool = True
    eligible: bool = True


@rule(
    "SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", zh="该执法主体未经确认或者已被撤销，不具有行政主体资格。"
)
def body_confirmed(facts: Facts) -> bool:
    """Only a confirmed body that was not withdrawn has officers and certificates."""
    return facts.body_confirmed


@rule("SUBJECT_NOT_QUALIFIED", law="ASR-2025:10", zh="该执法主体不属于本部门，人员应当在其所属部门登记。")
def body_of_this_department(facts: Facts) -> bool:
    """An officer is put on the roster of the department that keeps the body."""
    return facts.body_here


@rule("NOT_ELIGIBLE_STAFF", law="MOT-CERT:7", zh="辅助人员、合同制人员和临时人员不得取得行政执法资格。")
def permanent_staff(facts: Facts) -> bool:
    """Only staff on the permanent establishment may become enforcement officers."""
    return facts.permanent


@rule("OFFICER_NOT_CERTIFIED", law="MOT-CERT:16", zh="培训学时未达到规定要求。")
def hours_reached(facts: Facts) -> bool:
    """The class hours of training must be reached before the exam."""
    return facts.trained


@rule(
    "EXAM_ATTEMPTS_EXHAUSTED",
    law="CBZ-2019-7:16",
    zh="经两次考试不合格的人员已从执法人员信息库中清除，不得再次参加考试。",
)
def attempts_left(facts: Facts) -> bool:
    """Whoever failed the exam twice was removed from the register and sits it no more."""
    return facts.failures < facts.attempts


@rule("ACT_NOT_OPEN", law="CBZ-2019-7:16", zh="考试不合格次数未满，人员不予清出。")
def attempts_used_up(facts: Facts) -> bool:
    """Only who failed the exam as often as the law bears leaves the register."""
    return facts.failures >= facts.attempts


@rule(
    "OFFICER_NOT_CERTIFIED",
    law="APL-2021:42(1);ASR-2025:17",
    zh="未完成培训或者未通过执法资格考试，不得发放行政执法证。",
)
def trained_and_examined(facts: Facts) -> bool:
    """A certificate is issued only after training and a passed exam."""
    return facts.examined


@rule("ACT_NOT_OPEN", law="MOT-CERT:32", zh="该证件没有正在执行或者将要开始的暂扣。")
def suspension_open(facts: Facts) -> bool:
    """There must be a suspension that runs or is still to begin."""
    return facts.suspension_open


ENTRY = (body_confirmed, body_of_this_department, permanent_staff)
ISSUE = (trained_and_examined, body_confirmed, permanent_staff)


def require(rules: Iterable[Rule], facts: Facts, **about: str) -> None:
    """Raise Unlawful with every rule that does not hold."""
    if broken := [r.broken() for r in rules if not r.holds(facts)]:
        raise Unlawful(broken, about)


def is_credit_code(code: str) -> bool:
    """Whether a 统一社会信用代码 is written as GB 32100 wants it and its check character is right."""
    return code == uscc.compact(code) and uscc.is_valid(code)


def is_id_number(number: str, today: date) -> bool:
    """Whether a 公民身份号码 has a right check digit and a possible day of birth (GB 11643).

    The area code is not looked at: people hold numbers of areas whose code is younger than they are.
    """
    if not _ID_NUMBER.fullmatch(number):
        return False
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError:
        return False
    return born <= today and _CHECKS[sum(map(mul, number.encode(), _WEIGHTS)) % 11] == number[-1]


def masked(id_number: str) -> str:
    """An id number as it may be shown: 440***********1234."""
    return f"{id_number[:3]}{'*' * 11}{id_number[-4:]}" if id_number else ""
