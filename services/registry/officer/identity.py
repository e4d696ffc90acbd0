"""The number by which a person is known, and how it may be shown."""

import re
from datetime import date, datetime
from operator import mul

from services.kit.refusal import Malformed
from services.law.identity import spelt, why_no_id_number
from services.registry.request import local

_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
# ISO 7064 MOD 11-2 by table, as a whole city's lists are checked by it; what the code of "0" adds up to is taken off in
# the table of check digits.
_WEIGHTS = tuple(2 ** (17 - at) % 11 for at in range(17))
_CHECKS = tuple("0123456789X"[(1 - rest + ord("0") * sum(_WEIGHTS)) % 11] for rest in range(11))


def is_id_number(number: str, today: date) -> bool:
    """Whether a 公民身份号码 is plainly right (GB 11643). What is wrong with one that is not, `why_no_id_number` says."""
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


def sound_id_number(number: str, now: datetime) -> str:
    """An id number as it is kept. Raises Malformed, which says what is wrong with it."""
    number = spelt(number)
    if wrong := why_no_id_number(number, local(now).date()):
        raise Malformed({"id_number": wrong}, reason="BAD_ID_NUMBER")
    return number
