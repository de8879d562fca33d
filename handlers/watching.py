"""What a keeper's tools read over HTTP: `/health/live`, `/health/ready`, `/metrics`."""

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers import metrics
from handlers.health import Health
from storage.outage import Outage

LIVE, READY, METRICS = "/health/live", "/health/ready", "/metrics"


def routes(health: Health) -> list[Route]:
    """For GET alone; none of them says anything of anyone."""

    async def live(_request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(_request: Request) -> Response:
        lines = await health.report()
        fine = all(line.fine for line in lines)
        return PlainTextResponse("".join(f"{line}\n" for line in lines), 200 if fine else 503)

    async def counted(_request: Request) -> Response:
        seen = await health.look()
        found = metrics.written(None if isinstance(seen, Outage) else seen)
        return Response(found, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route(LIVE, live), Route(READY, ready), Route(METRICS, counted)]
