"""Names of communities, companies, offices: matched to the roster after normalising or by a listed alias.

Likeness alone never matches, it only suggests: 甲物业服务有限公司 and 甲物业管理有限公司 are two companies.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from campaign.intake.text import folded
from campaign.records import Roster
from campaign.rulebook.model import Words

_AND = ("、", ",", "和", "及")  # behind a bare name in a list
_ALIKE = 60
_STEM = 2  # a shorter stem would be found in any text


@dataclass(frozen=True, slots=True)
class Match:
    """The roster's name for a spelling; None with a suggestion (or "") where the roster has no such name."""

    name: str | None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """One kind of name: each accepted spelling's key → roster name; keys two names share are left out."""

    keys: Mapping[str, str]
    forms: tuple[Callable[[str], str], ...]

    def match(self, text: str) -> Match:
        """The name meant by a text."""
        for form in self.forms:
            name = self.keys.get(form(text))
            if name:
                return Match(name)
        alike = process.extractOne(folded(text), list(self.keys), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return Match(None, f"，是否“{self.keys[alike[0]]}”" if alike else "")


def _without(endings: tuple[str, ...]) -> Callable[[str], str]:
    """A name without what may be left out at its end, the longest that fits; whole if nothing were left."""
    longest_first = sorted(map(folded, endings), key=len, reverse=True)

    def stem(text: str) -> str:
        key = folded(text)
        ending = next((e for e in longest_first if key.endswith(e)), "")
        return key.removesuffix(ending) or key

    return stem


def _directory(
    entries: Iterable[tuple[str, tuple[str, ...]]], forms: tuple[Callable[[str], str], ...]
) -> Directory:
    """Exact spellings win over shortened ones; a shortened one that two names share belongs to neither."""
    owners: dict[str, set[str]] = {}
    exact: dict[str, str] = {}
    for name, aliases in entries:
        exact[folded(name)] = name
        for spelling in (name, *aliases):
            for form in forms:
                owners.setdefault(form(spelling), set()).add(name)
    shared = {key: next(iter(names)) for key, names in owners.items() if len(names) == 1}
    return Directory({**shared, **exact}, forms)


@dataclass(frozen=True, slots=True)
class Names:
    """All names in scope."""

    communities: Directory
    companies: Directory
    subdistricts: Directory
    agencies: Directory
    stems: Mapping[str, str]  # a subdistrict's name without its ending → its name
    endings: tuple[str, ...]  # what stands behind such a stem where a text names the subdistrict

    def unit(self, text: str) -> Match:
        """A unit of any kind: subdistrict, agency or company."""
        tried = [d.match(text) for d in (self.subdistricts, self.agencies, self.companies)]
        return next((m for m in tried if m.name), next((m for m in tried if m.hint), Match(None)))

    def office_in(self, text: str, *, stem_alone: bool = False) -> str | None:
        """The one subdistrict named in a stretch of text; None where there is none or more than one.

        It is named with its ending, or bare in a list before another; with `stem_alone` the bare name is
        enough, as in the name of a file.
        """
        key = folded(text)
        found = {
            name
            for stem, name in self.stems.items()
            if len(stem) >= _STEM
            and ((stem_alone and stem in key) or any(stem + behind in key for behind in self.endings))
        }
        return found.pop() if len(found) == 1 else None


def names_of(roster: Roster, agencies: Iterable[tuple[str, tuple[str, ...]]], words: Words) -> Names:
    """The roster's names (and the member agencies'), ready for look-up.

    What may be left out at the end of a name is the campaign's (rules/headings.yaml, values, suffix).
    """
    endings = words.values.get("suffix", {})
    office = _without(endings.get("subdistrict", ()))
    return Names(
        communities=_directory(
            ((c.name, c.aliases) for c in roster.communities),
            (folded, _without(endings.get("community", ()))),
        ),
        companies=_directory(((c.name, c.aliases) for c in roster.companies), (folded,)),
        subdistricts=_directory(((s.name, s.aliases) for s in roster.subdistricts), (folded, office)),
        agencies=_directory(agencies, (folded,)),
        stems={office(s.name): s.name for s in roster.subdistricts},
        endings=(*map(folded, endings.get("subdistrict", ())), *_AND),
    )
