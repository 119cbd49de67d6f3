"""A few invented people of Ko Kha, told by three lists, for the tests of the screens."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from tests.people.town import row, tell

from mudmai.places.services import load_file

MALI, DAENG, CHAI, NEIGHBOUR = "1" * 32, "2" * 32, "3" * 32, "4" * 32
HOUSE_12, HOUSE_13 = "12/3", "13"
PLACE = {"lat": 18.2085, "lon": 99.383}


def dashed(key: str) -> str:
    """A key as it stands in an address."""
    return str(UUID(key))


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    """Counts and tiles of another test's people are not remembered."""
    cache.clear()


@pytest.fixture
def town(db: None, national_codes: None) -> SimpleNamespace:
    """มาลี, 76, bedridden, lives with แดง in 12/3 of village 1, which has a pin; ชัย, 10, in 13, which has none.

    สมาน lives next door in village 2.
    """
    register = tell(
        row("มาลี", id=MALI, title="นาง", sex="f", birth_date="1950-03-15", cid="1520300000019"),
        row("แดง", id=DAENG, title="นาย", sex="m", birth_date="1975-01-02"),
        row("ชัย", "ดีงาม", id=CHAI, house=HOUSE_13, sex="m", birth_date="2016-05-06"),
        row("สมาน", "ใจงาม", id=NEIGHBOUR, house="7", area="52030602", sex="m", birth_date="1990"),
    )
    health = tell(
        row("มาลี", id="5" * 32, adl_group="bedridden", phone=["+66812345678"]),
        kind="bedridden_list",
        links={"5" * 32: MALI},
    )
    survey = tell(row(about="household", **PLACE), kind="volunteer_survey")
    return SimpleNamespace(
        register=register, health=health, survey=survey, mali=dashed(MALI), daeng=dashed(DAENG), chai=dashed(CHAI)
    )


def crowd(count: int, **said: Any) -> None:
    """Many people of village 1, each in a house of her own."""
    tell(*(row(f"คน{n:03d}", "มากมาย", house=str(200 + n), id=f"{n:032x}", **said) for n in range(1, count + 1)))


@pytest.fixture
def outlines(national_codes: None, tmp_path: Path) -> None:
    """Two villages of Ko Kha as squares side by side."""
    (tmp_path / "villages.csv").write_text("code,moo,name_th\n52030601,1,บ้านน้ำล้อม\n52030602,2,บ้านหัวแต\n")
    squares = (("52030601", 99.37), ("52030602", 99.39))
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 18.2], [west, 18.22], [west + 0.02, 18.22], [west + 0.02, 18.2], [west, 18.2]]],
            },
        }
        for code, west in squares
    ]
    (tmp_path / "outlines.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    load_file(tmp_path / "villages.csv")
    load_file(tmp_path / "outlines.geojson")
