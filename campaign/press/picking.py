"""Which issued week is meant by what the clerk types: 第5期, 5, 2023年第5期, 2023-04-28."""

import re
import unicodedata
from collections.abc import Sequence

from campaign.errors import UsageError
from campaign.history.archive import Issued, folder_name, latest

_NUMBER = re.compile(r"(?:(\d{4})年)?第?(\d+)期?")


class UnknownIssueError(UsageError):
    """No issued week is called so, or several are."""


def pick(known: Sequence[Issued], words: str) -> Issued:
    """The issued week that is meant, in its last edition; a folder's name means that very edition.

    Raises:
        UnknownIssueError: none is called so, or the bulletins of several years are.
    """
    plain = "".join(unicodedata.normalize("NFKC", words).split())
    exact = [week for week in known if week.manifest.folder == plain]
    if exact and plain != folder_name(exact[0].manifest.as_of):
        return exact[0]
    number = _NUMBER.fullmatch(plain)
    found = [
        week
        for week in latest(known)
        if week.manifest.as_of.isoformat() == plain
        or (
            number
            and week.manifest.number == int(number[2])
            and number[1] in {None, str(week.manifest.as_of.year)}
        )
    ]
    if len(found) == 1:
        return found[0]
    listed = "、".join(
        f"{week.manifest.words}（截至{week.manifest.as_of}）" for week in found or latest(known)
    )
    if found:
        raise UnknownIssueError(
            f"“{words}”有{len(found)}个：{listed}；请写明年份，如 2023年第5期，或写截至日期"
        )
    raise UnknownIssueError(
        f"没有印发过“{words}”；" + (f"印发过的有：{listed}" if listed else "归档里还没有任何一期")
    )
