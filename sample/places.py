"""Where the campaign takes place: communities and their buildings, companies and staff, three offices.

Names are laid so that careless matching would go wrong: two companies that differ only in 有限公司 and
有限责任公司, two in 服务 and 管理; communities that differ only in 苑 and 花园, in A区 and B区, in 一期 and
二期; one that ends in 小区.
"""

from dataclasses import dataclass
from random import Random

from sample.lexicon import words
from sample.people import People, Person

COMMUNITIES, COMPANIES = 61, 28  # the notice's scope
SUBDISTRICTS = ("都濡街道办事处", "丹砂街道办事处", "大坪街道办事处")
_MOST = 7  # communities of one company
_WALKUP_FLOORS, _TOWER_FLOORS = (5, 6, 6, 7, 7), (11, 17, 18, 24, 26, 31)
_LIFT_FROM, _GARAGE_FROM = 8, 11


@dataclass(frozen=True, slots=True)
class Company:
    """A property company; `pace` says how long it takes over things (1 is usual), `lot` is its place in
    the story: usual, excellent, spotless or laggard.
    """

    name: str
    alias: str
    principal: Person
    staff: tuple[Person, ...]
    pace: float
    lot: str


@dataclass(frozen=True, slots=True)
class Place:
    """A residential community as it stands."""

    name: str
    alias: str
    subdistrict: str
    neighbourhood: str
    company: Company
    developer: str
    households: int
    buildings: int
    units: int
    floors: int

    @property
    def lift(self) -> bool:
        """Whether its buildings have lifts."""
        return self.floors >= _LIFT_FROM

    @property
    def garage(self) -> bool:
        """Whether it has an underground garage."""
        return self.floors >= _GARAGE_FROM

    def has(self, need: str) -> bool:
        """Whether it has what a problem presupposes."""
        return {"": True, "lift": self.lift, "garage": self.garage}[need]


