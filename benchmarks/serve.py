"""Pages as the browser asks for them, through all middleware and templates.

The home page and the map are asked as right after a change of the registry: with nothing kept from before.
"""

import math
import random
import sys
import time
from collections.abc import Callable
from datetime import date

from benchmarks import figures
from benchmarks.population import family_name, given_name


def main() -> None:
    count = int(sys.argv[1])
    figures.start()
    from django.conf import settings
    from django.core.cache import cache
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

    def tell(name: str, path: Callable[[int], str], limit: int, *, times: int = 60, cold: bool = False) -> None:
        """`cold`: with the cache emptied before each request, as any change of the registry leaves it."""
        before = cache.clear if cold else None
        figures.tell(name, figures.p95_ms(lambda n: get(path(n)), times, before), "ms", limit=limit)

    def a_name(_: int) -> str:
        given, family = given_name(chance), family_name(chance, chance.randrange(count // 3))
        typed = chance.choice([given[: chance.randint(2, 5)], given, f"{given} {family[:4]}", given[:-1] + "ก"])
        return f"/search/?q={typed}"

    def some_keys(model: type[Person] | type[Household]) -> list[str]:
        keys = model.objects.order_by("area_code", "sort_key", "id").values_list("area_code", "id", "sort_key")
        found = [keys[chance.randrange(count // 3)] for _ in range(10)]
        return [f"{area}|{key.hex}|{order}" for area, key, order in found]

    memory, begun = figures.own_mb(), time.perf_counter()
    get("/search/?q=ฆฆฆฆฆ ฌฌฌฌฌ")  # nobody's name, so that all ways to find one are tried
    figures.tell("first search: builds the dictionary", round((time.perf_counter() - begun) * 1000), "ms")
    figures.tell("memory of the dictionary", figures.own_mb() - memory, "MB")
    tell("search as you type, p95", a_name, 100, times=200)
    persons, houses = some_keys(Person), some_keys(Household)
    tell("persons, any depth, p95", lambda n: f"/persons/?after={persons[n % 10]}", 150)
    tell("persons, born before 2480, p95", lambda n: f"/persons/?age=90&after={persons[n % 10]}", 150)
    tell("persons, bedridden, p95", lambda n: "/persons/?fact=bedridden", 150)
    tell("households, any depth, p95", lambda n: f"/households/?after={houses[n % 10]}", 150)
    for zoom in (7, 10, 13, 16):
        tell(f"map tile, zoom {zoom}, p95", lambda n, z=zoom: tile(z, chance), 100, times=40, cold=True)
    tell("home page, p95", lambda n: "/", 200, cold=True)
    figures.tell("memory of the web process", figures.peak_gb(), "GB")


def tile(zoom: int, chance: random.Random) -> str:
    """A tile somewhere in the province."""
    lat, lon = 18.2 + chance.random(), 98.2 + chance.random()
    n = 1 << zoom
    x = int((lon + 180) / 360 * n)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n)
    return f"/map/tiles/{zoom}/{x}/{y}.mvt"


if __name__ == "__main__":
    main()
