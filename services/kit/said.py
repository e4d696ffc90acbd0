"""What an alert says: what it is, what it means, and what mends it, in Chinese and English."""

from yifa.journal.v1 import condition_pb2 as pb

HOUR = 3600.0
"""What is over is told for so long."""

SAID: dict[int, tuple[str, str]] = {
    pb.ALERT_KIND_DATABASE_READ_ONLY: (
        "数据库只能读取，写入被拒绝，查询不受影响。请检查数据库文件权限、文件系统挂载方式或者数据库服务器是否为只读。",
        "The database may only be read: writes are refused (DATABASE_READ_ONLY), reads go on. Look at the permissions of its "
        "file, how its disk is mounted, or whether its server is a standby.",
    ),
    pb.ALERT_KIND_DATABASE_AWAY: (
        "数据库没有应答，写入暂时被拒绝，请求可以稍后重试。",
        "The database does not answer: writes are refused for now (DATABASE_UNAVAILABLE) and may be asked for again.",
    ),
    pb.ALERT_KIND_DISK_FULL: (
        "磁盘已满，写入被拒绝，没有写入一半的记录，查询不受影响。腾出空间后自动恢复，无需重启。",
        "The disk is full: writes are refused (DISK_FULL), nothing is half written, reads go on. It goes on once there is room.",
    ),
    pb.ALERT_KIND_DISK_LOW: (
        "磁盘将满：{folder} 仅余 {percent}%（{free_zh}）。写满后写入会被拒绝，请尽快扩容或者清理。",
        "The disk is nearly full: {folder} has {percent}% free ({free_en}). When it is full writes are refused; make room.",
    ),
    pb.ALERT_KIND_NATS_AWAY: (
        "本节点的消息服务器没有应答。办案照常，{waiting} 条事件留在日志中等待发送，不会丢失。",
        "The node's NATS server does not answer. Work goes on; {waiting} events wait in the journals, none is lost.",
    ),
    pb.ALERT_KIND_HUB_AWAY: (
        "与中枢断开。办案照常，{waiting} 条事件等待上传，不会丢失；其他节点的事件恢复连接后补收。",
        "The hub is not reached. Work goes on; {waiting} events wait and none is lost; those of others come once it is reached.",
    ),
    pb.ALERT_KIND_STREAM_RESTORED: (
        "本节点的事件流比中枢的副本旧，已从日志重新发送。请查明是否恢复了旧的副本。",
        "The node's stream was older than the hub's copy and was begun anew from the journals. Was an older copy restored?",
    ),
    pb.ALERT_KIND_STREAM_FULL: (
        "本节点的事件流已用 {percent}%。达到上限后事件留在日志中等待，不会丢失；请提高设置中的上限。",
        "The node's stream has {percent}% of its limit. At the limit events wait in the journals; raise [limits] stream_bytes.",
    ),
    pb.ALERT_KIND_EVENTS_PARKED: (
        "{count} 条事件反复处理失败，已搁置，等待人工处理（在该节点用命令行重试或者放弃）。其他事件不受影响。",
        "{count} events are parked: their reaction kept failing, and somebody has to look (yifa parked). The others go on.",
    ),
    pb.ALERT_KIND_PARKED_FULL: (
        "{node} 的事件已搁置 {count} 条（上限 {most} 条）；另约 {left} 条留在事件流，不会丢失。处理搁置的事件，腾出一半即补收。",
        "{count} events of {node} are parked, of {most} at most; some {left} more stay in the stream and are not lost. Retry or "
        "discard parked ones (yifa parked): with half of them gone the others are read again.",
    ),
    pb.ALERT_KIND_CITY_UNASKED: (
        "恢复备份时市级未答复，已先行继续办理。第 {seq} 条之后仅市级留存的记录尚未核对；市级答复后将逐条列入搁置的事件。",
        "The node was restored and went on without the city's answer. What only the city kept after entry {seq} is not known "
        "yet; once it answers, each such entry is named among the parked events.",
    ),
    pb.ALERT_KIND_SIGN_KEY_HALF_CHANGED: (
        "更换事件签名密钥中途中断，旧密钥到期后本节点的事件将不被接受。请再次执行 yifa keys rotate {node}，从中断处继续。",
        "The change of the key that signs this node's events was cut off; once the old key has ended, its events are refused. "
        "Run yifa keys rotate {node} again: it goes on from there.",
    ),
    pb.ALERT_KIND_TOKEN_KEY_HALF_CHANGED: (
        "更换登录令牌密钥中途中断，旧密钥签发的令牌可能已不被接受。请再次执行 yifa token rotate --node {node}，从中断处继续。",
        "The change of the key that signs this node's tokens was cut off; what the old key signs may count no more. Run "
        "yifa token rotate --node {node} again: it goes on from there.",
    ),
    pb.ALERT_KIND_CLOCK_JUMPED: (
        "本机时钟跳变 {seconds} 秒。法定期限按该时钟计算，请检查时间同步。",
        "The clock of the machine leapt by {seconds} s. Statutory clocks go by it; look at its synchronisation.",
    ),
    pb.ALERT_KIND_PROCESS_RESTARTED: (
        "进程一小时内意外结束 {times} 次（最近 {at}，代码 {code}），已由监护程序重新启动。",
        "The process {name} ended {times}× within the hour (last at {at} with {code}) and was started again.",
    ),
}
