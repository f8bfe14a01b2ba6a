"""Proves the archive: every byte as it was left, and every week again from its own material."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from campaign import __version__
from campaign.errors import CampaignError
from campaign.history import archive, freezing, register
from campaign.history.archive import INPUTS, RULES, TEMPLATES, Issued
from campaign.history.publish import UnwritableError, digest, put_file
from campaign.history.verifying import Checked, Finding, check
from campaign.press.folders import Folders, Watch
from campaign.press.issuing import set_out
from campaign.press.making import make_files
from campaign.press.material import archived, lay_out, made_with
from campaign.press.picking import pick
from campaign.render import Workshop

_DATA = ("data/figures.json", "data/scores.json", "data/decisions.json")
_SHOWN = 8  # digits of a digest in a sentence


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One issued week made again. `changed` says in words what is another program or font than then; `files`
    are those whose bytes differ, `data` the figures, scores and decisions among them that differ; `failed`
    says why it could not be made again.
    """

    issued: Issued
    changed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    failed: str = ""

    @property
    def fine(self) -> bool:
        """Whether it proves the week: the same bytes, or by another program the same figures."""
        return not self.failed and (not self.files or bool(self.changed and not self.data))


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a verification."""

    checked: Checked
    rebuilt: tuple[Rebuilt, ...] = ()
    remark: str = ""
    entered: int = 0  # rows added to the register on request

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong."""
        return not self.checked.findings and all(one.fine for one in self.rebuilt)


def verify(
    folders: Folders,
    jobs: int = 2,
    *,
    quick: bool = False,
    only: str = "",
    mend_register: bool = False,
    watch: Watch = lambda _: None,
) -> Proof:
    """Check every byte of the archive; unless `quick`, make the issued weeks again, or `only` one of them.

    With `mend_register`, numbers that the archive has and the register lacks are entered first; a register is
    made where there is none. Weeks are made again only from an archive that is as it was left.

    Raises:
        UsageError: `only` names no issued week.
        BusyError: another run is writing.
    """
    with _looking(folders.output) as remark:
        entered = _mend(folders.output) if mend_register else 0
        checked = check(folders.output)
        chosen = (pick(checked.known, only),) if only else checked.known
        if quick or checked.findings:
            return Proof(checked, (), remark, entered)
        rebuilt = []
        for issued in chosen:
            watch(issued.manifest.words)
            rebuilt.append(rebuild(folders, issued, checked.known, jobs))
        return Proof(checked, tuple(rebuilt), remark, entered)


def rebuild(folders: Folders, issued: Issued, known: Sequence[Issued], jobs: int = 2) -> Rebuilt:
    """Make an issued week again from its own inputs, rules and templates and the weeks issued before it."""
    manifest = issued.manifest
    material = archived(issued, folders)
    changed = tuple(_changed(issued, material.fonts))
    before = [week for week in known if week.manifest.order < manifest.order]
    try:
        with TemporaryDirectory(prefix="campaign-") as place:
            files = _made(lay_out(material, folders, Path(place)), issued, before, manifest.as_of, jobs)
    except CampaignError as error:
        return Rebuilt(issued, changed, failed=str(error))
    kept = (f"{INPUTS}/", f"{RULES}/", f"{TEMPLATES}/")
    then = {name: value for name, value in manifest.outputs.items() if not name.startswith(kept)}
    now = {name: digest(data) for name, data in files.items()}
    differ = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
    data = [name for name in _DATA if name in differ and _differs(issued.path / name, files.get(name))]
    return Rebuilt(issued, changed, tuple(differ), tuple(data))


def _made(
    there: Folders, issued: Issued, before: Sequence[Issued], as_of: date, jobs: int
) -> dict[str, bytes]:
    known = issued.snapshot()
    with Workshop(there.templates, there.fonts) as shop:
        setting = set_out(there, before, as_of, jobs, lambda _: None)
        corrected = next((w for w in reversed(before) if w.manifest.as_of == as_of), None)
        week = replace(
            setting.week,
            draft=False,
            number=known.number,
            total_number=known.total_number,
            numbers=known.numbers,
            edition=known.edition,
            correction=known.correction,
            corrects=corrected.snapshot() if corrected else None,
        )
        return make_files(
            there, setting.rulebook, setting.intake, week, shop, archive.INPUTS, lambda _: None
        ).files


def _changed(issued: Issued, fonts: dict[str, str] | object) -> Iterator[str]:
    """What is not as it was when the week was made, of all that its bytes depend on beside its material."""
    manifest, now = issued.manifest, made_with()
    then = manifest.made_with
    if (manifest.program, then.get("code")) != (__version__, now["code"]):
        yield (
            f"当时的程序是 {manifest.program}（代码指纹 {then.get('code', '')[:_SHOWN]}），"
            f"现在是 {__version__}（{now['code'][:_SHOWN]}）"
        )
    names = [
        name
        for name in sorted(then.keys() | now.keys())
        if name != "code" and then.get(name) != now.get(name)
    ]
    for name in names:
        yield f"{name} 当时是 {then.get(name, '没有')}，现在是 {now.get(name, '没有')}"
    if manifest.fonts != fonts:
        yield "字体文件与当时的不同"


def _differs(path: Path, data: bytes | None) -> bool:
    """Whether two files of data say different things; how they are laid out does not matter."""
    try:
        return data is None or bool(json.loads(path.read_bytes()) != json.loads(data))
    except (OSError, ValueError):
        return True


@contextmanager
def _looking(output: Path) -> Iterator[str]:
    """Hold the output folder where that can be done; an archive that cannot be written is only read."""
    with ExitStack() as stack:
        try:
            remark = stack.enter_context(freezing.tended(output))
        except UnwritableError:
            remark = ""
        yield remark


def _mend(output: Path) -> int:
    """Enter what the register lacks of the archive; make a register where there is none."""
    register.refuse_open(output)
    if register.read(output).data is None:
        put_file(output, output / register.REGISTER, register.new())
    return sum(freezing.enter(output, week) for week in archive.issued(output))


def findings(proof: Proof) -> Iterator[Finding]:
    """Everything that is wrong, in words: with the archive, then with the weeks that were made again."""
    yield from proof.checked.findings
    for one in proof.rebuilt:
        place = f"{archive.ARCHIVE}/{one.issued.manifest.folder}"
        if one.failed:
            yield Finding(place, f"不能重新生成：{one.failed}{_because(one)}")
        elif one.data:
            yield Finding(place, f"重新生成后 {'、'.join(one.data)} 与归档的不同{_because(one)}")
        elif not one.fine:
            yield Finding(place, f"重新生成后有{len(one.files)}个文件与归档的不同：{'、'.join(one.files)}")


def _because(one: Rebuilt) -> str:
    return f"（{'；'.join(one.changed)}）" if one.changed else ""
