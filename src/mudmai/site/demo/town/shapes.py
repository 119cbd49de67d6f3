"""The shapes of households in an ageing northern town, and how often each is met.

The shares follow the picture that Thai household surveys give of the upper north (many small and old households, three
generations under one roof still common, grandparents raising grandchildren while the parents work in the city).
"""

from collections.abc import Callable

from mudmai.site.demo.names import stateless_name
from mudmai.site.demo.town.families import (
    FATHER,
    GRANDCHILD,
    HEAD,
    LODGER,
    MOTHER,
    SIBLING,
    SPOUSE,
    Families,
)
from mudmai.site.demo.town.persons import House, Person, Sex

AWAY = 0.17  # grown children who work elsewhere and stay on the register
IN_MARRIED_ELSEWHERE = 0.05  # sons-in-law and wives who live here and stayed on their parents' register


def settle(families: Families, houses: list[House]) -> None:
    """Fill every house with a household."""
    rng = families.rng
    shapes, weights = zip(*SHAPES, strict=True)
    stateless = set(rng.sample(range(len(houses)), max(2, len(houses) // 300)))
    for i, house in enumerate(houses):
        if house.kind == "temple":
            temple(families, house)
        elif i in stateless:
            stateless_family(families, house)
        else:
            rng.choices(shapes, weights)[0](families, house)
    _namesakes(families, max(1, len(houses) // 500))


def _namesakes(f: Families, pairs: int) -> None:
    """Two of one name, in houses of one village, of about one age: neighbours, not the same person."""
    grown = [p for p in f.people if p.age_on(f.today) >= 25 and not p.rank and p.status == "citizen"]
    f.rng.shuffle(grown)
    for person in grown:
        others = (p for p in grown if p.house is not person.house and p.given != person.given and _alike(p, person))
        if pairs and (namesake := next(others, None)):
            namesake.given = person.given
            pairs -= 1


def _alike(one: Person, other: Person) -> bool:
    near = one.house.moo == other.house.moo and abs(one.birth.year - other.birth.year) <= 6
    return near and one.sex == other.sex and one.family == other.family


def old_and_alone(f: Families, house: House) -> None:
    sex: Sex = "F" if f.rng.random() < 0.68 else "M"
    birth = f.birth_at_age(round(f.rng.triangular(60, 96, 75)))
    person = f.person(house, sex, birth, HEAD, f.clan(house), married=sex == "F" and f.rng.random() < 0.8)
    if sex == "F":
        if person.married:
            person.maiden = f.names.of_village(house.moo - 1)
        if f.rng.random() < 0.4:
            _away(f.children(person, None, 1, oldest=48))


def old_couple(f: Families, house: House) -> None:
    husband, wife = f.couple(house, f.birth_at_age(round(f.rng.triangular(55, 86, 66))))
    if f.rng.random() < 0.4:
        _away(f.children(wife, husband, 1, oldest=45))


def one_adult(f: Families, house: House) -> None:
    sex: Sex = "M" if f.rng.random() < 0.6 else "F"
    f.person(house, sex, f.birth_at_age(f.rng.randint(27, 66)), HEAD, f.clan(house))


def couple_without_children(f: Families, house: House) -> None:
    _stays_on_own_register(f, *f.couple(house, f.birth_at_age(round(f.rng.triangular(23, 66, 55)))))


def parents_and_children(f: Families, house: House) -> None:
    husband, wife = f.couple(house, f.birth_at_age(round(f.rng.triangular(24, 60, 48))))
    _stays_on_own_register(f, wife)
    count = f.rng.choices((1, 2, 3), (0.6, 0.34, 0.06))[0]
    _some_away(f, f.children(wife, husband, count, oldest=30))


def three_generations(f: Families, house: House) -> None:
    husband, wife = f.couple(house, f.birth_at_age(f.rng.randint(27, 54)), (HEAD, SPOUSE))
    _some_away(f, f.children(wife, husband, f.rng.choices((1, 2, 3), (0.58, 0.37, 0.05))[0], oldest=24))
    # In the north the young man moves in with her parents as often as the other way round.
    child, relations = (wife, ("มารดาของคู่สมรส", "บิดาของคู่สมรส")) if f.rng.random() < 0.5 else (husband, (MOTHER, FATHER))
    grandmother = f.mother_of(child, relations[0])
    if f.rng.random() < 0.45 - (grandmother.age_on(f.today) > 75) * 0.25:
        child.father = f.husband_of(grandmother, relations[1])
    _stays_on_own_register(f, husband if child is wife else wife)


def grandparents_and_grandchildren(f: Families, house: House) -> None:
    """The parents work in the city; one of them is still on the register."""
    grandmother = f.person(house, "F", f.birth_at_age(f.rng.randint(50, 74)), HEAD, f.clan(house), married=True)
    grandmother.maiden = f.names.of_village(house.moo - 1)
    grandfather = f.husband_of(grandmother, SPOUSE) if f.rng.random() < 0.5 else None
    parents = f.children(grandmother, grandfather, 1, oldest=44)
    for parent in parents:
        parent.lives_here = False
        if parent.age_on(f.today) < 19:
            parent.lives_here = True
        elif parent.sex == "F":
            f.children(parent, None, f.rng.choice((1, 1, 2)), relation=GRANDCHILD, oldest=16)
        else:
            _grandchild_of_a_son(f, parent)


def _grandchild_of_a_son(f: Families, father: Person) -> None:
    age = max(1, father.age_on(f.today) - f.rng.randint(20, 32))
    sex: Sex = f.rng.choice(("M", "F"))
    f.person(father.house, sex, f.birth_at_age(min(age, 16)), GRANDCHILD, father.family, father=father)


def single_mother(f: Families, house: House) -> None:
    mother = f.person(house, "F", f.birth_at_age(f.rng.randint(22, 50)), HEAD, f.clan(house))
    f.children(mother, None, f.rng.choice((1, 1, 2)), oldest=20)
    if f.rng.random() < 0.35:
        f.mother_of(mother, MOTHER)


def grown_child_with_parent(f: Families, house: House) -> None:
    mother = f.person(
        house, "F", f.birth_at_age(round(f.rng.triangular(56, 92, 70))), HEAD, f.clan(house), married=True
    )
    mother.maiden = f.names.of_village(house.moo - 1)
    father = f.husband_of(mother, SPOUSE) if f.rng.random() < 0.35 else None
    f.children(mother, father, f.rng.choice((1, 1, 2)), oldest=58)


def brothers_and_sisters(f: Families, house: House) -> None:
    family, age = f.clan(house), f.rng.randint(45, 78)
    for i in range(2):
        sex: Sex = f.rng.choice(("M", "F"))
        f.person(house, sex, f.birth_at_age(age - 3 * i), SIBLING if i else HEAD, family)


def lodgers(f: Families, house: House) -> None:
    """Workers from elsewhere: they live here, their names are on another town's register."""
    if f.rng.random() < 0.5:
        people = list(f.couple(house, f.birth_at_age(f.rng.randint(21, 40))))
        people += f.children(people[1], people[0], f.rng.choice((0, 1, 1)), oldest=12)
    else:
        people = [f.person(house, f.rng.choice(("M", "F")), f.birth_at_age(f.rng.randint(20, 50)), HEAD, "")]
    for person in people:
        person.register = "elsewhere"
        person.family = person.family or f.names.of_a_stranger()


def temple(f: Families, house: House) -> None:
    for i in range(f.rng.randint(4, 7)):
        abbot, monk, novice = f.rng.randint(60, 82), f.rng.randint(22, 59), f.rng.randint(12, 18)
        age = novice if i > 3 else monk if i else abbot
        relation = LODGER if i else HEAD
        f.person(house, "M", f.birth_at_age(age), relation, f.names.of_village(house.moo - 1), rank="พระ")


def stateless_family(f: Families, house: House) -> None:
    """A Tai family: 0-, 6- and 7-numbers, one child with no number at all."""
    husband, wife = f.couple(house, f.birth_at_age(f.rng.randint(24, 45)))
    for person in (husband, wife):
        person.given, person.family = stateless_name(f.rng, person.sex)
        person.married = person.sex == "M"
        person.nationality = "ไม่ได้สัญชาติไทย"
        person.status = f.rng.choice(("stateless", "stateless", "unregistered"))
    children = f.children(wife, husband, 2, oldest=14)
    for child in children:
        child.family, child.nationality, child.status = husband.family, "ไม่ได้สัญชาติไทย", "alien_child"
    if children and f.rng.random() < 0.6:
        children[-1].status, children[-1].register = "no_number", "nowhere"


def _away(people: list[Person]) -> None:
    for person in people:
        person.lives_here = False


def _some_away(f: Families, children: list[Person]) -> None:
    for child in children:
        if child.age_on(f.today) >= 19 and f.rng.random() < AWAY * 2:
            child.lives_here = False


def _stays_on_own_register(f: Families, *people: Person) -> None:
    for person in people:
        if f.rng.random() < IN_MARRIED_ELSEWHERE:
            person.register = "elsewhere"


SHAPES: tuple[tuple[Callable[[Families, House], None], float], ...] = (
    (old_and_alone, 9.5),
    (old_couple, 8.5),
    (one_adult, 10.5),
    (couple_without_children, 9.0),
    (parents_and_children, 29.0),
    (three_generations, 11.0),
    (grandparents_and_grandchildren, 6.0),
    (single_mother, 4.5),
    (grown_child_with_parent, 8.5),
    (brothers_and_sisters, 1.0),
    (lodgers, 1.5),
)
