"""The group that leads the responsibility system of the city or of an agency, its office, and who is spoken to (领导小组、办公室、联络员)."""

# ruff: noqa: E501
from abc import abstractmethod

from yifa.registry.v1.leading_group_pb2 import LEADING_GROUP_ROLE_HEAD, LeadingGroup, Liaison

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "DL-ERS-2005"


class LeadingGroupFacts(Facts):
    """A group as it is to be set up (`group`), and what the registry knows of its agency and its people."""

    group: LeadingGroup

    @abstractmethod
    def at_home(self) -> bool:
        """Whether this node is the one whose group it is."""

    @abstractmethod
    def body_stands(self) -> bool:
        """Whether the agency may enforce; true for the city."""

    @abstractmethod
    def in_office(self, officer_id: str) -> bool:
        """Whether somebody is a head of the agency now."""

    @abstractmethod
    def on_roster(self, officer_id: str) -> bool:
        """Whether somebody is on the roster of the agency now."""

    def heads(self) -> tuple[str, ...]:
        """Who heads the group: by id, of the city's by name."""
        of_body = bool(self.group.body_id)
        lead = [m for m in self.group.members if m.role == LEADING_GROUP_ROLE_HEAD]
        return tuple(m.officer_id if of_body else m.name for m in lead)

    def spoken_to(self) -> tuple[Liaison, ...]:
        return (self.group.liaison, self.group.substitute)


@rule(
    "LEADING_GROUP_ELSEWHERE",
    law=LAW,
    zh="市级领导小组在市级节点登记，部门的由部门登记；部门应当是可以执法的主体。",
    en="The city's group is set at the city, that of an agency by its department, and the agency has to be one that may enforce. Do it there.",
    tells=lambda f: {"body_id": f.group.body_id},
)
def group_at_home(f: LeadingGroupFacts) -> bool:
    """Who leads the system somewhere is said there, of an agency that may enforce."""
    return f.at_home() is True and f.body_stands() is True


@rule(
    "LEADING_GROUP_INCOMPLETE",
    law=LAW,
    zh="应当载明设立文书、办事机构、一名组长，以及每名成员的姓名和职务。",
    en="The paper, the office, one head, or the name and position of a member is missing. State all.",
)
def group_complete(f: LeadingGroupFacts) -> bool:
    """A group has a paper, an office, one head, and members with name and position."""
    g = f.group
    known = [bool(m.name.strip() and m.position.strip()) for m in g.members]
    return bool(g.document.strip() and g.office.strip()) and len(f.heads()) == 1 and all(known)


@rule(
    "LEADING_GROUP_HEAD",
    law="CITY-ERS:5(17)",
    zh="部门领导小组组长应当是本部门现任负责人（行政首长负责制）。",
    en="The group of an agency is led by one of its heads in office. Name one.",
    tells=lambda f: {"officers": ",".join(f.heads())},
)
def led_by_head(f: LeadingGroupFacts) -> bool:
    """The head of an agency answers for the system there."""
    return not f.group.body_id or (bool(f.heads()) and all(f.in_office(each) for each in f.heads()))


@rule(
    "LIAISON_INCOMPLETE",
    law=LAW,
    zh="应当指定联络员和替补联络员各一名，载明姓名和电话，且不得为同一人。",
    en="Somebody to speak to and a substitute are missing, or they are one person, or name or phone is. State both.",
)
def liaison_named(f: LeadingGroupFacts) -> bool:
    """There is somebody to speak to, and somebody else in that person's absence."""
    first, second = f.spoken_to()
    known = all(each.name.strip() and each.phone.strip() for each in (first, second))
    return known and (first.officer_id or first.name.strip()) != (second.officer_id or second.name.strip())


@rule(
    "LIAISON_NOT_ON_ROSTER",
    law=LAW,
    zh="部门的联络员和替补联络员应当是本部门在册人员。",
    en="Who is spoken to at an agency is on its roster, and the substitute too. Name such people (officer_id).",
    tells=lambda f: {
        "officers": ",".join(p.officer_id for p in f.spoken_to() if not f.on_roster(p.officer_id))
    },
)
def liaison_on_roster(f: LeadingGroupFacts) -> bool:
    """Who is spoken to at an agency works there."""
    return not f.group.body_id or all(f.on_roster(each.officer_id) for each in f.spoken_to())


# fmt: off
LEADING_GROUP_TABLE = table(
    "leading_group",
    ("SET_LEADING_GROUP", "", "", LAW, (group_at_home, group_complete, led_by_head, liaison_named, liaison_on_roster), "", ("设立领导小组、指定联络员", "Set up the group")),
    titles=("领导小组和联络员", "Leading group"),
)
# fmt: on
LEADING_GROUP = Procedure("leading_group", LeadingGroupFacts, LEADING_GROUP_TABLE)
