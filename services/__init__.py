"""The services of Yifa, and what they stand on."""

import os

# gRPC would stop and start its threads around every fork. One that starts a program while calls are answered over TLS, as
# asyncio does for the typesetter, then breaks their connections: half a record is written twice. No child of ours speaks gRPC.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
