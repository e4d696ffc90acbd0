"""The page of who may call what: every method by every role and by where its bearer comes from, as the contracts declare it.

What is said here is worked out from the declarations alone; tests call running nodes and hold their answers against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from yifa.law.v1.options_pb2 import Home, Role

from services.kit.access import Access, access_of
from services.kit.accounts.reception import Reception
from services.kit.calendar import Calendars
from services.kit.desk import Desk
from services.kit.node import ACCESS, CALENDAR, EDITION, JOURNAL
from services.kit.touched import Editions
from services.kit.words import ROLES
from services.lawdocs.markdown import page, table
from services.node.plan import OF_CITY, OF_DEPARTMENT
from services.node.serve import service

PAGE = "../role_matrix.md"
CITY, DEPARTMENT = "city", "department"
WRITES = ("write", "exchange", "upload")
OFFICES = tuple(ROLES)


@dataclass(frozen=True)
class From:
    """Where a token comes from and where it is shown: the mark of the table, the kind of the node that is called, and the kind of
    the node whose token it is; `own` is that of the node itself.
    """

    mark: str
    at: str
    of: str
    own: bool
    says: str


COMING = (
    From("C", CITY, CITY, True, "市级节点人员在市级节点 the city's own at the city"),
    From("d", CITY, DEPARTMENT, False, "部门人员在市级节点 a department's at the city"),
    From("D", DEPARTMENT, DEPARTMENT, True, "部门人员在本部门节点 a department's own at its node"),
    From("c", DEPARTMENT, CITY, False, "市级节点人员在部门节点 the city's at a department"),
    From("o", DEPARTMENT, DEPARTMENT, False, "其他部门人员在部门节点 another department's at a department"),
)


@dataclass(frozen=True)
class Method:
    """A method as nodes serve it."""

    service: str
    name: str
    access: Access
    served: frozenset[str]
    streams_in: bool
    streams_out: bool

    @property
    def path(self) -> str:
        return f"/{self.service}/{self.name}"

    def at_home(self, kind: str) -> bool:
        """Whether what it is about is kept at nodes of a kind."""
        homes = {Home.HOME_CITY: (CITY,), Home.HOME_DEPARTMENT: (DEPARTMENT,)}
        return kind in homes.get(self.access.home, (CITY, DEPARTMENT))  # type: ignore[call-overload]


@cache
def methods() -> tuple[Method, ...]:
    """All that the nodes of a city serve."""
    return tuple(_methods())


def _methods() -> Iterator[Method]:
    everywhere = frozenset({CITY, DEPARTMENT})
    offered: list[tuple[Any, Any, frozenset[str]]] = []
    for name in dict.fromkeys((*OF_CITY, *OF_DEPARTMENT)):
        made, of_kinds = service(name), ((CITY, OF_CITY), (DEPARTMENT, OF_DEPARTMENT))
        kinds = frozenset(kind for kind, names in of_kinds if name in names)
        offered.append((made.contract, made.servicer, kinds))
    own = ((ACCESS, Reception), (JOURNAL, Desk), (CALENDAR, Calendars), (EDITION, Editions))
    offered += ((contract, servicer, everywhere) for contract, servicer in own)
    for contract, servicer, served in offered:
        for method in contract.methods:
            access = access_of(method, getattr(servicer, method.name).kind in WRITES)
            yield Method(
                contract.full_name,
                method.name,
                access,
                served,
                method.client_streaming,
                method.server_streaming,
            )


def admits(access: Access, role: int, coming: From) -> bool:
    """Whether the declaration of a method lets in who has one role."""
    if access.tokenless:
        return True
    if role not in access.roles:
        return False
    if coming.own or role == Role.ROLE_PUBLIC:
        return True
    if coming.of == CITY:
        oversees = role in (Role.ROLE_REGISTRAR, Role.ROLE_OVERSIGHT) and not access.writes
        return oversees or (role == Role.ROLE_SYSTEM and access.machines)
    acts_for_it = role in (
        Role.ROLE_UNIT_HEAD, Role.ROLE_AGENCY_HEAD, Role.ROLE_CLERK, Role.ROLE_HANDLING_OFFICER,
    )  # fmt: skip
    return coming.at == CITY and access.departments and acts_for_it


def cell(method: Method, role: int) -> str:
    """The marks of those whom a method lets in, at nodes that keep what it is about."""
    return "".join(
        each.mark
        for each in COMING
        if each.at in method.served and method.at_home(each.at) and admits(method.access, role, each)
    )


def matrix() -> str:
    """The page."""
    numbers = [(name, Role.Value(f"ROLE_{name}")) for name in OFFICES]
    heads = [f"{zh}<br>`{name}`" for name, (zh, _) in ROLES.items()]
    parts = [
        "每个方法对每种角色在每类节点上的准入，由接口声明生成；空格即拒绝（`UNAUTHENTICATED`、`PERMISSION_DENIED`）。",
        "Who is let in to each method, by role and kind of node, from the contracts' own declarations; blank is refused. Tests"
        " call the nodes of a running city and hold every answer against this page (`tests/attack`, `make attack`).\n",
        "准入之外，各程序还查验案件承办人、任职、证件、身份等。"
        " Beyond this each procedure asks who has the case, the office, the certificate.\n",
        table(("", "谁在何处 who, and where"), [(f"`{each.mark}`", each.says) for each in COMING]),
        "`*` 不用令牌 called without a token · `w` 写 it writes\n",
    ]
    for name in dict.fromkeys(each.service for each in methods()):
        rows = [
            (_named(each), *(cell(each, number) for _, number in numbers))
            for each in methods()
            if each.service == name
        ]
        parts += [f"## {name} ({len(rows)})\n", table(("方法 method", *heads), rows)]
    return page("角色权限矩阵 Roles and methods", *parts)


def _named(method: Method) -> str:
    mark = "*" if method.access.tokenless else "w" if method.access.writes else ""
    return f"`{method.name}` {mark}".rstrip()
