"""A request answered: who may ask, what is asked, what comes of it; sockets are `editor.served.server`'s.

In: a head, and a body. Out: an `Answer`, always: a refusal is JSON with its reason, a fault of the program a number under which the
terminal tells more. What was sent is never repeated.
"""

from __future__ import annotations

import json
import re
import secrets
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePath
from threading import Event, Lock
from typing import TYPE_CHECKING, NoReturn

from kotobuki.diagnostics import CommandError, reason_of
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.served.guard import Guard
from kotobuki.editor.served.site import SAFE, Site
from kotobuki.editor.served.wire import Answer, Request
from kotobuki.limits import STREAMS

if TYPE_CHECKING:
    from kotobuki.editor.desk import Desk
    from kotobuki.editor.served.routes import Route

Gone = Callable[[], bool]
"""Whether nobody waits for the answer any more."""
_API = "/api/"
_ENTER = f"{_API}enter"
_HALF_A_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
_WRONG = "要求の形が正しくありません"


class App:
    """The answers of one server. The page is shown at once; what papers are made with is taken in hand meanwhile.

    `open_desk`: the project, asked for once; `tell`: says a fault of the program to who started it.
    """

    def __init__(self, open_desk: Callable[[], Desk], guard: Guard, tell: Callable[[str], None]) -> None:
        self.guard, self.site = guard, Site()
        self.closing = Event()
        """Set when the server ends: so do streams."""
        self._open_desk, self._tell = open_desk, tell
        self._desk: Desk | None = None
        self._streams: list[Event] = []
        self._opening, self._lock = Lock(), Lock()

    @property
    def desk(self) -> Desk:
        """The project."""
        with self._opening:
            self._desk = self._desk or self._open_desk()
            return self._desk

    @property
    def routes(self) -> dict[str, Route]:
        """What can be asked."""
        from kotobuki.editor.served.routes import ROUTES  # with all that makes papers: some 0.5 s

        return ROUTES

    def warm(self, file: Path | None) -> None:
        """Make the pages of a case (None: of the one that was written last) before anybody asks, so that all they take is there."""
        desk = self.desk
        cases = [each for each in desk.library.entries() if each.kind == "case"]
        found = [each for each in cases if file and desk.library.id_of(file) == each.id]
        with suppress(Exception):  # whoever asks will be told
            case = (found or sorted(cases, key=lambda each: -desk.library.path(each).stat().st_mtime))[0]
            text = desk.library.path(case).read_text(encoding="utf-8")
            asked = {"file": case.id, "text": text, "line": 1, "column": 1}
            with desk.building:
                self.routes["preview"].answer(desk, asked)
            for name in ("fields", "complete"):
                self.routes[name].answer(desk, asked)

    def admit(self, request: Request) -> None:
        """All that can be known before the body is read; else `RefusalError`."""
        self.guard.check_origin(request)
        if request.method not in ("GET", "POST"):
            raise RefusalError(_WRONG, status=405)
        if request.path.startswith(_API):
            if request.path == _ENTER:
                self.guard.check_entry(request)
            else:
                self.guard.check_token(request)
            if request.method == "POST":
                self.guard.check_json(request)
        elif request.method != "GET":
            raise RefusalError(_WRONG, status=405)

    def answer(self, request: Request, body: bytes, gone: Gone = lambda: False) -> Answer:
        """The answer to a request that is admitted."""
        try:
            found = self._answer(request, body, gone)
        except RefusalError as refusal:
            return refused(refusal)
        except CommandError as error:  # as where there is no base.docx
            return refused(RefusalError(str(error), status=409))
        except OSError as error:  # a disk that is gone
            return refused(RefusalError(f"ファイルを読み書きできません（{reason_of(error)}）", status=409))
        except Exception as error:  # the last resort: a fault of the program itself
            number = secrets.token_hex(4)
            self._tell(f"誤り {number}: {type(error).__name__}: {error}\n{traceback.format_exc()}")
            remedy = f"書いた内容はそのままです。続くときは、端末に出た誤り {number} を添えて知らせてください"
            return refused(RefusalError("プログラムの中で予期しない誤りが起きました", remedy, 500))
        return Answer(status=found.status, body=found.body, type=found.type, headers={**SAFE, **found.headers})

    def _answer(self, request: Request, body: bytes, gone: Gone) -> Answer:
        if not request.path.startswith(_API):
            return self.site.get(request)
        name = request.path.removeprefix(_API)
        if request.method == "GET":
            return self._get(name)
        if request.path == _ENTER:
            return _json({"token": self.guard.enter(request)})
        route = self.routes.get(name)
        if route is None:
            raise RefusalError("その働きはありません", "画面を再読み込みしてください", 404)
        return _json(self._asked(route, _object(body), gone))

    def _asked(self, route: Route, asked: dict[str, object], gone: Gone) -> object:
        if not route.builds:
            return route.answer(self.desk, asked)
        with self.desk.building:
            if gone():
                raise RefusalError("取り消されました", status=409)
            return route.answer(self.desk, asked)

    def _get(self, name: str) -> Answer:
        if name == "events":
            return Answer(body=self._events(), type="text/event-stream; charset=utf-8")
        kind, _, key = name.partition("/")
        if kind == "output" and (made := self.desk.shelf.find(key)):
            return Answer(body=made.data(), type=made.type, headers={"Content-Disposition": "attachment"})
        if kind == "font" and (font := self.desk.fonts.get(key)):
            return Answer(body=font.file(), type="font/ttf")
        raise RefusalError("それはもうありません", "もう一度作ってください", 404)

    def _events(self) -> Generator[bytes]:
        """Events until the server ends, or too many others came after."""
        from kotobuki.editor.disk.events import changes  # with the desk

        own = Event()
        with self._lock:
            self._streams.append(own)
            for each in self._streams[:-STREAMS]:
                each.set()
        try:
            yield from changes(self.desk, lambda: own.is_set() or self.closing.is_set())
        finally:
            with self._lock:
                self._streams.remove(own)


def refused(refusal: RefusalError) -> Answer:
    """The answer that tells of a refusal."""
    told = json.dumps({"error": refusal.error, "remedy": refusal.remedy}, ensure_ascii=False).encode(errors="replace")
    return Answer(status=refusal.status, body=told, type="application/json", headers=SAFE)


def _object(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body.decode(), parse_constant=_no_number)
        if isinstance(found, dict):
            if _HALF_A_PAIR.search(body):  # what no file can hold
                json.dumps(found, ensure_ascii=False).encode()
            return found
    except (ValueError, RecursionError):
        pass
    raise RefusalError(_WRONG)


def _no_number(_name: str) -> NoReturn:
    raise ValueError


def _json(value: object) -> Answer:
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_told)
    return Answer(body=told.encode(errors="replace"), type="application/json")


def _told(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, PurePath):
        return value.as_posix()
    raise TypeError(type(value).__name__)
