"""HTTP to Telegram for python-telegram-bot, by aiohttp: a third of the time its own client takes for a call.

What a call that failed has come to is one of three: it never left, the server answered and has not accepted it
(python-telegram-bot's own errors), or no answer can be read and it may have arrived. No error holds an address,
because addresses hold the token. Not here: what a call means, or whether it is made again.
"""

import json
from http import HTTPStatus
from typing import Any, cast
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from yarl import URL

CONNECTIONS = 16
CONNECTING = 10  # seconds until a connection is made, waiting for a free one included
IDLE = 15  # seconds an unused connection is kept: less than any server or network between closes it after

Seconds = Any  # a number, None for no end, or UNSAID
UNSAID = BaseRequest.DEFAULT_NONE


class NeverLeft(NetworkError):
    """No connection was made, so that nothing can have arrived."""


class Unanswered(NetworkError):
    """It left, and no answer came that can be read: it may have arrived."""


def request(read_timeout: float, base: str, proxy: str = "") -> BaseRequest:
    """What carries calls to `base`, through the proxy given or the one of the environment.

    aiohttp speaks to no SOCKS proxy; httpx, which python-telegram-bot brings along, does.
    """
    through = proxy or _proxy_of_environment(base)
    if through.startswith("socks"):
        return SocksRequest(CONNECTIONS, read_timeout=read_timeout, connect_timeout=CONNECTING, proxy=through)
    return Request(read_timeout, through)


def _proxy_of_environment(base: str) -> str:
    """HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, unless NO_PROXY names the host; empty for none."""
    url, proxies = URL(base), getproxies()
    if url.host is None or proxy_bypass(url.host):
        return ""
    return proxies.get(url.scheme) or proxies.get("all") or ""


class _Plain(BaseRequest):
    """How an answer is read. What is no answer of Telegram's own is never logged: it may quote a person's words."""

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; Unanswered when it is none."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise Unanswered("no JSON") from None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok") is not False):
            raise Unanswered("no answer of Telegram's")
        return answer

    def _checked(self, status: int, payload: bytes) -> tuple[int, bytes]:
        """As it came. A refusal that is not Telegram's own, such as a gateway's page, is nobody's word on this call."""
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            try:
                self.parse_json_payload(payload)
            except Unanswered:
                raise NetworkError(f"status {status} without an answer of Telegram's") from None
        return status, payload


class Request(_Plain):
    """Calls over aiohttp. A POST is sent once: it is never repeated by itself, and no redirection is followed."""

    __slots__ = ("_proxy", "_read", "_session", "_timeouts")

    def __init__(self, read_timeout: float, proxy: str = "") -> None:
        self._read = read_timeout
        self._proxy = proxy or None
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[float | None, aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        """Opens no connection yet."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = UNSAID,
        write_timeout: Seconds = UNSAID,
        connect_timeout: Seconds = UNSAID,
        pool_timeout: Seconds = UNSAID,
    ) -> tuple[int, bytes]:
        """One call; its status and answer. Raises NeverLeft, Unanswered, and NetworkError for an answer not Telegram's."""
        assert self._session is not None, "initialize comes first"
        headers, data = _body(request_data)
        read = self._read if read_timeout is UNSAID else read_timeout
        try:
            async with self._session.request(
                method,
                URL(url, encoded=True),
                data=data,
                headers=headers,
                timeout=self._timeout(read),
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                answer = await response.read()
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ConnectionTimeoutError,
            aiohttp.ClientHttpProxyError,
            aiohttp.InvalidURL,
        ) as e:
            raise NeverLeft(type(e).__name__) from None
        except (TimeoutError, aiohttp.ClientError) as e:
            raise Unanswered(type(e).__name__) from None
        return self._checked(response.status, answer)

    def _timeout(self, read: float | None) -> aiohttp.ClientTimeout:
        """Half of the time is for writing: an upload that gets nowhere ends as well."""
        known = self._timeouts.get(read)
        if known is None:
            whole = None if read is None else CONNECTING + 2 * read
            known = aiohttp.ClientTimeout(total=whole, connect=CONNECTING, sock_connect=CONNECTING, sock_read=read)
            self._timeouts[read] = known
        return known


def _body(data: RequestData | None) -> tuple[dict[str, str], bytes | aiohttp.FormData | None]:
    if data is None:
        return {}, None
    if not data.contains_files:
        return {"Content-Type": "application/json"}, data.json_payload
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # the name of a file arrives as it is, in UTF-8
    for name, (file_name, content, kind) in cast(dict[str, tuple[str, bytes, str]], data.multipart_data or {}).items():
        form.add_field(name, content, content_type=kind, filename=file_name)
    return {}, form


class SocksRequest(_Plain, HTTPXRequest):
    """Calls over httpx, with the same three ends."""

    __slots__ = ()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except NetworkError as e:
            never = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
            kind = NeverLeft if isinstance(e.__cause__, never) else Unanswered
            raise kind(type(e.__cause__).__name__) from None
        return self._checked(status, payload)
