"""What only the city sees: several cases, several departments."""

from datetime import timedelta

from services.given.case import LAW, fine, violation
from services.simulate.handled import organisation
from services.simulate.plot import plot
from services.simulate.scene import Scene
from services.simulate.told import Told


def elsewhere(s: Scene) -> Scene:
    """The same plot in another department."""
    other = s.rng.choice(s.others)
    return Scene(s.kind, s.near, other, [], s.agenda, s.town, s.book, s.rng, s.number, s.name)


@plot("EW-04", 80)
async def fined_twice(s: Scene) -> None:
    """Two departments fine a party for acts of one kind within some days; near: weeks lie between them."""
    party, acted = organisation(s), s.now - timedelta(days=40)
    between = timedelta(days=20 if s.near else 3)
    one = Told(s, party=party, violation=violation(acted, law=LAW))
    other = Told(elsewhere(s), party=party, violation=violation(acted + between, law=LAW))
    await one.way()
    await other.way(until="make_decision")
    s.breach(other.case_id)
    await other.way("serve_decision")


@plot("TWICE", 50)
async def filed_by_two(s: Scene) -> None:
    """Two departments file one act of one party; near: acts of different days."""
    party, acted = organisation(s), s.now - timedelta(days=40)
    one = Told(s, party=party, violation=violation(acted, law=LAW))
    other = Told(elsewhere(s), party=party, violation=violation(acted + timedelta(days=25 * s.near), law=LAW))
    await one.way(until="file_case")
    await other.way(until="file_case")
    s.breach(other.case_id)
    await s.work()
    await other.tell(
        "terminate_case", actor=other.s.bureau.heads[0], cause="由最先立案的机关管辖，终止调查。"
    )
    await other.tell("close_case")
    await one.way("assign_officers")


@plot("EW-12", 90)
async def unlike_fines(s: Scene) -> None:
    """Two like cases, and one fine more than twice the other; near: just twice."""
    item = await s.bureau.publish(f"9-{s.number}", 20_000, 90_000)
    cases = []
    for amount in (20_000, 40_000 if s.near else 42_000):
        case = Told(s, party=organisation(s, amount // 20_000))
        case.source = f"{s.number}-{amount}"
        case.penalty = fine(amount, benchmark_id=item)
        cases.append(case)
    await cases[0].way()
    await cases[1].way(until="make_decision")
    s.breach(cases[1].case_id)
    await cases[1].way("serve_decision")
