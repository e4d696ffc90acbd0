"""What a case is filed on in the tests: first evidence, and the article that was broken."""

from yifa.enforcement.v1 import case_pb2 as cases

FIRST_EVIDENCE = [
    cases.FirstEvidence(kind=cases.EVIDENCE_KIND_SITE_RECORD, title="核查记录", source="现场核查")
]
LAW = "《示例法》第一条"
