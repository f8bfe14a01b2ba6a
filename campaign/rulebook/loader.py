"""From the folder `rules/` to a checked `Rulebook`."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from campaign.errors import RulesError
from campaign.records import SubjectKind
from campaign.rulebook.campaign import CAMPAIGN_KEYS, CAMPAIGN_MAY, read_campaign
from campaign.rulebook.checklist import read_checklist
from campaign.rulebook.consequences import read_consequences
from campaign.rulebook.events import subject_zh
from campaign.rulebook.model import Campaign, Checklist, Rulebook, Scheme
from campaign.rulebook.reader import Entry, quoted, read
from campaign.rulebook.scoring import read_scheme
from campaign.rulebook.words import read_words

_FILES = ("campaign.yaml", "checklist.yaml", "consequences.yaml", "headings.yaml")
_SCORING = "scoring"
_CASES = "cases"  # examples beside the rules: they decide nothing and are no part of the digest


def load(rules_dir: Path, shared: Path | None = None) -> Rulebook:
    """Read and check all rule files below `rules_dir`; those it lacks are taken from `shared`, if given.

    Raises:
        RulesError: a file is missing, not known or wrong; the message names file and line.
    """
    names = _names(rules_dir)
    paths = {name: _path(rules_dir, shared, name) for name in names}
    entries = {name: read(path, f"{rules_dir.name}/{name}") for name, path in paths.items()}
    fields = entries["campaign.yaml"].mapping(("rulebook", *CAMPAIGN_KEYS), CAMPAIGN_MAY)
    about = fields["rulebook"].mapping(("title", "specimen"))
    campaign = read_campaign(fields)
    checklist = read_checklist(entries["checklist.yaml"], [agency.name for agency in campaign.agencies])
    scoring = [entries[name] for name in names if name.startswith(f"{_SCORING}/")]
    schemes = _schemes(scoring, campaign, checklist)
    outcomes = read_consequences(entries["consequences.yaml"], campaign, checklist, schemes)
    return Rulebook(
        title=about["title"].text(),
        specimen=about["specimen"].text(blank=True),
        campaign=campaign,
        checklist=checklist,
        words=read_words(entries["headings.yaml"]),
        schemes=tuple(schemes[kind] for kind in SubjectKind if kind in schemes),
        consequences=outcomes.consequences,
        interview=outcomes.interview,
        digest=_digest(paths),
        files=names,
        ladders=outcomes.ladders,
        notices=outcomes.notices,
    )


def _names(rules_dir: Path) -> tuple[str, ...]:
    """The rule files, by their path below `rules_dir`; one that would not be read is refused.

    A stray copy must not sit there looking as if it were in force.
    """
    if not rules_dir.is_dir():
        raise RulesError(f"找不到规则文件夹 {rules_dir.name}")
    found = sorted(
        path.relative_to(rules_dir).as_posix()
        for path in rules_dir.rglob("*")
        if path.suffix.lower() in {".yaml", ".yml"} and path.is_file() and path.parent != rules_dir / _CASES
    )
    for name in found:
        if name not in _FILES and Path(name).parent.as_posix() != _SCORING:
            raise RulesError(
                f"{rules_dir.name}/{name} 不是规则文件，不会生效；请移出规则文件夹。"
                f"规则文件有{quoted(_FILES)}和 {_SCORING} 文件夹里的评分规则"
            )
    return (*_FILES, *(name for name in found if name not in _FILES))


def _schemes(entries: list[Entry], campaign: Campaign, checklist: Checklist) -> dict[SubjectKind, Scheme]:
    schemes: dict[SubjectKind, Scheme] = {}
    places: dict[SubjectKind, str] = {}
    for entry in entries:
        scheme = read_scheme(entry, campaign, checklist)
        if scheme.subject in schemes:
            entry.refuse(
                f"{places[scheme.subject]} 已经规定了{subject_zh(scheme.subject)}的评分规则；请只留一份"
            )
        schemes[scheme.subject] = scheme
        places[scheme.subject] = entry.file
    return schemes


def _path(rules_dir: Path, shared: Path | None, name: str) -> Path:
    own = rules_dir / name
    return own if shared is None or own.is_file() else shared / name


def _digest(paths: Mapping[str, Path]) -> str:
    """SHA-256 over the names and bytes of all rule files."""
    whole = hashlib.sha256()
    for name, path in paths.items():
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{content}  {name}\n".encode())
    return whole.hexdigest()
