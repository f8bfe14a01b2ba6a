"""A zip package, its parts found by name as Office finds them."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo


class Package(ZipFile):
    """A zip package whose parts are found as Office finds them: in any case, with slashes of either kind.

    Several programs, Chinese ones among them, write such names, and readers that look for the exact name lose
    the strings or all of the sheets.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self._by_folded_name = {folded_name(name): entry for name, entry in self.NameToInfo.items()}

    def getinfo(self, name: str) -> ZipInfo:
        """The part of that name.

        Raises:
            KeyError: there is none.
        """
        return self.NameToInfo.get(name) or self._by_folded_name[folded_name(name)]

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return folded_name(name) in self._by_folded_name


def folded_name(name: str) -> str:
    """A part's name as it is compared."""
    return name.replace("\\", "/").lstrip("/").casefold()
