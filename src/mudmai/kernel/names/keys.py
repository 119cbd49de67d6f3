"""Two keys of a name: how it is written when carelessness is forgiven, and how it sounds.

Source: docs/rules/identifiers.md; reviewed 2569-11.
"""

import re
from functools import lru_cache

from mudmai.kernel.text import clean, thai_digits_to_arabic

# What may differ between two careful writings of one name: the mute sign, the short sign, points, spaces,
# two pairs of letters that look alike, two abandoned letters, the two signs for "ai".
_WRITTEN = str.maketrans("ฎฃฅใ", "ฏขคไ", " .,-–—_'’\"*()์็ๆฯํ\t\n")
# A nickname, a former name or a remark beside the name: สมชาย (ต้น).
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]?")
LONGEST_KEPT = 200  # longer texts are no names and do not stay in memory
_LATIN_O_IN_THAI = re.compile(r"(?<=[ก-๎])o|o(?=[ก-๎])")


def name_key(text: str) -> str:
    """The comparison form: equal for writings that differ only in what nobody means.

    >>> name_key("สมศักดิ์") == name_key(" สมศักดิ "), name_key("สมชาย (ต้น)") == name_key("สมชาย")
    (True, True)
    """
    return _name_key(text) if len(text) <= LONGEST_KEPT else _name_key.__wrapped__(text)


@lru_cache(maxsize=1 << 16)
def _name_key(text: str) -> str:
    text = _without_brackets(thai_digits_to_arabic(clean(text)).lower())
    return clean(_LATIN_O_IN_THAI.sub("อ", text).translate(_WRITTEN))


def _without_brackets(text: str) -> str:
    bare = _BRACKETS.sub(" ", text)
    return bare if bare.strip(" .-") else text


_NOT_HEARD = re.compile(r"[^ก-์a-z0-9]+")
_MUTE = re.compile(r"(?:[ทตดษ](?=[รณ])|ก(?=ษ)|น(?=ท))?[ก-ฮ][ิุ]?์")
_SILENT_END = re.compile(r"(?<=[าัิีุู])([ตธทฒ])[ิุ]$")
_DOUBLE_R = re.compile(r"รร(?=[ก-ฮ](?![ะ-ูเ-ไ]|$)|[ก-ฮ]$)")
_LEADING_H = re.compile(r"ห(?=[งญนมยรลวณ])|อ(?=ย[่า-ู])")
_SILENT_R = re.compile(r"^ทร|(?:^|(?<=[า-ู]))[สศซ]ร")
_AI = re.compile(r"[ไใ]([กขคตทปผพ][รล](?![ะ-ู])|[ก-ฮ])ย?|ัย")
_FINAL = re.compile(r"(?<=ั)[ก-ฮ]|[ก-ฮ]$|(?<=[าิีุู])ญ(?=[ก-ฮ])")
_UNHEARD_MARKS = str.maketrans("", "", "่้๊๋์็ๆฯํฺ๎ๅ")
_TWICE = re.compile(r"(.)\1+")
# Letters of one sound at the head of a syllable, short and long vowels as one. R and l fall together, as in speech;
# ฏ goes with ฎ, for which it is mistyped more often than it stands for itself.
_HEARD_AS = {
    "ค": "ขฃฅฆ",
    "ช": "ฉฌ",
    "ส": "ซศษ",
    "ย": "ญ",
    "ด": "ฎ",
    "ต": "ฏ",
    "ท": "ฐฑฒถธ",
    "น": "ณ",
    "พ": "ผภ",
    "ฟ": "ฝ",
}
_HEARD_AS |= {"ล": "รฬ", "ห": "ฮ", "า": "ะั", "ิ": "ี", "ึ": "ื", "ุ": "ู"}
_HEADS = {ord(letter): heard for heard, letters in _HEARD_AS.items() for letter in letters}
_FINALS = dict.fromkeys("กขฃคฅฆ", "ก") | dict.fromkeys("จชซฌฎฏฐฑฒดตถทธศษส", "ต") | dict.fromkeys("บปพฟภ", "บ")
_FINALS |= dict.fromkeys("นณญรลฬ", "น")


def sound_key(text: str) -> str:
    """How the name sounds, roughly: equal for most spellings that a listener would write.

    >>> sound_key("ศักดิ์ชัย") == sound_key("สักชัย"), sound_key("วรรณา") == sound_key("วันนา")
    (True, True)
    """
    return _sound_key(text) if len(text) <= LONGEST_KEPT else _sound_key.__wrapped__(text)


@lru_cache(maxsize=1 << 16)
def _sound_key(text: str) -> str:
    text = _without_brackets(thai_digits_to_arabic(clean(text)).lower())
    text = _NOT_HEARD.sub("", _LATIN_O_IN_THAI.sub("อ", text))
    text = _SILENT_END.sub(r"\1", _MUTE.sub("", text))
    text = text.replace("ฤๅ", "ลิ").replace("ฤ", "ลิ").replace("ำ", "ัม").translate(_UNHEARD_MARKS)
    text = _DOUBLE_R.sub("ั", text).replace("รร", "ัน")
    text = _SILENT_R.sub("ส", _LEADING_H.sub("", text))
    text = _AI.sub(lambda found: f"{found.group(1) or ''}าย", text)
    text = _FINAL.sub(lambda found: _FINALS.get(found.group(), found.group()), text)
    return _TWICE.sub(r"\1", text.translate(_HEADS))
