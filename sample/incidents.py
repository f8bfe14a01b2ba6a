"""What reaches the leading group's office besides ledgers: spot checks, complaints, counts of work done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from campaign.records import Activity, Complaint, SpotCheck
from sample.cases import NOWHERE
from sample.lexicon import pairs, words
from sample.places import Map, Place

_FIRST_SPOT_CHECK = 2  # weeks after the first closing date
_COMPLAINTS = (5, 11)  # in one week
_UNSETTLED = 0.18


@dataclass(frozen=True, slots=True)
class Incidents:
    """Everything that was noted, with the Friday of the week for the counts of work."""

    spot_checks: tuple[SpotCheck, ...]
    complaints: tuple[Complaint, ...]
    activities: tuple[tuple[date, tuple[Activity, ...]], ...]

    def spot_checks_by(self, day: date) -> tuple[SpotCheck, ...] | None:
        """Spot checks up to a day; None before there was any, for nobody hands in an empty table."""
        return tuple(s for s in self.spot_checks if s.checked_on <= day) or None

    def complaints_by(self, day: date) -> tuple[Complaint, ...] | None:
        """Complaints received up to a day, as they stood on it."""
        return (
            tuple(
                replace(c, settled_on=c.settled_on if c.settled_on and c.settled_on <= day else None)
                for c in self.complaints
                if c.received_on <= day
            )
            or None
        )

    def activities_by(self, day: date) -> tuple[Activity, ...] | None:
        """The latest counts reported by a day; they add up from week to week."""
        return next((counts for friday, counts in reversed(self.activities) if friday <= day), None)


def happen(rng: Random, layout: Map, fridays: tuple[date, ...]) -> Incidents:
    """A county's incidents over some weeks."""
    return Incidents(
        spot_checks=tuple(sorted(_spot_checks(rng, layout, fridays), key=lambda s: s.checked_on)),
        complaints=tuple(sorted(_complaints(rng, layout, fridays), key=lambda c: c.received_on)),
        activities=tuple(_activities(rng, layout, fridays)),
    )


def _spot_checks(rng: Random, layout: Map, fridays: tuple[date, ...]) -> Iterator[SpotCheck]:
    lists = words("incidents")["spot_checks"]
    for friday in fridays[_FIRST_SPOT_CHECK:]:
        for office in layout.offices:
            place = rng.choice([p for p in layout.places if p.subdistrict == office.name])
            day = friday - timedelta(days=rng.randint(0, 4))
            offered = pairs(lists["subdistrict"])
            good, bad = offered[3::2], [offered[n] for n in (0, 1, 2, 4)]
            finding, handling = rng.choice(good if rng.random() > office.pace / 1.6 else bad)
            named = place.name if rng.random() < 0.7 else ""  # noqa: PLR2004
            yield _spot_check(rng, day, office.name, named, finding, handling)
        place = rng.choice(layout.places)
        finding, handling = rng.choice(pairs(lists["company"]))
        day = friday - timedelta(days=rng.randint(0, 4))
        yield _spot_check(
            rng,
            day,
            place.company.name,
            place.name,
            finding.format(b=rng.randint(1, place.buildings), n="{n}"),
            handling,
        )
        if rng.random() < 0.4:  # noqa: PLR2004
            agency = rng.choice(words("incidents")["agencies"][1:5])
            finding, handling = rng.choice(pairs(lists["agency"]))
            yield _spot_check(rng, day, agency, "", finding, handling)


def _spot_check(rng: Random, day: date, unit: str, community: str, finding: str, handling: str) -> SpotCheck:
    return SpotCheck(day, unit, community, finding.format(n=rng.randint(2, 6)), handling, NOWHERE)


def _complaints(rng: Random, layout: Map, fridays: tuple[date, ...]) -> Iterator[Complaint]:
    for friday in fridays:
        for _ in range(rng.randint(*_COMPLAINTS)):
            place = rng.choices(layout.places, [_annoyance(p) for p in layout.places])[0]
            received = friday - timedelta(days=rng.randint(0, min(6, (friday - fridays[0]).days + 2)))
            settled = received + timedelta(days=1 + round(rng.expovariate(1 / 6)))
            content = rng.choice(words("incidents")["complaints"]).format(
                b=rng.randint(1, place.buildings),
                u=rng.randint(1, place.units),
                n=rng.randint(2, 9),
                m=rng.randint(10, 40),
                k=rng.randint(5, 30) * 100,
            )
            handler = rng.choice((place.subdistrict, place.company.name, "县住房城乡建设局"))
            last = None if rng.random() < _UNSETTLED else settled
            yield Complaint(received, place.name, content, handler, last, NOWHERE)


def _annoyance(place: Place) -> float:
    return place.households * place.company.pace


def _activities(
    rng: Random, layout: Map, fridays: tuple[date, ...]
) -> Iterator[tuple[date, tuple[Activity, ...]]]:
    kinds = words("incidents")["activities"]
    busy = {o.name: 1.6 / o.pace for o in layout.offices}
    busy |= {agency: rng.uniform(0.1, 0.9) for agency in words("incidents")["agencies"]}
    totals = {(unit, kind): 0 for unit in busy for kind, _ in kinds}
    for friday in fridays:
        for unit, zeal in busy.items():
            for kind, usual in kinds:
                totals[unit, kind] += round(usual * zeal * rng.uniform(0.4, 1.4))
        counts = (Activity(unit, kind, count, NOWHERE) for (unit, kind), count in totals.items())
        yield friday, tuple(counts)
