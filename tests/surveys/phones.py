"""A phone in Python: holds an area, fills forms in and sends them as docs/sync.md says. For tests and the benchmark.

It knows nothing of the server but its answers. `ask` is how a request travels: through Django's test client, or HTTP.
"""

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

API = "/field/api/v1/"
PIECE = 256 * 1024
FINAL = frozenset({"settled", "flagged", "left"})


class Answer(NamedTuple):
    """Status, headers (lower case) and body of an answer."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> dict[str, Any]:
        content = self.content
        if self.headers.get("content-encoding") == "gzip":
            content = zlib.decompress(content, 16 + zlib.MAX_WBITS)
        found: dict[str, Any] = json.loads(content)
        return found


# (method, path, body, headers) -> answer; raises ConnectionError where the network breaks.
Ask = Callable[[str, str, bytes, dict[str, str]], Answer]


class Refused(Exception):
    """An answer that is no success; `answer` holds code and sentence."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.body = answer.json if answer.content and "json" in answer.headers.get("content-type", "") else {}
        super().__init__(f"{answer.status} {self.body.get('code')}: {self.body.get('message')}")


@dataclass
class Outgoing:
    """A filled form that waits to be sent, or to be seen in the registry."""

    xml: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    state: str = "queued"
    message: str = ""
    have: dict[str, int] = field(default_factory=dict)


@dataclass
class Area:
    """What the phone holds of an area: households as JSON, with their digests."""

    columns: tuple[list[str], list[str]] = ((), ())  # type: ignore[assignment]
    households: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        if not self.columns[0]:
            return ""
        lines = [json.dumps(list(self.columns), separators=(",", ":"), ensure_ascii=False)]
        lines += [f"{key} {self.digests[key]}" for key in sorted(self.digests)]
        return hashlib.sha256(("\n".join(lines) + "\n").encode()).hexdigest()

    def apply(self, block: dict[str, Any]) -> None:
        columns = (block["columns"]["household"], block["columns"]["person"])
        if block["whole"]:
            self.households, self.digests = {}, {}
        self.columns = columns
        for household in block["households"]:
            text = json.dumps(household, separators=(",", ":"), ensure_ascii=False)
            self.households[household[0]] = text
            self.digests[household[0]] = hashlib.sha256(text.encode()).hexdigest()[:32]
        for key in block["gone"]:
            self.households.pop(key, None)
            self.digests.pop(key, None)

    def household(self, key: str) -> dict[str, Any]:
        """One household as {column: value}, its members likewise under `members`."""
        _key, values, members = json.loads(self.households[key])
        return {
            "key": key, **dict(zip(self.columns[0], values, strict=True)),
            "members": [{"key": each[0], **dict(zip(self.columns[1], each[1:], strict=True))} for each in members],
        }  # fmt: skip


