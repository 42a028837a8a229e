"""The office's own pages behind one-time links: files fetched, personal answers and names written, files uploaded.

    /l/{token}      looking shows what is there and uses nothing up (previews of links look, too); the button uses the link up
    /f/{token}      the files of a link that was used, for a quarter of an hour; /f/{token}/{number} is one of them

No cookie, no script, nothing from elsewhere; no page is kept by a browser or sends its address on. Not here: who may do what,
and what becomes of it (dialogs/private).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from mimetypes import guess_type
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.web.bodies import Form, Unreadable, read_form
from dialogs.office import Office
from dialogs.outgoing import Withheld
from dialogs.private import doors, filling, handing_out, naming, uploading
from dialogs.store.engine import reading
from dialogs.store.links import Link
from templates.webpages import STYLE_HASH, web_page

log = logging.getLogger(__name__)

InThread = Callable[..., Awaitable[object]]

MOST_MB = 25  # of one upload
SMALL = 64 * 1024  # bytes of a form without files
PATIENCE = 180.0  # seconds for a body to come: a phone on a bad line
HANDS = 3  # uploads in memory at once
WAITING = 20.0  # seconds an upload waits for the ones before it; nothing of it is read until then
DRAFTING = 3  # files made at once
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}


class Pages:
    """`told` is called when something may have been put into the outbox."""

    def __init__(self, office: Office, in_thread: InThread, told: Callable[[], None]) -> None:
        self.office = office
        self.in_thread = in_thread
        self.told = told
        self.hands = asyncio.Semaphore(HANDS)
        self.drafting = asyncio.Semaphore(DRAFTING)

    def routes(self) -> list[BaseRoute]:
        """All pages."""
        return [
            Route("/l/{token}", self._safe(self.look), methods=["GET"]),
            Route("/l/{token}", self._safe(self.use), methods=["POST"]),
            Route("/f/{token}", self._safe(self.waiting), methods=["GET"]),
            Route("/f/{token}/{number:int}", self._safe(self.fetch), methods=["GET"]),
        ]

    def _safe(self, page: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            try:
                return await page(request)
            except Withheld:
                return sorry("现在没有权限看这个文件。", 403, "可能是身份变了，或者文件已经不在了。请回到聊天里看看。")
            except (Unreadable, ClientDisconnect, TimeoutError):
                return sorry("没有收完整，或者太大了。", 413, f"一次合计不要超过 {MOST_MB} MB。链接没有用掉，退回去再试一次。")
            except Exception:  # the store is in trouble, or a defect; the address is not logged: it opens a door
                log.exception("a page failed")
                return sorry("服务器暂时忙不过来。", 503, "请过一会儿再试一次；不行就回到聊天里发“新链接”。")

        return answered

    async def _link(self, request: Request) -> Link | None:
        link = await self.in_thread(seen, self.office, _token(request))
        return link if isinstance(link, Link) else None

    async def look(self, request: Request) -> Response:
        """What a link leads to."""
        link = await self._link(request)
        if link is None:
            return dead()
        match link.purpose:
            case doors.FILES:
                return page("files", titles=link.detail.get("titles", ()))
            case doors.FILL:
                return page("fill", page=await self.in_thread(filling.page, self.office, link))
            case doors.NAME:
                return page("name", typed="", wrong="")
        return await self._upload_page(link)

    async def _upload_page(self, link: Link, refused: tuple[str, ...] = (), status: int = 200) -> Response:
        target = await self.in_thread(uploading.place_of, self.office, link)
        return page("upload", status, target=target, one=link.purpose == doors.IMPORT, refused=refused, most=MOST_MB)

    async def use(self, request: Request) -> Response:
        """The button of its page."""
        link = await self._link(request)
        if link is None:
            return dead()
        match link.purpose:
            case doors.FILES:
                opened = await self.in_thread(handing_out.opened, self.office, _token(request))
                if not isinstance(opened, handing_out.Opened):
                    return dead()
                return RedirectResponse(f"../f/{opened.token}", 303, HEADERS)
            case doors.FILL:
                return await self._fill(request)
            case doors.NAME:
                return await self._name(request)
        return await self._upload(request, link)

    async def _fill(self, request: Request) -> Response:
        form = await _form(request, SMALL)
        done = await self.in_thread(filling.fill, self.office, _token(request), form.fields)
        if isinstance(done, filling.Page):
            return page("fill", 422, page=done)
        return self._done(f"已保存：{'、'.join(done.labels)}") if isinstance(done, filling.Filled) else dead()

    async def _name(self, request: Request) -> Response:
        form = await _form(request, SMALL)
        done = await self.in_thread(naming.name, self.office, _token(request), form.fields.get("name", ""))
        if not isinstance(done, naming.Named):
            return dead()
        return page("name", 422, typed=done.typed, wrong=done.wrong) if done.wrong else self._done("已保存")

    async def _upload(self, request: Request, link: Link) -> Response:
        try:
            await asyncio.wait_for(self.hands.acquire(), WAITING)
        except TimeoutError:
            return sorry("现在上传的人太多。", 503, "链接没有用掉，请过一两分钟再试。")
        try:
            form = await _form(request, MOST_MB << 20)
            keep = uploading.upload_list if link.purpose == doors.IMPORT else uploading.upload_evidence
            done = await asyncio.to_thread(keep, self.office, _token(request), form.files)
        finally:
            self.hands.release()
        if done is None:
            return dead()
        if not done.kept and not done.same:
            return await self._upload_page(link, done.refused or ("没有选文件。",), 422)
        same = f"，{done.same} 个和已有的一样" if done.same else ""
        return self._done(f"收到 {done.kept} 个文件{same}", refused=done.refused, more=done.more)

    def _done(self, said: str, refused: tuple[str, ...] = (), more: str = "") -> Response:
        self.told()
        return page("done", said=said, refused=refused, more=more)

    async def waiting(self, request: Request) -> Response:
        """The files of a link that was used."""
        found = await self.in_thread(handing_out.waiting, self.office, _token(request))
        if not isinstance(found, handing_out.Opened):
            return dead()
        return page("fetch", token=found.token, titles=found.titles)

    async def fetch(self, request: Request) -> Response:
        """One of them."""
        if request.method == "HEAD":  # somebody only wonders how large it is
            return Response(headers=HEADERS)
        number = int(request.path_params["number"])
        async with self.drafting:
            sheet = await asyncio.to_thread(handing_out.fetched, self.office, _token(request), number)
        if sheet is None:
            return dead()
        kind = guess_type(sheet.name)[0] or "application/octet-stream"
        named = {"content-disposition": f"attachment; filename*=UTF-8''{quote(sheet.name, safe='')}"}
        return Response(sheet.content, 200, {**HEADERS, **named}, kind)


def seen(office: Office, token: str) -> Link | None:
    """What is behind a link, without using it up."""
    with reading(office.engine) as c:
        return doors.look(c, office, token)


def page(name: str, status: int = 200, **facts: object) -> Response:
    """One of the pages of templates/pages."""
    return HTMLResponse(web_page(name, **facts), status, HEADERS)


def sorry(said: str, status: int, hint: str = "") -> Response:
    """A page that says what does not work, and what does."""
    return page("sorry", status, said=said, hint=hint)


def dead() -> Response:
    """A link that opens nothing: nobody learns whether it ever did."""
    return sorry("这个链接用过了，或者过期了。", 404, "请回到聊天里发“新链接”，再要一个。")


async def _form(request: Request, most: int) -> Form:
    async with asyncio.timeout(PATIENCE):
        return await read_form(request, most)


def _token(request: Request) -> str:
    return str(request.path_params["token"])
