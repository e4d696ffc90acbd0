"""What Prometheus reads of a process."""

import httpx

from services.kit.telemetry import Telemetry, serve_metrics


def test_calls_and_events_are_counted() -> None:
    telemetry = Telemetry("huanbao", "metered")
    server = serve_metrics("127.0.0.1", 0)

    telemetry.called("yifa.example/Do", "OK", 0.003)
    telemetry.called("yifa.example/Do", "OK", 0.2)
    telemetry.happened("relayed", 3)

    told = httpx.get(f"http://127.0.0.1:{server.server_port}/metrics").text
    server.shutdown()
    of = 'method="yifa.example/Do",node="huanbao",service="metered"'
    assert f'rpc_server_duration_seconds_bucket{{code="OK",le="0.005",{of}}} 1.0' in told
    assert f'rpc_server_duration_seconds_count{{code="OK",{of}}} 2.0' in told
    assert 'yifa_events_total{node="huanbao",outcome="relayed",service="metered"} 3.0' in told
