"""What is published is to be filed within fifteen days (GF-2008-17 14): the filing is there from that moment on."""

from typing import Any

from yifa.supervision.v1 import document_filing_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as documents

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.document_filing import DOCUMENT_FILING
from services.supervision.document_filing.act import PREFIX, act


def expect(tx: Tx, document: documents.NormativeDocument) -> None:
    """Expect the filing of what was published just now. Starts NRM-04."""
    above = document.maker == documents.NORMATIVE_MAKER_GOVERNMENT
    filing = pb.DocumentFiling(
        filing_id=tx.new_id(PREFIX),
        document_id=document.document_id,
        title=document.title,
        number=document.number,
        body_id=document.body_id,
        body_name=document.body_name,
        node=document.node,
        receiver=pb.DOCUMENT_FILING_RECEIVER_ABOVE if above else pb.DOCUMENT_FILING_RECEIVER_CITY,
    )
    put_moment(filing.expect_time, tx.now)

    def body(_request: Any, _filing: pb.DocumentFiling, _do: Do) -> events.DocumentFilingExpected:
        return events.DocumentFilingExpected()

    act.do(tx, DOCUMENT_FILING.EXPECT, filing, None, body)
