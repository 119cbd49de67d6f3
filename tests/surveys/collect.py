"""ODK Collect as the stories of OpenRosa need it: its requests, its sign-in, what it sends."""

import hashlib
import re
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from tests.surveys.filling import PICTURE, TODAY

from mudmai.surveys.models import FormVersion
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.openrosa import secret_hash
from mudmai.surveys.rules.xform import Group, XForm
from mudmai.surveys.services.openrosa import NewKey

LIST = {"l": "http://openrosa.org/xforms/xformsList"}
MANIFEST = {"m": "http://openrosa.org/xforms/xformsManifest"}
RESPONSE = "{http://openrosa.org/http/response}"
PUN: Group = {"given_name": "ปั้น", "birth_date": "1950-03-15", "adl_score": "11"}


class Collect:
    """ODK Collect with its key in the address."""

    def __init__(self, key: NewKey) -> None:
        self.client = Client(raise_request_exception=True)
        self.door = f"/openrosa/key/{key.secret}"

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.client.get(path if path.startswith("http") else f"{self.door}/{path}", **kwargs)

    def send(self, xml: bytes, **parts: Any) -> Any:
        named = {name.replace("__", "*"): value for name, value in parts.items()}
        told = {"xml_submission_file": SimpleUploadedFile("house.xml", xml, "text/xml"), **named}
        return self.client.post(f"{self.door}/submission", told)


def a_house(version: FormVersion, **house: Any) -> bytes:
    answers: Group = {"house_number": "12/3", "members": [PUN], **house}
    return fill(XForm.parse(version.xform), {"visit_outcome": "done", "house": answers}, today=TODAY)


def number_of(xml: bytes) -> uuid.UUID:
    return uuid.UUID(re.search(rb"uuid:([0-9a-f-]+)", xml)[1].decode())


def said(answer: Any) -> str:
    root = etree.fromstring(answer.content)
    assert root.tag == f"{RESPONSE}OpenRosaResponse"
    return root.findtext(f"{RESPONSE}message")


def picture(name: str, content: bytes = PICTURE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def digest(username: str, password: str, challenge: str, uri: str, method: str = "GET", **changed: str) -> str:
    """The answer to a challenge as RFC 7616 §3.4 tells to make it."""
    nonce = re.search(r'nonce="([^"]+)"', challenge)[1]
    ha1 = secret_hash(username, password)
    ha2 = hashlib.md5(f"{method}:{uri}".encode()).hexdigest()
    made = hashlib.md5(f"{ha1}:{nonce}:00000001:0a4f113b:auth:{ha2}".encode()).hexdigest()
    parts = {"username": username, "realm": "mudmai", "nonce": nonce, "uri": uri, "response": made, **changed}
    quoted = ", ".join(f'{name}="{value}"' for name, value in parts.items())
    return f'Digest {quoted}, qop=auth, nc=00000001, cnonce="0a4f113b", algorithm=MD5'
