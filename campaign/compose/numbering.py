"""The numbers of documents (文号) as printed: the one entered when the week was issued, or room for it."""

from collections.abc import Iterable

from campaign.compose.genres import Genre
from campaign.history.register import document_number
from campaign.records import DocumentNumber, Week
from campaign.rulebook.model import Campaign

BLANK_NUMBER = "\u3000"  # a full-width space: the number is written in when the document is issued


def number_of(numbers: Iterable[DocumentNumber], genre: str, subject: str) -> str:
    """The number under which a document was issued; "" where it has none."""
    return next((n.text for n in numbers if (n.genre, n.subject) == (genre, subject)), "")


def number_to_print(week: Week, genre: Genre, subject: str, campaign: Campaign) -> str:
    """The number to print on a document of this week; in a draft it leaves room for the number itself."""
    blank = document_number(campaign.agency_code, genre.stream, week.as_of.year, BLANK_NUMBER)
    return number_of(week.numbers, genre.name, subject) or blank
