"""The YAML language server, as an editor talks to it: messages of LSP over its standard input and output.

Needs the marker `editor`.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from support.programs import find


class Server:
    """A server that checks files below `root` by `settings` (those of VS Code)."""

    def __init__(self, root: Path, settings: dict[str, Any]) -> None:
        self.root, self.settings = root, settings
        self.process = subprocess.Popen([find("editor"), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.count = 0

    def __enter__(self) -> Server:
        """Introduce the editor."""
        folder = {"uri": self.root.as_uri(), "name": "寿"}
        abilities = {
            "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}, "publishDiagnostics": {}},
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder["uri"],
                "workspaceFolders": [folder],
                "capabilities": abilities,
                "locale": "ja",
            },
        )
        self.say("initialized", {})
        self.say("workspace/didChangeConfiguration", {"settings": {}})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let it end."""
        self.process.kill()
        self.process.communicate()

    def diagnose(self, name: str, text: str) -> list[tuple[int, str]]:
        """What the server tells of a file with this text: lines (from 1) and messages."""
        uri = self.show(name, text)
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in self.told[uri]]

    def complete(self, name: str, text: str) -> dict[str, dict[str, Any]]:
        """What the server offers at the end of a text, by label."""
        uri = self.show(name, text)
        lines = text.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        answer = self.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
        items = answer["items"] if isinstance(answer, dict) else answer
        return {each["label"]: each for each in items or []}

    def show(self, name: str, text: str) -> str:
        """The address of a file, once the server has read this text of it and told what it thinks."""
        self.count += 1
        uri = (self.root / name).as_uri()
        known = self.told.pop(uri, None) is not None
        document = {"uri": uri, "languageId": "yaml", "version": self.count}
        if known:
            self.say("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        else:
            self.say("textDocument/didOpen", {"textDocument": {**document, "text": text}})
        while uri not in self.told:
            self.hear()
        return uri

    def say(self, method: str, params: object) -> None:
        """Send what needs no answer."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:  # noqa: ANN401  (whatever JSON holds)
        """Send a request and wait for its answer."""
        self.count += 1
        number = self.count
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self.hear()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def hear(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        if "id" in message and "method" in message:
            self._answer(message)
        return message

    def _answer(self, message: dict[str, Any]) -> None:
        result: Any = None
        if message["method"] == "workspace/configuration":
            result = [self._section(each.get("section", "")) for each in message["params"]["items"]]
        self._send({"id": message["id"], "result": result})

    def _section(self, section: str) -> dict[str, Any]:
        """The settings of a section, as VS Code nests them."""
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            if not key.startswith(f"{section}."):
                continue
            inner = found
            *outer, last = key.removeprefix(f"{section}.").split(".")
            for part in outer:
                inner = inner.setdefault(part, {})
            inner[last] = value
        return found

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()
