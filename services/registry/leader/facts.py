"""What the law asks about a leader's test."""

from yifa.registry.v1 import leader_test_pb2 as leader_tests

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import exam as law
from services.registry.lawful import Looked


@whole
class LeaderFacts(Looked, law.LeaderFacts):
    """A leader's test as it stands, or as it is to be put on record."""

    def __init__(self, tx: Tx, test: leader_tests.LeaderTest) -> None:
        super().__init__(tx)
        self.test = test
