"""The campaign's cast (名册): communities, companies, subdistricts, agencies."""

from dataclasses import dataclass

from campaign.records.places import Origin


@dataclass(frozen=True, slots=True)
class Community:
    """A residential community (小区) with its subdistrict and its company, by their roster names."""

    name: str
    subdistrict: str
    company: str
    households: int | None
    origin: Origin
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A property company (物业企业)."""

    name: str
    principal: str
    phone: str
    origin: Origin
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """A subdistrict office (街道办事处)."""

    name: str
    principal: str
    post: str
    origin: Origin
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody in scope, in the order of the roster workbook."""

    communities: tuple[Community, ...] = ()
    companies: tuple[Company, ...] = ()
    subdistricts: tuple[Subdistrict, ...] = ()
    agencies: tuple[str, ...] = ()  # empty where the roster lists none: then the campaign's rules do

    def community(self, name: str) -> Community | None:
        """The community of that roster name."""
        return next((c for c in self.communities if c.name == name), None)

    def company(self, name: str) -> Company | None:
        """The company of that roster name."""
        return next((c for c in self.companies if c.name == name), None)
