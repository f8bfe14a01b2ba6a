"""Whose a problem is, and who is liable for it."""

from collections.abc import Mapping
from typing import Self

from campaign.intake.names import Names, names_of
from campaign.records import Books, Community, ItemCode, Problem, SubjectKind
from campaign.rulebook.model import Rulebook

Key = tuple[SubjectKind, str]

_OFFICES = {SubjectKind.SUBDISTRICT: "subdistrict", SubjectKind.AGENCY: "agency"}


class Owners:
    """Who is meant by a name as typed, and what follows for problems; made once for a week's books."""

    def __init__(
        self,
        directory: Names,
        keys: dict[str, Key | None],
        communities: Mapping[str, Community],
        words: Mapping[ItemCode, str],
    ) -> None:
        """Prepare the look-up of everybody who can be scored; `words` is who is liable for an item."""
        self._directory = directory
        self._keys = keys
        self._communities = communities
        self._words = words

    @classmethod
    def of(cls, books: Books, rulebook: Rulebook) -> Self:
        """The owners of a week's problems."""
        agencies, roster = rulebook.campaign.agencies, books.roster
        return cls(
            names_of(roster, [(a.name, a.aliases) for a in agencies], rulebook.words),
            {
                "": None,
                **{a.name: (SubjectKind.AGENCY, a.name) for a in agencies},
                **{c.name: (SubjectKind.COMPANY, c.name) for c in roster.companies},
                **{s.name: (SubjectKind.SUBDISTRICT, s.name) for s in roster.subdistricts},
            },
            {c.name: c for c in roster.communities},
            {item.code: item.liable for group in rulebook.checklist.groups for item in group.items},
        )

    def named(self, text: str) -> Key | None:
        """Kind and name of the subject, by the rules of intake: the name, a short form or a listed alias;
        None where the text names none.
        """
        if text not in self._keys:
            self._keys[text] = self._keys.get(self._directory.unit(text).name or "")
        return self._keys[text]

    def official(self, text: str) -> str:
        """The official name; empty where the text names none."""
        key = self.named(text)
        return key[1] if key else ""

    def of_place(self, community: str, subdistrict: str = "", company: str = "") -> frozenset[Key]:
        """A community's subdistrict and company; those named instead where the roster no longer has it."""
        place = self._communities.get(community)
        if place is None:
            keys = (self._keys.get(subdistrict), self._keys.get(company))
            return frozenset(key for key in keys if key)
        return frozenset({(SubjectKind.SUBDISTRICT, place.subdistrict), (SubjectKind.COMPANY, place.company)})

    def of_problem(self, problem: Problem) -> frozenset[Key]:
        """Its community's subdistrict and company, and the agency responsible for it."""
        keys = self.of_place(problem.community, problem.subdistrict, problem.company)
        responsible = self.named(problem.responsible_unit)
        if responsible and responsible[0] is SubjectKind.AGENCY:
            return keys | {responsible}
        return keys

    def liable(self, problem: Problem) -> str:
        """Who is liable: the checklist's word, unless the ledger names an office instead of the company.

        A row without an item stands in the ledger under the name of its company, and so counts as its.
        """
        word = self._words.get(problem.item, "company") if problem.item else "company"
        responsible = self.named(problem.responsible_unit)
        if word == "company" and responsible:
            word = _OFFICES.get(responsible[0], word)
        return word

    def liable_unit(self, unit: str) -> str:
        """Who is liable where nothing but the unit inspected is known."""
        key = self.named(unit)
        return _OFFICES.get(key[0], "company") if key else ""
