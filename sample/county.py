"""A county through its campaign: who was inspected when, what was found, and what every week's books hold."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from campaign.records import (
    Answer,
    Books,
    CheckAnswer,
    Community,
    Company,
    Roster,
    SelfCheck,
    Status,
    Subdistrict,
)
from sample.cases import NOWHERE, Case, live
from sample.incidents import Incidents, happen
from sample.lexicon import Phrase, items
from sample.places import Map, Place, survey

START = date(2023, 3, 29)  # the day the notice's inspection phase begins
WEEKS = 13
SEED = 2023
# Problems found in each of the thirteen weeks: a flood while everything is inspected, then a trickle.
_FOUND = (26, 66, 72, 66, 40, 17, 19, 18, 16, 9, 5, 3, 2)
_VISIT = (1, 2, 2, 3, 3, 4, 5)  # problems found by one visit
_FIRST_VISITS = 0.75
_FOREVER = 0.5
_SPARE_TRIES = 40
_BLEMISHED_WEEK = 4  # the week, from 0, in which a few rows lack a day
_LATE_CHECKS = 5  # communities whose self-check comes weeks after the others


@dataclass(frozen=True, slots=True)
class County:
    """One county with its whole campaign. `fridays` are the closing dates of its weeks."""

    seed: int
    fridays: tuple[date, ...]
    map: Map
    roster: Roster
    cases: tuple[Case, ...]
    self_checks: tuple[SelfCheck, ...]
    incidents: Incidents

    def books(self, as_of: date) -> Books:
        """All that offices have reported by a day, as records: what intake must find in the workbooks.

        Records carry no cells. Problems come in the order of the ledgers: subdistrict, community, day found.
        """
        return Books(
            as_of=as_of,
            roster=self.roster,
            problems=tuple(p for c in self.cases if (p := c.on(as_of)) is not None),
            self_checks=tuple(s for s in self.self_checks if s.checked_on <= as_of),
            spot_checks=self.incidents.spot_checks_by(as_of),
            complaints=self.incidents.complaints_by(as_of),
            activities=self.incidents.activities_by(as_of),
        )


def county(seed: int = SEED, start: date = START, weeks: int = WEEKS) -> County:
    """A county of the notice's size: 61 communities, 28 companies, three subdistricts.

    Args:
        seed: another number is another county: other names, other people, other figures.
        start: the campaign's first day; weeks end on Fridays from then on.
        weeks: how many weeks it is followed, at most thirteen.

    Returns:
        The county with everything that happened in it.
    """
    layout = survey(_chance(seed, "map"))
    first = start + timedelta(days=(4 - start.weekday()) % 7)
    fridays = tuple(first + timedelta(weeks=n) for n in range(min(weeks, WEEKS)))
    cases = tuple(_cases(_chance(seed, "cases"), layout, start, fridays))
    roster = _roster(layout)
    return County(
        seed=seed,
        fridays=fridays,
        map=layout,
        roster=roster,
        cases=cases,
        self_checks=tuple(_self_checks(_chance(seed, "self-checks"), layout, cases, fridays)),
        incidents=happen(_chance(seed, "incidents"), layout, fridays),
    )


def _chance(seed: int, matter: str) -> Random:
    """Each matter has its own chance, so that a change to one leaves the others as they were."""
    return Random(f"county {seed} {matter}")


def _roster(layout: Map) -> Roster:
    return Roster(
        communities=tuple(
            Community(
                p.name, p.subdistrict, p.company.name, p.households, NOWHERE, (p.alias,) if p.alias else ()
            )
            for p in layout.places
        ),
        companies=tuple(
            Company(c.name, c.principal.name, c.principal.phone, NOWHERE, (c.alias,) if c.alias else ())
            for c in layout.companies
        ),
        subdistricts=tuple(Subdistrict(o.name, o.head.name, "主任", NOWHERE) for o in layout.offices),
    )


def _cases(rng: Random, layout: Map, start: date, fridays: tuple[date, ...]) -> list[Case]:
    """Week by week, inspectors visit and find; first every community once, then where it is worst."""
    open_to = [p for p in layout.places if p.company.lot != "spotless"]
    unvisited = rng.sample(open_to, len(open_to))
    cases: list[Case] = []
    texts: set[tuple[str, str]] = set()
    for friday, usual in zip(fridays, _FOUND, strict=False):
        left = max(1, round(usual * rng.uniform(0.95, 1.05)))
        while left > 0:
            if unvisited and rng.random() < _FIRST_VISITS:
                place = unvisited.pop()
            else:
                place = rng.choices(open_to, [_burden(p, layout) for p in open_to])[0]
            day = _working_day(rng, start, friday)
            finds = 1 if place.company.lot == "excellent" else min(left, rng.choice(_VISIT))
            left -= finds
            cases += [_case(rng, layout, place, day, texts) for _ in range(finds)]
    order = {p.name: n for n, p in enumerate(layout.places)}
    cases.sort(key=lambda c: (order[c.place.name], c.found_on))
    return _blemished(rng, cases, fridays)


def _burden(place: Place, layout: Map) -> float:
    lot = {"laggard": 3.0, "excellent": 0.05}.get(place.company.lot, 1.0)
    return lot * layout.office(place.subdistrict).pace * math.sqrt(place.households)


def _working_day(rng: Random, start: date, friday: date) -> date:
    """A day of the week that ends on that Friday, seldom a Saturday or Sunday."""
    days = [friday - timedelta(days=n) for n in range(7)]
    possible = [d for d in days if d >= start]
    return rng.choices(possible, [1 if d.weekday() > 4 else 6 for d in possible])[0]  # noqa: PLR2004


def _case(rng: Random, layout: Map, place: Place, day: date, texts: set[tuple[str, str]]) -> Case:
    phrase, description, measure = _wording(rng, place, texts)
    office = layout.office(place.subdistrict)
    person = rng.choice(office.staff if phrase.who == "subdistrict" else place.company.staff)
    forever = phrase.forever and rng.random() < _FOREVER
    days = max(2, phrase.days + rng.choice((-1, 0, 0, 0, 2)))
    return Case(
        place=place,
        item=phrase.item,
        description=description,
        measure=measure,
        responsible_unit={
            "company": place.company.name,
            "subdistrict": place.subdistrict,
            "developer": place.developer,
        }[phrase.who],
        person=person,
        no_deadline=forever,
        states=tuple(live(rng, office, place, day, days, forever=forever)),
    )


def _wording(rng: Random, place: Place, texts: set[tuple[str, str]]) -> tuple[Phrase, str, str]:
    """A problem the place can have, in words that its ledger does not have yet."""
    for _ in range(_SPARE_TRIES):
        item = rng.choices(items(), [i.weight for i in items()])[0]
        fitting = [p for p in item.phrases if place.has(p.needs)]
        if not fitting:
            continue
        phrase = rng.choice(fitting)
        numbers = fill(rng, place)
        description = phrase.say.format(**numbers)
        if (place.name, phrase.say) not in texts:
            texts.add((place.name, phrase.say))
            return phrase, description, phrase.do.format(**numbers)
    raise RuntimeError("no more problems can be worded for one community")


def fill(rng: Random, place: Place) -> dict[str, str]:
    """Numbers for the braces of a phrase, such as the place can have."""
    building, other = rng.sample(range(1, place.buildings + 1), 2)
    return {
        "b": str(building),
        "b2": str(other),
        "u": str(rng.randint(1, place.units)),
        "f": str(rng.randint(2, place.floors)),
        "n": str(rng.randint(2, 9)),
        "m": str(rng.randint(10, 60)),
        "r": str(rng.randint(55, 92)),
        "y": str(rng.randint(6, 12)),
        "k": str(rng.randint(12, 380) * 100),
    }


def _blemished(rng: Random, cases: list[Case], fridays: tuple[date, ...]) -> list[Case]:
    """Small omissions that only warn: a few rows without a deadline or a day of completion."""
    day = fridays[min(_BLEMISHED_WEEK, len(fridays) - 1)]
    now = [(n, c.on(day)) for n, c in enumerate(cases) if not c.no_deadline]
    unfinished = [n for n, p in now if p is not None and not p.status.done]
    for n in rng.sample(unfinished, min(2, len(unfinished))):
        cases[n] = replace(cases[n], states=tuple(replace(s, due_on=None) for s in cases[n].states))
    rectified = [n for n, p in now if p is not None and p.status is Status.RECTIFIED]
    for n in rng.sample(rectified, min(3, len(rectified))):
        states = (
            replace(s, rectified_on=None) if s.status is Status.RECTIFIED else s for s in cases[n].states
        )
        cases[n] = replace(cases[n], states=tuple(states))
    return cases


def _self_checks(
    rng: Random, layout: Map, cases: tuple[Case, ...], fridays: tuple[date, ...]
) -> Iterator[SelfCheck]:
    """Every community answers the checklist once, mostly soon after the first visit; a few come late."""
    slow = sorted(layout.places, key=lambda p: (-layout.office(p.subdistrict).pace, rng.random()))
    late = {p.name for p in [*slow[: _LATE_CHECKS - 1], rng.choice(slow[_LATE_CHECKS:])]}
    for place in layout.places:
        own = [c for c in cases if c.place.name == place.name]
        if place.name in late:
            weeks = fridays[4:9] or fridays[-1:]
            day = rng.choice(weeks) + timedelta(days=rng.randint(3, 6))
        else:
            begun = min((c.found_on for c in own), default=fridays[0])
            day = min(begun, fridays[min(3, len(fridays) - 1)]) + timedelta(days=rng.randint(0, 4))
        yield _self_check(rng, place, own, day)


def _self_check(rng: Random, place: Place, cases: list[Case], day: date) -> SelfCheck:
    """Answers as the ledger would have them, now and then kinder than the ledger."""
    kind = rng.random() < 0.06  # noqa: PLR2004 - a few forms say all is well
    answers = []
    for item in items():
        known = next((c for c in cases if c.item == item.code and c.found_on <= day), None)
        if known is not None and not kind:
            due = known.states[0].due_on
            words = (known.description, known.measure, due, known.person.name)
            answers.append(CheckAnswer(item.code, Answer.FAIL, *words, NOWHERE))
        else:
            fits = any(place.has(p.needs) for p in item.phrases)
            answer = Answer.PASS if fits else Answer.NOT_APPLICABLE
            answers.append(CheckAnswer(item.code, answer, "", "", None, "", NOWHERE))
    return SelfCheck(place.name, day, tuple(answers), NOWHERE)
