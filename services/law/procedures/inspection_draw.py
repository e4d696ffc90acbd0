"""Drawing enterprises and officers at random (双随机): the hash of the seed is published first, then the draw follows from it."""

from abc import abstractmethod
from datetime import datetime

from yifa.enforcement.v1.inspection_draw_pb2 import InspectionDraw
from yifa.registry.v1.act_pb2 import ACT_KIND_INSPECTION

from services.law.draw import seed_hash
from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.penalty.body import may_enforce
from services.law.procedures.penalty.facts import Body
from services.law.process import table
from services.law.rule import Facts, fact, rule
from services.law.standing import Person, Scope

LAW = "OBE-2019:54;GBF-2015-58"


class DrawFacts(Facts):
    """The draw with what the act hands in (`draw`), and the node's own time."""

    draw: InspectionDraw
    now: datetime

    def sector(self) -> str:
        return self.draw.sector

    @abstractmethod
    def body(self, body_id: str) -> Body | None:
        """A body as it was announced, None for an unknown one."""

    @abstractmethod
    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        """How a person stood at a moment, before what a certificate has to cover."""

    @fact
    def own_body(self) -> Body | None:
        return self.body(self.draw.body_id)

    @fact
    def unfit(self) -> tuple[str, ...]:
        """Those of the officers who may not be sent."""
        body = self.own_body()
        scope = Scope(body.field if body is not None else "", act=ACT_KIND_INSPECTION)
        ids = (o.officer_id for o in self.draw.officers)
        return tuple(officer for officer in ids if not self.stood(officer, self.at(), scope).fit)


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-66",
    law="GBF-2024-54",
    zh="检查主体应当具备法定资格并经确认公布。",
    en="The body is not confirmed and announced as one that may enforce. Leave the draw to one that is.",
)
def drawing_body_confirmed(f: DrawFacts) -> bool:
    """Only a qualified body draws for its inspections."""
    return may_enforce(f.own_body(), f.draw.node, f.now, f.at())


@rule(
    "DRAW_LIST_TOO_SHORT",
    guard="G-66",
    law=LAW,
    zh="检查对象名录库或者执法人员名录库人数不足，无从随机抽取：可抽取的对象应当多于拟抽取数，每个对象可派的人员应当多于应派数。",
    en="The lists leave nothing to chance. List more enterprises than are drawn, and for each more officers than are sent.",
    tells=lambda f: {"objects": str(len(f.draw.objects)), "officers": str(len(f.draw.officers))},
)
def leaves_to_chance(f: DrawFacts) -> bool:
    """There are more enterprises than are drawn, and more officers for each than are sent."""
    draw = f.draw
    people = {o.officer_id for o in draw.officers}
    enough = all(len(people - set(each.barred_officer_ids)) > draw.officers_each for each in draw.objects)
    return len(draw.objects) > draw.object_count and enough


@rule(
    "TWO_CERTIFIED_OFFICERS",
    guard="G-66 G-76",
    law="APL-2021:42(1);GBF-2015-58",
    zh="列入抽取名录的执法人员应当持有有效的、与检查相适应的行政执法证件。",
    en="An officer who may be drawn holds no certificate in force for inspections. Take the officer out.",
    tells=lambda f: {"officer_id": ",".join(f.unfit())},
)
def officers_fit(f: DrawFacts) -> bool:
    """Only officers who may inspect are drawn."""
    return not f.unfit()


@rule(
    "DRAW_NUMBER_KNOWN",
    guard="G-66",
    law=LAW,
    zh="公布种子摘要时，所用公共随机数应当尚未产生；抽取应当在其产生之后进行。",
    en="The public number has to be unknown when the hash is published, and known when it is drawn. Name a later one, or wait.",
    tells=lambda f: {"draw_after": f.draw.draw_after.ToJsonString()},
)
def number_to_come(f: DrawFacts) -> bool:
    """When the hash is published nobody knows the public number."""
    return moment_of(f.draw.draw_after) > f.at()


@rule(
    "DRAW_NUMBER_KNOWN",
    guard="G-66",
    law=LAW,
    zh="公共随机数尚未产生，不得抽取。",
    en="The public number is not known yet. Draw when it is.",
    tells=lambda f: {"draw_after": f.draw.draw_after.ToJsonString()},
)
def number_has_come(f: DrawFacts) -> bool:
    """It is drawn when the public number is known."""
    return moment_of(f.draw.draw_after) <= f.at()


@rule(
    "DRAW_SEED_WRONG",
    guard="G-66",
    law=LAW,
    zh="所公布的种子与事先公布的摘要不一致。",
    en="The seed does not have the hash that was published. Reveal the one that it was made of.",
)
def seed_as_promised(f: DrawFacts) -> bool:
    """The seed is the one whose hash was published."""
    return bool(f.draw.seed) and seed_hash(f.draw.seed) == f.draw.seed_hash


# fmt: off
TABLE = table(
    "inspection_draw",
    ("COMMIT_INSPECTION_DRAW", "", "COMMITTED", LAW,
     (drawing_body_confirmed, leaves_to_chance, officers_fit, number_to_come), "UNIT_HEAD CLERK",
     ("公布抽取承诺", "Commit to the draw"), "yifa.enforcement.v1.InspectionDrawCommitted"),
    ("MAKE_INSPECTION_DRAW", "COMMITTED", "DRAWN", LAW, (number_has_come, seed_as_promised), "UNIT_HEAD CLERK",
     ("随机抽取", "Draw"), "yifa.enforcement.v1.InspectionDrawn"),
    titles=("双随机抽取", "Random draw"),
)
# fmt: on
INSPECTION_DRAW = Procedure("inspection_draw", DrawFacts, TABLE)
