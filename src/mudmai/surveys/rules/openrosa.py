"""The words of OpenRosa: its XML, digest sign-in, and the settings that ODK Collect reads from a QR code.

Sources: https://docs.getodk.org/openrosa/ (form list, manifest, submission, authentication), RFC 7616 and RFC 2617,
https://docs.getodk.org/collect-import-export/ (settings); reviewed 2569-11.
"""

import base64
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

VERSION = "1.0"
REALM = "mudmai"
# What a client may put into one request; with more files it sends several.
ACCEPTED_BYTES = 10_000_000
_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"
_PART = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')


@dataclass(frozen=True, slots=True)
class ListedForm:
    """One form of the list. `manifest` is "" where it needs no files."""

    form_id: str
    name: str
    version: str
    md5: str
    download: str
    manifest: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListedFile:
    name: str
    md5: str
    download: str


def form_list(forms: Iterable[ListedForm]) -> bytes:
    root = etree.Element(f"{{{_LIST}}}xforms", nsmap={None: _LIST})
    for form in forms:
        told = {
            "formID": form.form_id,
            "name": form.name,
            "version": form.version,
            "hash": f"md5:{form.md5}",
            "descriptionText": form.description,
            "downloadUrl": form.download,
            "manifestUrl": form.manifest,
        }
        # A form without files has no manifest; a form without a version has an empty one.
        left_out = {name for name in ("descriptionText", "manifestUrl") if not told[name]}
        _put(root, "xform", _LIST, {name: value for name, value in told.items() if name not in left_out})
    return _written(root)


def manifest(files: Iterable[ListedFile]) -> bytes:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={None: _MANIFEST})
    for file in files:
        told = {"filename": file.name, "hash": f"md5:{file.md5}", "downloadUrl": file.download}
        _put(root, "mediaFile", _MANIFEST, told)
    return _written(root)


def response(message: str, nature: str = "") -> bytes:
    """What is said to the person at the phone."""
    root = etree.Element(f"{{{_RESPONSE}}}OpenRosaResponse", nsmap={None: _RESPONSE})
    said = etree.SubElement(root, f"{{{_RESPONSE}}}message")
    said.text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", message)
    if nature:
        said.set("nature", nature)
    return _written(root)


def _put(root: Any, name: str, namespace: str, told: dict[str, str]) -> None:
    element = etree.SubElement(root, f"{{{namespace}}}{name}")
    for tag, value in told.items():
        etree.SubElement(element, f"{{{namespace}}}{tag}").text = value


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def secret_hash(username: str, password: str) -> str:
    """HA1 of digest sign-in: enough to sign in, so it is kept sealed."""
    return _md5(f"{username}:{REALM}:{password}")


@dataclass(frozen=True, slots=True)
class Digest:
    """The answer of a client to a challenge."""

    username: str
    nonce: str
    uri: str
    response: str
    qop: str = ""
    nc: str = ""
    cnonce: str = ""

    def proves(self, ha1: str, method: str) -> bool:
        """Whether whoever wrote this knows the password behind `ha1`."""
        ha2 = _md5(f"{method}:{self.uri}")
        between = f"{self.nonce}:{self.nc}:{self.cnonce}:{self.qop}" if self.qop else self.nonce
        return hmac.compare_digest(_md5(f"{ha1}:{between}:{ha2}"), self.response.lower())


def read_digest(header: str) -> Digest | None:
    """The parts of an `Authorization: Digest …`; None where some is missing or asks for what is not offered."""
    parts = {match[1].lower(): match[2] if match[2] is not None else match[3] for match in _PART.finditer(header)}
    needed = {"username", "nonce", "uri", "response"} | ({"nc", "cnonce"} if parts.get("qop") else set())
    if not needed <= parts.keys() or parts.get("qop", "auth") != "auth" or parts.get("realm", REALM) != REALM:
        return None
    if parts.get("algorithm", "MD5").upper() != "MD5":
        return None
    return Digest(**{name: parts.get(name, "") for name in Digest.__slots__})


def read_basic(header: str) -> tuple[str, str] | None:
    """User name and password of an `Authorization: Basic …`."""
    try:
        name, mark, password = base64.b64decode(header.partition(" ")[2], validate=True).decode().partition(":")
    except ValueError:
        return None
    return (name, password) if mark else None


def challenge(nonce: str, *, stale: bool = False, basic: bool = False) -> str:
    """What a client is asked for. Basic is offered only where nobody can listen."""
    asked = f'Digest realm="{REALM}", nonce="{nonce}", algorithm=MD5, qop="auth"'
    if stale:
        asked += ", stale=true"
    return f'{asked}, Basic realm="{REALM}", charset="UTF-8"' if basic else asked


def collect_settings(server: str, project: str) -> str:
    """The text of a QR code that sets ODK Collect up: JSON, deflated, in base64.

    >>> told = collect_settings("https://a.b/key/x", "ก")
    >>> json.loads(zlib.decompress(base64.b64decode(told)))["general"]["server_url"]
    'https://a.b/key/x'
    """
    told = {
        "general": {
            "protocol": "odk_default",
            "server_url": server,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "delete_send": False,
        },
        "admin": {},
        "project": {"name": project, "icon": "📍", "color": "#1d5f56"},
    }
    return base64.b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode())).decode()


def _md5(told: str) -> str:
    return hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()
