"""The paper by which a party of the demonstration agrees to electronic service, as a file of its case (APL 61(2))."""

import tempfile
from datetime import timedelta
from pathlib import Path

from services.demo.folder import Folder, stamp
from services.given import file as given
from services.node.callers import Callers

ADDRESS = "dangshiren@example.cn"


async def hand_in(callers: Callers, folder: Folder) -> str:
    """Hand the confirmation in, as the clerk; the id of the file. Raises AioRpcError."""
    person, node = folder.desk.person("clerk"), folder.desk.node
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "confirmation.txt"
        path.write_text(
            f"示例：送达地址确认书\n案件：{folder.case_id}\n当事人：{folder.party.name}\n"
            f"同意以电子邮件方式接收法律文书，电子邮箱：{ADDRESS}\n（当事人签名）\n",
            encoding="utf-8",
        )
        upload = given.upload_of(
            folder.case_id,
            path,
            stamp(folder.at - timedelta(minutes=30)),
            media_type="text/plain",
            title="示例：送达地址确认书",
        )
        stub = callers.enforcement(node)
        return (await given.hand_in(stub, lambda: callers.as_(node, person, "CLERK"), upload, path)).file_id
