"""Pages as the browser asks for them, through all middleware and templates."""

import math
import random
from datetime import date

from benchmarks import figures
from benchmarks.population import FAMILY, GIVEN


def main() -> None:
    figures.start()
    from django.conf import settings
    from django.test import Client

    from mudmai.access.models import Duty
    from mudmai.accounts.models import User
    from mudmai.people.models import Household, Person

    settings.ALLOWED_HOSTS = ["testserver"]
    user, _ = User.objects.get_or_create(username="benchmark", defaults={"full_name": "benchmark"})
    Duty.objects.get_or_create(user=user, role="registrar", area_code="50", defaults={"starts_on": date(2026, 1, 1)})
    client = Client()
    client.force_login(user)
    chance = random.Random(1)

    def get(path: str) -> None:
        answer = client.get(path, HTTP_HX_REQUEST="true") if path.startswith("/search") else client.get(path)
        assert answer.status_code in {200, 204}, (path, answer.status_code)
        b"".join(answer) if answer.streaming else answer.content

    def a_name() -> str:
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        return chance.choice([given[: chance.randint(2, 5)], given, f"{given} {family[:4]}", given[:-1] + "ก"])

    def a_key(model: type[Person] | type[Household]) -> str:
        row = model.objects.order_by("area_code", "sort_key", "id")[chance.randrange(model.objects.count())]
        return f"{row.area_code}|{row.pk.hex}|{row.sort_key}"

    persons, houses = [a_key(Person) for _ in range(10)], [a_key(Household) for _ in range(10)]
    get("/search/?q=สม")
    figures.tell("search as you type, p95", figures.p95_ms(lambda n: get(f"/search/?q={a_name()}")), "ms", limit=100)
    figures.tell(
        "persons, any depth, p95", figures.p95_ms(lambda n: get(f"/persons/?after={persons[n % 10]}")), "ms", limit=150
    )
    figures.tell(
        "persons, born before 2480",
        figures.p95_ms(lambda n: get(f"/persons/?age=90&after={persons[n % 10]}")),
        "ms",
        limit=150,
    )
    figures.tell("persons, bedridden, p95", figures.p95_ms(lambda n: get("/persons/?fact=bedridden")), "ms", limit=150)
    figures.tell(
        "households, any depth, p95",
        figures.p95_ms(lambda n: get(f"/households/?after={houses[n % 10]}")),
        "ms",
        limit=150,
    )
    for zoom in (7, 10, 13, 16):
        figures.tell(
            f"map tile, zoom {zoom}, p95", figures.p95_ms(lambda n, z=zoom: get(tile(z, chance)), 40), "ms", limit=100
        )
    figures.tell("home page, p95", figures.p95_ms(lambda n: get("/")), "ms", limit=200)
    figures.tell("memory of the web process", figures.peak_gb(), "GB")


def tile(zoom: int, chance: random.Random) -> str:
    lat, lon = 18.2 + chance.random(), 98.2 + chance.random()
    n = 1 << zoom
    x = int((lon + 180) / 360 * n)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n)
    return f"/map/tiles/{zoom}/{x}/{y}.mvt"


if __name__ == "__main__":
    main()