class Phone:
    """One user on one phone."""

    def __init__(self, ask: Ask, *, username: str, password: str, clock: Callable[[], datetime]) -> None:
        self.ask = ask
        self.username, self.password = username, password
        self.clock = clock
        self.device = str(uuid4())
        self.skew = timedelta(0)  # by which the phone's clock is ahead
        self.token = ""
        self.areas: dict[str, Area] = {}
        self.forms: dict[str, dict[str, Any]] = {}
        self.outbox: dict[str, Outgoing] = {}
        self.seen: dict[str, str] = {}  # what became of what was sent
        self.md5: dict[str, str] = {"catalogue": "", "boundaries": "", "inbox": ""}
        self.inbox: list[dict[str, str]] = []
        self.inquiries: list[dict[str, Any]] = []
        self.catalogue: dict[str, Any] = {}
        self.wiped = False
        self.answer: dict[str, Any] = {}

    # ---- requests

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        told = {
            "Mudmai-Protocol": "1", "Mudmai-App": "test", "Accept-Encoding": "gzip",
            "Mudmai-Time": (self.clock() + self.skew).isoformat(),
        }  # fmt: skip
        if self.token:
            told["Authorization"] = f"Bearer {self.token}"
        answer = self.ask(
            method, API + path, body, told | {name.replace("_", "-"): text for name, text in headers.items()}
        )
        if answer.status >= 400:
            problem = Refused(answer)
            if problem.body.get("wipe"):
                self.wipe()
            raise problem
        return answer

    def say(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        return self.request("POST", path, json.dumps(told).encode(), Content_Type="application/json").json

    def sign_in(self, **more: str) -> dict[str, Any]:
        words = {"device": self.device, "name": "Test", "username": self.username, "password": self.password}
        self.token = ""
        found = self.say("sign-in", words | more)
        self.token = found["token"]
        return found

    def wipe(self) -> None:
        """Delete everything, and say so."""
        self.areas, self.forms, self.outbox, self.token = {}, {}, {}, ""
        self.wiped = True
        self.say("wiped", {"device": self.device})

    # ---- the area

    def sync(self, **more: Any) -> dict[str, Any]:
        told = {
            "areas": {code: area.digest for code, area in self.areas.items()},
            "forms": [form["md5"] for form in self.forms.values()],
            "submissions": [key for key, each in self.outbox.items() if each.state != "queued"][:500],
            "waiting": sum(each.state == "queued" for each in self.outbox.values()),
            **self.md5, **more,
        }  # fmt: skip
        found = self.answer = self.say("sync", told)
        for block in found["areas"]:
            self.areas.setdefault(block["area"], Area()).apply(block)
            if self.areas[block["area"]].digest != block["digest"]:
                self.areas[block["area"]] = Area()  # everything next time
        for code in found["areas_gone"]:
            self.areas.pop(code, None)
        self.forms = {form["id"]: self.forms.get(form["id"], {}) | form for form in found["forms"]}
        for name in self.md5:
            self.md5[name] = found[name]["md5"]
        self.inbox = found["inbox"].get("entries", self.inbox)
        self.catalogue = found["catalogue"] if "attributes" in found["catalogue"] else self.catalogue
        self.inquiries = found["inquiries"]
        for key, told_of in found["submissions"].items():
            self.hear(key, told_of)
        return found

    def hear(self, key: str, told: dict[str, Any]) -> None:
        """What became of one that was sent. Its copy goes only when the server has taken it on."""
        going = self.outbox.get(key)
        if going is None:
            return
        if told["state"] in FINAL and not told.get("files"):
            self.seen[key] = told["state"]
            del self.outbox[key]
        elif told["state"] == "unknown":
            going.state, going.have = "queued", {}
        else:
            going.state, going.message = told["state"], told["message"]
            going.have = {name: each["have"] for name, each in told.get("files", {}).items()}

    # ---- sending

    def queue(self, xml: bytes, files: dict[str, bytes] | None = None, *, key: UUID) -> str:
        self.outbox[str(key)] = Outgoing(xml, files or {})
        return str(key)

    def send(self, key: str, *, files_first: bool = False, piece: int = PIECE) -> dict[str, Any]:
        """Send one form with its files; raises Refused, or what the network raises, and can be called again."""
        going = self.outbox[key]
        if files_first:
            self.send_files(key, going.files, piece)
        told = self.request(
            "PUT", f"submissions/{key}", going.xml, Content_Type="application/xml",
            Mudmai_Sha256=hashlib.sha256(going.xml).hexdigest(),
        ).json  # fmt: skip
        self.hear(key, told)
        if key in self.outbox:
            going.state = told["state"]
            missing = {name: going.files[name] for name in told["files"] if name in going.files}
            self.send_files(key, missing, piece)
        return told

    def send_files(self, key: str, files: dict[str, bytes], piece: int = PIECE) -> None:
        going = self.outbox[key]
        for name, content in files.items():
            at = going.have.get(name, 0)
            while True:
                at = self.send_piece(key, name, content, at, piece)
                if at >= len(content):
                    break

    def send_piece(self, key: str, name: str, content: bytes, at: int, piece: int = PIECE) -> int:
        """Send the next piece; returns how many bytes the server has now."""
        try:
            told = self.request(
                "PUT", f"submissions/{key}/files/{name}", content[at : at + piece],
                Content_Type="application/octet-stream", Upload_Offset=str(at), Upload_Length=str(len(content)),
                Mudmai_Sha256=hashlib.sha256(content).hexdigest(),
            ).json  # fmt: skip
        except Refused as problem:
            if problem.body.get("code") != "wrong_offset":
                raise
            told = problem.body
        self.outbox[key].have[name] = told["have"]
        return int(told["have"])

    def send_all(self) -> None:
        for key in list(self.outbox):
            if key in self.outbox:
                self.send(key)


def through(client: Any) -> Ask:
    """Requests through Django's test client."""

    def ask(method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        kind = headers.get("Content-Type", "application/octet-stream")
        extra = {name: text for name, text in headers.items() if name != "Content-Type"}
        response = client.generic(method, path, body, content_type=kind, headers=extra)
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, response.content)

    return ask
