"""What the volunteers of the demo write down: made up, and believable for the person they stand before."""

from datetime import date, timedelta
from random import Random

from mudmai.site.demo.visits.phone import Facts, Home
from mudmai.surveys.rules.scales import scales

CAN_HELP_THEMSELVES = 12  # ADL points
_POINTS = ((0, 4), (5, 11), (12, 20))  # bedridden, homebound, active


def opened(home: Home, day: date) -> Facts:
    """A form about a house as it opens, with what is known, at a door that somebody opened."""
    return {**home.facts, "household_key": home.key, "visit_date": day.isoformat(), "visit_outcome": "done"}


def closed(home: Home, day: date, outcome: str, note: str) -> Facts:
    """A visit that came to nothing."""
    return {**opened(home, day), "visit_outcome": outcome, "not_done_note": note}


def barthel(rng: Random, total: int) -> Facts:
    """Ten answers that add up to the total, 0–20."""
    items = scales()["barthel"].items
    points = dict.fromkeys((item.code for item in items), 0)
    while sum(points.values()) < total:
        item = rng.choice([item for item in items if points[item.code] < max(item.points.values())])
        points[item.code] += 1
    return {scales()["barthel"].item_name(code): str(told) for code, told in points.items()}


def home_visit(rng: Random, home: Home, person: Facts, day: date) -> Facts:
    """ADL, vital signs, care and needs of somebody; weaker people need more, and sooner."""
    very_old = person["birth_date"] < "1943"
    total = rng.randint(*rng.choices(_POINTS, [10, 30, 60] if very_old else [2, 8, 90])[0])
    weak = total < CAN_HELP_THEMSELVES
    told = opened(home, day) | person | barthel(rng, total)
    told |= {"adl_today": "yes", "incontinent": "yes" if total <= 4 else "no"}
    told |= {
        "systolic": str(rng.randint(108, 168)),
        "diastolic": str(rng.randint(62, 98)),
        "pulse": str(rng.randint(62, 96)),
        "temperature_c": f"{rng.uniform(36.2, 37.3):.1f}",
        "spo2": str(rng.randint(95, 99)),
        "symptoms": " ".join(
            rng.sample(["pain", "dizzy", "no_appetite", "sleepless", "constipation"], rng.randint(0, 2))
        ),
        "caregiver_state": rng.choice(["always", "always", "sometimes"] if weak else ["not_needed", "sometimes"]),
        "caregiver_relation": rng.choice(["child", "spouse", "grandchild"]),
        "done_today": rng.choice(["วัดความดัน สอนพลิกตัว", "ทำความสะอาดแผล แนะนำอาหาร", "พูดคุย ดูการกินยา"]),
        "next_visit_on": (day + timedelta(days=rng.choice([7, 14]) if weak else 30)).isoformat(),
    }
    if weak:
        told |= {
            "needs": "diapers caregiver" if total <= 4 else "device",
            "need_urgency": rng.choice(["1", "5", "5", "9"]),
        }
    return told


def xray(rng: Random, home: Home, day: date) -> tuple[Facts, list[Facts]]:
    """The house and everybody in it, most of it left as it was known."""
    told = opened(home, day) | {
        "informant": rng.choice(["head", "member"]),
        "house_state": rng.choices(["sound", "worn", "unsafe"], [70, 25, 5])[0],
        "toilet": rng.choice(["squat", "squat", "seat"]),
        "drinking_water": "yes" if rng.random() < 0.9 else "no",
        "electricity": "yes",
        "housing_tenure": "own",
    }
    if rng.random() < 0.3:
        told |= {
            "household_need_kinds": rng.choice(["house_repair", "work capital", "food"]),
            "household_need_urgency": "1",
        }
    return told, [member(rng, person) for person in home.members]


def member(rng: Random, person: Facts) -> Facts:
    """Somebody who still lives there."""
    helpless = "" < person["birth_date"] < "1943" and rng.random() < 0.3
    return person | {
        "member_event": "here",
        "needs_help": "yes" if helpless else "no",
        "needs": "diapers" if helpless else "",
        "need_urgency": "5" if helpless else "",
        "self_care": "no" if helpless else "yes",
        "caregiver_state": rng.choice(["always", "sometimes"]) if helpless else "",
        "chronic_ill": "yes" if helpless or rng.random() < 0.2 else "no",
    }


def low_spirits(home: Home, person: Facts, day: date) -> Facts:
    """2Q, 9Q and 8Q of somebody who thinks at times of being better off dead, and has been helped at once."""
    nine = {scales()["q9"].item_name(item.code): "1" for item in scales()["q9"].items}
    eight = {scales()["q8"].item_name(item.code): "no" for item in scales()["q8"].items}
    return opened(home, day) | person | {"q2_down": "yes", "q2_pleasure": "yes"} | nine | eight | {
        "q8_wish_dead": "yes",
        "told_whom": "station",
        "agrees_to_help": "yes",
        "next_visit_on": (day + timedelta(days=3)).isoformat(),
    }  # fmt: skip
