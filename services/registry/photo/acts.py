"""An officer's photo is set."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import showing_pb2 as pb

from services.kit.refusal import Malformed, NotHome
from services.kit.rpc import write
from services.kit.tx import Tx
from services.registry.officer.model import Officer
from services.registry.photo.model import OfficerPhoto, photo_proto
from services.registry.photo.picture import NoPhoto, cleaned


def picture_of(request: pb.SetOfficerPhotoRequest) -> tuple[str, bytes]:
    """The photo as it is kept. Raises Malformed."""
    try:
        return cleaned(request.data)
    except NoPhoto as no:
        raise Malformed({"data": (no.en, no.zh)}, reason="BAD_PHOTO") from None


@write(loads=((Officer, "officer_id"), (OfficerPhoto, "officer_id")), prepare=picture_of)
def set_officer_photo(
    request: pb.SetOfficerPhotoRequest, picture: tuple[str, bytes], tx: Tx
) -> pb.SetOfficerPhotoResponse:
    """Keep an officer's photo, and nothing else that came with it (APL 55)."""
    officer = tx.get(Officer, request.officer_id)
    if officer.node != tx.node:
        said = f"{officer.node} keeps this officer's record", f"该人员由{officer.node}登记"
        raise NotHome("NOT_HOME", *said, home=officer.node)
    row = tx.find(OfficerPhoto, officer.officer_id)
    if row is None:
        row = tx.add(OfficerPhoto.new(officer_id=officer.officer_id, version=0))
    (row.media_type, row.data), row.update_time = picture, tx.now
    row.version += 1
    photo = photo_proto(row)
    tx.emit(events.OfficerPhotoSet(photo=photo), subject=officer.officer_id)
    told = pb.SetOfficerPhotoResponse(photo=photo)
    told.photo.ClearField("data")
    return told
