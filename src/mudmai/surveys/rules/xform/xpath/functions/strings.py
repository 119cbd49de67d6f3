"""Functions of text and of answers with several choices."""

import base64
import binascii
import hashlib
import re
import uuid
from functools import lru_cache

from mudmai.surveys.rules.xform.xpath.asking import Context, Function, Unanswerable
from mudmai.surveys.rules.xform.xpath.values import Value, number, text, texts

_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
# A pattern of a form may be written to run for ever over a long answer; no honest pattern needs a longer one.
_LONGEST_MATCHED = 2000


def _own(c: Context, value: Value | None) -> Value:
    return [c.node] if value is None else value


def string(c: Context, value: Value | None = None) -> Value:
    return text(_own(c, value))


def concat(c: Context, *values: Value) -> Value:
    return "".join(part for value in values for part in texts(value))


def join(c: Context, glue: Value, *values: Value) -> Value:
    return text(glue).join(part for value in values for part in texts(value))


def contains(c: Context, value: Value, part: Value) -> Value:
    return text(part) in text(value)


def starts_with(c: Context, value: Value, part: Value) -> Value:
    return text(value).startswith(text(part))


def ends_with(c: Context, value: Value, part: Value) -> Value:
    return text(value).endswith(text(part))


def substring(c: Context, value: Value, start: Value, length: Value | None = None) -> Value:
    """XPath 1.0 §4.2: counts from 1 and rounds."""
    whole, first = text(value), number(start)
    last = len(whole) + 1.0 if length is None else _rounded(first) + _rounded(number(length))
    return "".join(sign for at, sign in enumerate(whole, 1) if _rounded(first) <= at < last)


def _rounded(value: float) -> float:
    return float(int(value + 0.5) if value >= -0.5 else -int(-value + 0.5)) if abs(value) < 1e15 else value


def substr(c: Context, value: Value, start: Value, end: Value | None = None) -> Value:
    """Counts from 0; below nought from the end."""
    whole = text(value)
    size = len(whole)
    first, last = _whole(start), size if end is None else _whole(end)
    first = first + size if first < 0 else first
    last = last + size if last < 0 else last
    return whole[max(first, 0) : max(last, 0)] if first <= last else ""


def _whole(value: Value) -> int:
    found = number(value)
    return int(found) if abs(found) < 1e9 else 0


def substring_before(c: Context, value: Value, needle: Value) -> Value:
    before, found, _ = text(value).partition(text(needle)) if text(needle) else ("", "", "")
    return before if found else ""


def substring_after(c: Context, value: Value, needle: Value) -> Value:
    whole, mark = text(value), text(needle)
    at = whole.find(mark)
    if at < 0:
        return ""
    # The phone's engine leaves out one sign whatever the length of what was sought; ODK Collect all of it.
    return whole[at + (len(mark) if c.world.javarosa else min(1, len(mark))) :]


def translate(c: Context, value: Value, signs: Value, others: Value) -> Value:
    table: dict[int, str] = {}
    into = text(others)
    for at, sign in enumerate(text(signs)):
        table.setdefault(ord(sign), into[at] if at < len(into) else "")
    return text(value).translate(table)


def string_length(c: Context, value: Value | None = None) -> Value:
    # In UTF-16 units, as JavaScript and Java count.
    return float(len(text(_own(c, value)).encode("utf-16-le", "surrogatepass")) // 2)


def normalize_space(c: Context, value: Value | None = None) -> Value:
    return " ".join(re.split(r"[ \t\r\n]+", text(_own(c, value)).strip(" \t\r\n")))


def regex(c: Context, value: Value, pattern: Value) -> Value:
    matcher = _matcher(text(pattern), c.world.javarosa)
    if matcher is None:
        raise Unanswerable("regex()")
    return matcher.search(text(value)[:_LONGEST_MATCHED]) is not None


@lru_cache(maxsize=512)
def _matcher(pattern: str, whole: bool) -> "re.Pattern[str] | None":
    """ODK Collect matches the whole answer, the phone's engine any part of it. `$` is the very end in JavaScript."""
    written = re.sub(r"(?<!\\)((?:\\\\)*)\$", r"\1\\Z", pattern) if "[" not in pattern else pattern
    written = re.sub(r"\(\?<([A-Za-z_]\w*)>", r"(?P<\1>", written)
    try:
        return re.compile(rf"\A(?:{written})\Z" if whole else written, re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None


def digest(c: Context, value: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    name = _DIGESTS.get(text(algorithm))
    if name is None:
        raise Unanswerable("digest()")
    made = hashlib.new(name, text(value).encode(), usedforsecurity=False).digest()
    return made.hex() if text(encoding) == "hex" else base64.b64encode(made).decode()


def base64_decode(c: Context, value: Value) -> Value:
    try:
        return base64.b64decode(text(value), validate=False).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def new_uuid(c: Context, length: Value | None = None) -> Value:
    if length is None:
        return str(uuid.uuid4())
    wanted = min(max(_whole(length), 0), 1000)
    return "".join(str(uuid.uuid4()) for _ in range(wanted // 36 + 1))[:wanted]


def selected(c: Context, answers: Value, choice: Value) -> Value:
    return text(choice).strip() in text(answers).split()


def selected_at(c: Context, answers: Value, place: Value) -> Value:
    chosen, at = text(answers).split(), number(place)
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


def count_selected(c: Context, answers: Value) -> Value:
    return float(len(text(answers).split()))


STRINGS: dict[str, Function] = {
    "string": string,
    "concat": concat,
    "join": join,
    "contains": contains,
    "starts-with": starts_with,
    "ends-with": ends_with,
    "substring": substring,
    "substr": substr,
    "substring-before": substring_before,
    "substring-after": substring_after,
    "translate": translate,
    "string-length": string_length,
    "normalize-space": normalize_space,
    "regex": regex,
    "digest": digest,
    "base64-decode": base64_decode,
    "uuid": new_uuid,
    "selected": selected,
    "selected-at": selected_at,
    "count-selected": count_selected,
}
