"""A phone of a volunteer: signs in, brings its area, and sends forms, by the protocol of docs/sync.md."""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from mudmai.kernel import clock
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.xform import Group, XForm

API = "/field/api/v1/"
Facts = dict[str, str]
# As if the line were encrypted: where the installation asks for that, it would only send the phone elsewhere.
_SAFELY: dict[str, Any] = {"wsgi.url_scheme": "https"}


class PhoneRefused(RuntimeError):
    """The server did not take what a phone of the demo sent; the answer says why."""


@dataclass
class Home:
    """A house as the phone holds it: what is known by catalogue code, and of each member besides `person_key`."""

    key: str
    facts: Facts
    members: list[Facts]


@dataclass
class Phone:
    """One volunteer's phone. `bring` fills `homes` and `forms`."""

    username: str
    password: str
    homes: list[Home] = field(default_factory=list)
    forms: dict[str, XForm] = field(default_factory=dict)
    _headers: dict[str, str] = field(default_factory=dict)
    _client: Client = field(default_factory=lambda: Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], **_SAFELY))

    def bring(self) -> None:
        """Sign in and bring the area with its forms."""
        device = str(uuid.uuid5(uuid.NAMESPACE_URL, f"mudmai demo {self.username}"))
        told = {"device": device, "name": f"โทรศัพท์ของ {self.username}", "username": self.username}
        token = self._ask("post", "sign-in", json=told | {"password": self.password})["token"]
        self._headers = {"authorization": f"Bearer {token}", "mudmai-app": "demo", "mudmai-protocol": "1"}
        bundle = self._ask("post", "sync", json={})
        self.forms = {each["form_id"]: XForm.parse(each["xform"]) for each in bundle["forms"]}
        for block in bundle["areas"]:
            of_house, of_person = block["columns"]["household"], block["columns"]["person"]
            for key, values, members in block["households"]:
                facts = dict(zip(of_house, values, strict=True))
                people = [{"person_key": k, **dict(zip(of_person, told, strict=True))} for k, *told in members]
                self.homes.append(Home(key, facts, people))

    def send(self, form_id: str, told: Facts, members: list[Facts], photos: dict[str, bytes], number: int) -> uuid.UUID:
        """Fill a form in and send it with its photos; returns the id. `number` makes the id, the same every time."""
        form, instance = self.forms[form_id], uuid.uuid5(uuid.NAMESPACE_URL, f"mudmai demo visit {number}")
        xml = fill(form, placed(form, told, members), today=clock.today(), instance_id=instance)
        self.send_xml(instance, xml, photos)
        return instance

    def send_xml(self, instance: uuid.UUID, xml: bytes, photos: dict[str, bytes]) -> None:
        """Send what a form came to, as it stands."""
        self._put(f"submissions/{instance}", xml, "application/xml")
        for name, picture in photos.items():
            whole = {"upload-offset": "0", "upload-length": str(len(picture))}
            self._put(f"submissions/{instance}/files/{name}", picture, "image/png", whole)

    def _put(self, address: str, body: bytes, mime: str, headers: dict[str, str] | None = None) -> None:
        told = {**self._now(), **(headers or {}), "mudmai-sha256": hashlib.sha256(body).hexdigest()}
        self._read(self._client.put(API + address, body, content_type=mime, headers=told))

    def _ask(self, method: str, address: str, json: dict[str, Any]) -> dict[str, Any]:
        ask = getattr(self._client, method)
        return self._read(ask(API + address, json, content_type="application/json", headers=self._now()))

    def _now(self) -> dict[str, str]:
        return {**self._headers, "mudmai-time": clock.now().isoformat()}

    @staticmethod
    def _read(response: Any) -> dict[str, Any]:
        if response.status_code >= 400:
            raise PhoneRefused(f"{response.status_code}: {response.content.decode()[:300]}")
        found: dict[str, Any] = response.json()
        return found


def placed(form: XForm, told: Facts, members: list[Facts]) -> Group:
    """Answers by name, put where the form has these names; of the repeat `members` one group for each of them."""
    values: Group = {}
    people: list[Group] = [{} for _ in members]
    for path in form.fields:
        _, _, *inside = path.split("/")
        if "members" in inside:
            for member, facts in zip(people, members, strict=True):
                _put_in(member, inside[inside.index("members") + 1 :], facts)
        else:
            _put_in(values, inside, told)
    return {**values, "members": list(people)} if people else values


def _put_in(values: Group, path: list[str], told: Facts) -> None:
    if path[-1] not in told:
        return
    for name in path[:-1]:
        inner = values.setdefault(name, {})
        assert isinstance(inner, dict)
        values = inner
    values[path[-1]] = told[path[-1]]
