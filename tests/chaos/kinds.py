"""The faults that are drawn: of each kind how often, on what, what it lays hold of, and what is done."""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.chaos import processes, stores
from tests.chaos.town import CITY, Town

Does = Callable[[Town, str, random.Random], Awaitable[None]]
Finds = Callable[[Town], Sequence[str]]


@dataclass(frozen=True)
class Kind:
    """weight: how often among all. about: what it may befall. holds: what no other fault may lay hold of meanwhile, by what it
    befalls ("{}" stands for that). do: does it and mends what does not mend itself; raises AssertionError where the city did not
    behave as is said in docs/reliability.md.
    """

    group: str
    zh: str
    name: str
    weight: int
    about: Finds
    holds: tuple[str, ...]
    do: Does


def nodes(town: Town) -> Sequence[str]:
    return town.nodes


def departments(town: Town) -> Sequence[str]:
    return town.departments


def servers(town: Town) -> Sequence[str]:
    return [f"nats-{each}" for each in ("hub", *town.nodes)]


def others(_town: Town) -> Sequence[str]:
    return ("hub", "console")


def all_processes(town: Town) -> Sequence[str]:
    return [*town.nodes, *servers(town), *others(town)]


def cables(town: Town) -> Sequence[str]:
    return list(town.cables)


def disks(town: Town) -> Sequence[str]:
    return [str(disk.relative_to(town.var)) for disk in town.disks]


def city(_town: Town) -> Sequence[str]:
    return (CITY,)


def hub(_town: Town) -> Sequence[str]:
    return ("hub",)


def supervisor(_town: Town) -> Sequence[str]:
    return ("supervisor",)


STREAM, HUB = ("nats-{}",), ("nats-hub",)
BOTH = (*STREAM, *HUB)
BASE = ("{}", "nats-{}", "supervisor", "disk-{}", "disk-nats/{}")

# fmt: off
KINDS: tuple[Kind, ...] = (
    #    group        zh                    name                      weight about    holds     do
    Kind("processes", "节点进程被杀",       "node killed",            12, nodes,       ("{}",),  processes.killed),
    Kind("processes", "消息服务被杀",       "NATS server killed",     12, servers,     ("{}",),  processes.killed),
    Kind("processes", "中枢维护、控制台被杀", "keeper, console killed", 4, others,     ("{}",),  processes.killed),
    Kind("processes", "监管进程被杀",       "supervisor killed",       1, supervisor,  ("{}",),  processes.supervisor_killed),
    Kind("processes", "进程停顿",           "process stopped a while", 14, all_processes, ("{}",), processes.stopped),
    Kind("processes", "监管进程停顿",       "supervisor stopped a while", 2, supervisor, ("{}",), processes.stopped),
    Kind("processes", "同一节点第二个进程", "second process of a node", 2, nodes,      ("{}", "supervisor"), processes.second),
    Kind("processes", "第二个监管进程",     "second supervisor",       1, supervisor,  ("{}",),  processes.second_supervisor),
    Kind("links",     "链路中断",           "link cut",               14, cables,      ("link-{}",), processes.link_cut),
    Kind("links",     "链路黑洞",           "black hole in a link",   12, cables,      ("link-{}",), processes.black_hole),
    Kind("disks",     "磁盘已满",           "disk full",               6, disks,       ("disk-{}",), processes.disk_full),
    Kind("clocks",    "时钟跳变",           "clock leaps",             8, nodes,       ("clock-{}",), processes.clock_leaps),
    Kind("stores",    "节点流丢失",         "stream lost",             3, nodes,       STREAM,   stores.lost),
    Kind("stores",    "节点流回退",         "stream set back",         3, nodes,       STREAM,   stores.set_back),
    Kind("stores",    "节点流损坏",         "stream damaged",          2, nodes,       STREAM,   stores.damaged),
    Kind("stores",    "中枢副本丢失",       "copy lost",               2, departments, HUB,      stores.copy_lost),
    Kind("stores",    "中枢副本回退",       "copy set back",           2, departments, HUB,      stores.copy_set_back),
    Kind("stores",    "副本与节点流丢失",   "copy and stream lost",    2, departments, BOTH,     stores.copy_and_stream_lost),
    Kind("stores",    "汇总流丢失",         "collection lost",         1, hub,         HUB,      stores.collection_lost),
    Kind("stores",    "汇总流回退",         "collection set back",     1, hub,         HUB,      stores.collection_set_back),
    Kind("stores",    "中枢丢失",           "hub lost",                1, hub,         HUB,      stores.lost),
    Kind("stores",    "中枢回退",           "hub set back",            1, hub,         HUB,      stores.set_back),
    Kind("stores",    "中枢损坏",           "hub damaged",             1, hub,         HUB,      stores.damaged),
    Kind("databases", "部门恢复旧备份",     "department restored",     2, departments, BASE,     stores.restored),
    Kind("databases", "市级恢复旧备份",     "city restored",           1, city,        BASE,     stores.restored),
    Kind("databases", "数据库退回旧快照",   "database set back",       2, nodes,       BASE,     stores.database_set_back),
)
# fmt: on
GROUPS = tuple(dict.fromkeys(kind.group for kind in KINDS))


@dataclass(frozen=True)
class Drawn:
    """One fault of the run: its number, its kind, what it befalls, and a source of its own for all else that is drawn."""

    number: int
    kind: Kind
    about: str
    source: str

    @property
    def holds(self) -> frozenset[str]:
        return frozenset(each.format(self.about) for each in self.kind.holds)

    def draw(self) -> random.Random:
        return random.Random(self.source)


def drawn(
    town: Town, seed: int, faults: int, groups: Sequence[str] = (), but: Sequence[str] = ()
) -> list[Drawn]:
    """The faults of a run, the same for the same seed: every kind as often as its weight says, in an order that is drawn."""
    draw, found = random.Random(seed), list[Drawn]()
    chosen = [k for k in KINDS if (not groups or k.group in groups) and k.name not in but and k.about(town)]
    bag: list[Kind] = []
    while len(found) < faults:
        if not bag:
            bag = [kind for kind in chosen for _ in range(kind.weight)]
            draw.shuffle(bag)
        kind, number = bag.pop(), len(found) + 1
        found.append(Drawn(number, kind, draw.choice(list(kind.about(town))), f"{seed}/{number}"))
    return found