@dataclass(frozen=True, slots=True)
class Office:
    """A subdistrict office. `pace` is how hard it presses (1 is usual), `verifies` the days it takes to
    verify what was put right; `alias_writer` tells that it writes aliases instead of roster names.
    """

    name: str
    head: Person
    staff: tuple[Person, ...]
    pace: float
    verifies: float
    alias_writer: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The whole cast, in roster order."""

    places: tuple[Place, ...]
    companies: tuple[Company, ...]
    offices: tuple[Office, ...]

    def office(self, name: str) -> Office:
        """The subdistrict office of that name."""
        return next(o for o in self.offices if o.name == name)


def survey(rng: Random) -> Map:
    """Lay out a county."""
    people = People(rng)
    offices = _offices(rng, people)
    companies = _companies(rng, people)
    first = rng.randint(26, 30)
    second = rng.randint(17, 20)
    shares = (first, second, COMMUNITIES - first - second)
    homes = [name for name, share in zip(SUBDISTRICTS, shares, strict=True) for _ in range(share)]
    managers = _managers(rng, companies)
    names = _community_names(rng)
    aliases = _former_names(rng, names, homes, offices)
    places = tuple(
        _place(rng, name, alias, home, manager)
        for name, alias, home, manager in zip(names, aliases, homes, managers, strict=True)
    )
    return Map(places, companies, offices)


def _offices(rng: Random, people: People) -> tuple[Office, ...]:
    """One office leads, one lags, and the middle one writes names as people in the street do."""
    tempers = [(0.75, 2.5), (1.6, 9.0)]
    rng.shuffle(tempers)
    tempers.insert(rng.randint(0, 2), (1.0, 5.0))
    return tuple(
        Office(
            name=name,
            head=people.hire(),
            staff=tuple(people.hire() for _ in range(4)),
            pace=pace,
            verifies=verifies,
            alias_writer=name == SUBDISTRICTS[1],
        )
        for name, (pace, verifies) in zip(SUBDISTRICTS, tempers, strict=True)
    )


def _companies(rng: Random, people: People) -> tuple[Company, ...]:
    lists = words("places")["companies"]
    heads = rng.sample(lists["heads"], COMPANIES - 2)
    names = [f"{head}{rng.choice(lists['kinds'])}" for head in heads[2:]]
    twins = [
        f"{heads[0]}物业服务有限公司",
        f"{heads[0]}物业服务有限责任公司",
        f"{heads[1]}物业服务有限公司",
        f"{heads[1]}物业管理有限公司",
    ]
    aliased = {f"{head}{rest}": head for head in heads[2:7] for rest in set(lists["kinds"])}
    lots = ["excellent", "spotless", *["laggard"] * 3, *["usual"] * (COMPANIES - 5 - len(twins))]
    rng.shuffle(lots)
    cast = [*zip(names, lots, strict=True), *((twin, "usual") for twin in twins)]
    rng.shuffle(cast)
    return tuple(
        Company(
            name=name,
            alias=f"{aliased[name]}物业" if name in aliased else "",
            principal=people.hire(),
            staff=tuple(people.hire() for _ in range(rng.randint(2, 4))),
            pace=_pace(rng, lot),
            lot=lot,
        )
        for name, lot in cast
    )


def _pace(rng: Random, lot: str) -> float:
    if lot == "laggard":
        return rng.uniform(3.0, 4.5)
    return 0.4 if lot in {"excellent", "spotless"} else rng.uniform(0.6, 1.3)


def _managers(rng: Random, companies: tuple[Company, ...]) -> list[Company]:
    """Who manages each community: every company at least one, a few of them many, most in one subdistrict."""
    sizes = dict.fromkeys(range(len(companies)), 1)
    weights = [1 / (1 + i) ** 0.7 for i in range(len(companies))]
    rng.shuffle(weights)
    for i, company in enumerate(companies):
        if company.lot == "spotless":
            weights[i] = 0
        if company.lot == "excellent":
            sizes[i] = 3
            weights[i] = 0
        if company.lot == "laggard":
            sizes[i] = 2
    while sum(sizes.values()) < COMMUNITIES:
        grown = rng.choices(range(len(companies)), weights)[0]
        if sizes[grown] < _MOST:
            sizes[grown] += 1
    order = rng.sample(range(len(companies)), len(companies))
    managers = [companies[i] for i in order for _ in range(sizes[i])]
    for _ in range(6):  # some companies work in more than one subdistrict
        a, b = rng.sample(range(COMMUNITIES), 2)
        managers[a], managers[b] = managers[b], managers[a]
    return managers


def _community_names(rng: Random) -> list[str]:
    lists = words("places")
    heads = rng.sample(lists["heads"], COMMUNITIES - 3)
    clusters: list[tuple[str, ...]] = [
        (f"{heads[0]}苑", f"{heads[0]}花园"),
        (f"{heads[1]}园A区", f"{heads[1]}园B区"),
        (f"{heads[2]}家园一期", f"{heads[2]}家园二期"),
        *((f"{head}小区",) for head in heads[3:6]),
        (f"{heads[6]}花园",),
        (f"{heads[7]}苑",),
    ]
    tails = [tail for kind in lists["tails"].values() for tail in kind] * 2
    ends = rng.sample(tails, len(heads) - 8)
    clusters += [(f"{head}{end}",) for head, end in zip(heads[8:], ends, strict=True)]
    rng.shuffle(clusters)
    return [name for cluster in clusters for name in cluster]


def _former_names(rng: Random, names: list[str], homes: list[str], offices: tuple[Office, ...]) -> list[str]:
    """Former names for a few old communities, most of them where the office writes them."""
    writer = next(o.name for o in offices if o.alias_writer)
    old = [i for i, name in enumerate(names) if _walkup(name)]
    inside = [i for i in old if homes[i] == writer]
    outside = [i for i in old if homes[i] != writer]
    chosen = [*rng.sample(inside, min(4, len(inside))), *rng.sample(outside, min(2, len(outside)))]
    aliases = [""] * len(homes)
    for at, former in zip(chosen, rng.sample(words("places")["former"], len(chosen)), strict=True):
        aliases[at] = former
    return aliases


def _walkup(name: str) -> bool:
    return name.endswith((*words("places")["tails"]["walkup"], "小区"))


def _place(rng: Random, name: str, alias: str, subdistrict: str, company: Company) -> Place:
    tower = name.endswith(tuple(words("places")["tails"]["tower"]))
    high = tower or (not _walkup(name) and rng.random() < 0.5)  # noqa: PLR2004
    floors = rng.choice(_TOWER_FLOORS if high else _WALKUP_FLOORS)
    buildings = rng.randint(3, 9) if floors >= _GARAGE_FROM else rng.randint(4, 16)
    units = rng.choice((1, 2)) if floors >= _GARAGE_FROM else rng.choice((2, 3, 4))
    stretch = {s: words("places")["neighbourhoods"][4 * i : 4 * i + 4] for i, s in enumerate(SUBDISTRICTS)}
    return Place(
        name=name,
        alias=alias,
        subdistrict=subdistrict,
        neighbourhood=Random(name[:2]).choice(stretch[subdistrict]),  # both halves of an estate in one
        company=company,
        developer=rng.choice(words("places")["developers"]),
        households=max(24, buildings * units * floors * rng.choice((2, 2, 2, 3)) - rng.randint(0, 21)),
        buildings=buildings,
        units=units,
        floors=floors,
    )
