"""A mistake in a template: where it is, what is wrong and what to do. A value, never raised: all are told
together.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake. `line` counts from 1, 0 where it is the file's as a whole; a `hint` is only worth
    knowing.
    """

    file: str
    line: int
    what: str
    hint: bool = False

    def __str__(self) -> str:
        """As it is shown."""
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{place}：{self.what}"
