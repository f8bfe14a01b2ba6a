"""People who do not exist, each with a telephone number that is not in use."""

from dataclasses import dataclass
from random import Random

from sample.lexicon import words

_RARE_EVERY = 14  # one in so many has a character that old software stumbles over


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is answerable for something."""

    name: str
    phone: str


class People:
    """A county's people, hired one by one; nobody's name and nobody's number is given out twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._names: set[str] = set()
        self._numbers = rng.sample(range(100_000), 2_000)
        self._rare = list(words("people")["rare"])
        rng.shuffle(self._rare)

    def hire(self) -> Person:
        """Somebody new."""
        name = self._name()
        while name in self._names:
            name = self._name()
        self._names.add(name)
        return Person(name, f"199000{self._numbers.pop():05d}")

    def _name(self) -> str:
        surname = self._rng.choice(words("people")["surnames"])
        if len(self._names) % _RARE_EVERY == _RARE_EVERY - 1:
            self._rare.append(self._rare.pop(0))
            return f"{surname}{self._rare[-1]}"
        return f"{surname}{self._rng.choice(words('people')['given'])}"
