"""Who acts, and the numbers of people and organisations that do not exist. The check digits are right."""

from datetime import date
from itertools import count

from stdnum.cn import ric, uscc

from services.given.say import Who

CITY = "city"
# No division of GB/T 2260 has this number, so that no person's number made here can be anybody's.
TEST_AREA = "999901"
AREA = "440700"
"""Where the bodies are that are confirmed without saying where."""
SERIAL = count(1)

REGISTRAR: Who = ("registrar-1", "REGISTRAR")
OVERSIGHT: Who = ("oversight-1", "OVERSIGHT")
OVERSIGHT_HEAD: Who = ("oversight-head-1", "OVERSIGHT_HEAD")
CITIZEN: Who = ("citizen-1", "PUBLIC")
ROSTER: Who = ("clerk-1", "ROSTER_CLERK")
HEAD: Who = ("head-1", "AGENCY_HEAD")
DEPUTY = "head-2"
UNIT: Who = ("unit-1", "UNIT_HEAD")
REVIEWER: Who = ("reviewer-1", "LEGAL_REVIEWER")
HOST: Who = ("host-1", "LEGAL_REVIEWER")
CLERK: Who = ("clerk-1", "CLERK")
FINANCE: Who = ("finance-1", "FINANCE")


def officer(officer_id: str) -> Who:
    """A handling officer, under its number in the roster."""
    return (officer_id, "HANDLING_OFFICER")


def credit_code(serial: int, kind: str = "11", area: str = AREA) -> str:
    """A 统一社会信用代码 (GB 32100): kind is 11 for an agency, 91 for a company, 92 for a sole trader."""
    base = f"{kind}{area}{organisation_code(serial)}"
    return base + str(uscc.calc_check_digit(base))


def organisation_code(serial: int) -> str:
    """A 组织机构代码 of nine characters (GB 11714)."""
    base = f"{serial:08d}"
    weighed = sum(int(c) * w for c, w in zip(base, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return base + "0123456789X"[-weighed % 11]


def id_number(serial: int, year: int | None = None) -> str:
    """A 公民身份号码 (GB 11643) of nobody; no two alike among the first 84,000, or 28,000 born in one `year`."""
    turn = 3000 if year is None else 1000
    born = date(year or 1970 + serial % 30, 1, 1 + serial // turn % 28)
    base = f"{TEST_AREA}{born:%Y%m%d}{serial % 1000:03d}"
    return base + str(ric.calc_check_digit(base + "0"))
