"""The leaders' study of law, as it is read."""

from yifa.registry.v1 import law_study_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.law_study.model import STUDIES, LawStudy


@read
def list_law_studies(request: messages.ListLawStudiesRequest, view: View) -> messages.ListLawStudiesResponse:
    statement = STUDIES.where(LawStudy.year == request.year) if request.year else STUDIES
    rows, token = view.page(statement, (LawStudy.study_id,), request.page_size, request.page_token)
    studies = [messages.LawStudy.FromString(row.record) for row in rows]
    return messages.ListLawStudiesResponse(studies=studies, next_page_token=token)
