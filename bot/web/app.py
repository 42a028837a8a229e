"""The applications put together from their parts: the one the world reaches through a proxy, and the one for those who watch.

Whatever is not there is said in a kind sentence. Not here: any of the parts, and serving them (serving.py).
"""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.webhook import Webhook

WORDS = {
    404: "没有这个页面。链接可能抄漏了，或者已经用过、过期了；请回到聊天里重新要一个。",
    405: "这个地址不能这样访问。",
    500: "服务器出了点问题，请稍后再试一次。",
}


def make_app(health: Health, webhook: Webhook | None = None, path: str = "", routes: Sequence[BaseRoute] = ()) -> Starlette:
    """What the proxy passes on: the webhook at its `path`, the office's own pages, and whether the process is well."""
    pushed = [Route(path, webhook.answer, methods=["POST"])] if webhook else []
    return _app([*pushed, *routes, *health.routes()])


def make_watch_app(health: Health, metrics: Metrics) -> Starlette:
    """What only those who watch over the process reach."""
    return _app([*health.routes(), *metrics.routes()])


def _app(routes: Sequence[BaseRoute]) -> Starlette:
    app = Starlette(routes=list(routes), exception_handlers={HTTPException: _told, Exception: _failed})
    app.router.redirect_slashes = False  # a redirect leads to whatever host the caller has named
    return app


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = WORDS.get(error.status_code, error.detail)
    return PlainTextResponse(f"{words}\n", error.status_code, error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    """What is said of a defect; the server logs it, without the address: that may open a door."""
    return PlainTextResponse(f"{WORDS[500]}\n", 500)
