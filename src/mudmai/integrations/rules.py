"""What another program may ask in one question, and how often."""

from typing import Literal, NamedTuple

MOST_ROWS = 100  # people in one question
ROWS_A_MINUTE = 300
ROWS_A_DAY = 10_000

Known = Literal["known", "unsure", "unknown"]


class Asked(NamedTuple):
    """One person asked about, as it came; "" where nothing is told."""

    given: str = ""
    family: str = ""
    birth: str = ""
    cid: str = ""
    house: str = ""
    area: str = ""


class Answer(NamedTuple):
    """All that is told: whether the person is known, and the code by which the asker finds the person; "" for none."""

    answer: Known
    code: str = ""


def tells_enough(asked: Asked) -> bool:
    """Whether this singles somebody out. A name alone would turn the answer into a list of who lives here.

    >>> tells_enough(Asked(given="มาลี", family="ใจดี")), tells_enough(Asked(cid="1520300000018"))
    (False, False)
    >>> tells_enough(Asked(given="มาลี", family="ใจดี", birth="2493")), tells_enough(Asked("มาลี", cid="1520300000018"))
    (True, True)
    """
    with_house = asked.house and asked.area
    return bool(asked.given and (asked.cid or (asked.family and (asked.birth or with_house))))
