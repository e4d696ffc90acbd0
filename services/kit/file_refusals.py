"""What is said where a file is not taken, or not given."""

from services.kit.refusal import Busy, Full, Lost, Malformed, Stale


def too_large(size: int, most: int) -> Full:
    return Full(
        "FILE_TOO_LARGE",
        f"the file has {size} bytes; at most {most} are taken",
        f"文件有{size}字节，超过上限{most}字节",
        size=str(size),
        most=str(most),
    )


def too_many(most: int) -> Full:
    return Full(
        "TOO_MANY_UPLOADS",
        f"too many uploads run or lie unfinished; of one caller at most {most}: finish them first",
        f"同时进行或者未完成的上传过多，每人不超过{most}个，请先完成",
        most=str(most),
    )


def elsewhere(offset: int) -> Stale:
    return Stale(
        "UPLOAD_ELSEWHERE",
        f"the upload stopped at byte {offset}: go on from there",
        f"该上传已收到{offset}字节，请从该处续传",
        offset=str(offset),
    )


def incomplete(offset: int) -> Stale:
    return Stale(
        "UPLOAD_INCOMPLETE",
        f"the stream ended before the file did; {offset} bytes are kept: go on from there",
        f"文件尚未传完，已收到的{offset}字节保留，请续传",
        offset=str(offset),
    )


def stalled(seconds: int) -> Busy:
    return Busy(
        "UPLOAD_STALLED",
        f"nothing came for {seconds} seconds; what came is kept: go on from there",
        f"{seconds}秒内没有收到数据，已收到的部分保留，请续传",
        seconds=str(seconds),
    )


def mismatch(counted: bytes) -> Malformed:
    said = f"the bytes that came have the hash {counted.hex()}", f"收到的文件内容的SHA-256为{counted.hex()}"
    return Malformed({"sha256": said}, reason="HASH_MISMATCH")


def lost() -> Lost:
    return Lost(
        "FILE_LOST", "the file is on record but not in the node's store", "文件有记录，但已不在本节点的存储中"
    )


def altered() -> Lost:
    return Lost(
        "FILE_ALTERED",
        "the bytes in the node's store are not those that were handed in",
        "存储中的文件内容与入库时不一致",
    )


def unreachable() -> Busy:
    return Busy(
        "FILE_STORE_UNREACHABLE",
        "the node's store of files does not answer; what came is kept: try again, or tell who runs the node",
        "本节点的文件存储暂时无法访问；已收到的部分保留，请稍后重试，或者告知运维人员",
    )


def nearly_full(free: int, kept: int) -> Full:
    return Full(
        "DISK_NEARLY_FULL",
        f"the node's disk has {free} bytes free, and {kept} of them are kept for its records; what came is kept",
        f"节点磁盘仅余{free}字节，其中{kept}字节留给业务记录，暂不接收文件；已收到的部分保留",
        free=str(free),
        kept=str(kept),
    )


def disk_full() -> Full:
    return Full(
        "DISK_FULL",
        "the node's disk is full; what came before is kept",
        "节点磁盘已满；此前收到的部分保留",
    )


def runs_elsewhere() -> Stale:
    return Stale(
        "UPLOAD_RUNNING",
        "the same upload runs on another call; wait for it, or end it",
        "同一上传正在另一连接中进行，请等待或者先结束该连接",
    )
