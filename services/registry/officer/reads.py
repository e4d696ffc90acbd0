"""Officers, as they are read."""

from yifa.registry.v1 import officer_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.registry.certificate.model import CERTIFICATES, Certificate
from services.registry.file_review.model import OF_OFFICER
from services.registry.measure.model import with_suspensions
from services.registry.officer.model import OFFICERS, Officer, officer_proto
from services.registry.officer_assessment.model import OF_OFFICER as GRADED
from services.registry.qualification.model import QUALIFICATIONS, Qualification, qualification_proto


@read
def get_officer(request: pb.GetOfficerRequest, view: View) -> pb.GetOfficerResponse:
    """One officer with all that this node knows."""
    wanted = request.officer_id
    officer = view.get(OFFICERS.where(Officer.officer_id == wanted), "Officer", wanted)
    qualification = view.one(QUALIFICATIONS.where(Qualification.officer_id == wanted))
    held = view.rows(
        CERTIFICATES.where(Certificate.officer_id == wanted).order_by(Certificate.certificate_number)
    )
    reviewed = [pb.OfficerFileReview.FromString(row.record) for row in view.rows(OF_OFFICER, officer=wanted)]
    return pb.GetOfficerResponse(
        file_reviews=sorted(reviewed, key=lambda told: told.final_time.ToNanoseconds(), reverse=True),
        assessments=[pb.OfficerGrade.FromString(row.record) for row in view.rows(GRADED, officer=wanted)],
        officer=officer_proto(officer),
        qualification=qualification and qualification_proto(qualification),
        certificates=with_suspensions(view, held, view.now),
    )


@read
def list_officers(request: pb.ListOfficersRequest, view: View) -> pb.ListOfficersResponse:
    statement = OFFICERS.where(Officer.body_id == request.body_id) if request.body_id else OFFICERS
    rows, token = view.page(statement, (Officer.officer_id,), request.page_size, request.page_token)
    return pb.ListOfficersResponse(officers=map(officer_proto, rows), next_page_token=token)
