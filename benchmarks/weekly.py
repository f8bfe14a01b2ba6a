"""How long `weekly` takes on the shipped sample, stage by stage, beside the bare libraries' time.

`python -m benchmarks.weekly [RUNS]`. Each run is a process of its own. "Bare" is what WeasyPrint and
python-docx need for the same documents and nothing else: importing them, setting and writing each PDF, and a
plain Word file with the same paragraphs and table cells. The rest of the whole is the pipeline's own share:
reading the workbooks, pandas, scoring, composing, charts, Word styles, annexes, return copies, overview,
digests, writing to disk.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

HOME = Path(__file__).resolve().parent.parent
RUNS = 5
SHARE = 30  # per cent of the whole that the pipeline may take for itself
MEMORY = 600  # MB


def whole(output: Path) -> dict[str, float]:
    """One run of `weekly`: seconds per stage from the start of the program, peak memory in MB."""
    stages: dict[str, float] = {}
    last = time.perf_counter()

    def watch(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[stage] = now - last
        last = now

    from campaign import press  # noqa: PLC0415 - loading it is a stage

    watch("imports")
    press.weekly(folders(output), None, 2, watch)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {**stages, "peak_mb": max(used, children) / 1024}


def bare() -> dict[str, float]:
    """What the two libraries need for the same documents, one after another in one process."""
    start = time.perf_counter()
    import docx  # noqa: PLC0415
    import weasyprint  # noqa: F401, PLC0415

    spent = {"imports": time.perf_counter() - start}
    from campaign.render import Studio, charts, pdf  # noqa: PLC0415

    def timed(name: str, call: Callable[..., Any], sign: int = 1) -> Callable[..., Any]:
        def run(*arguments: Any, **words: Any) -> Any:  # noqa: ANN401 - passes everything on
            begun = time.perf_counter()
            try:
                return call(*arguments, **words)
            finally:
                spent[name] = spent.get(name, 0) + sign * (time.perf_counter() - begun)

        return run

    pdf.Typecase.__init__ = timed("fonts and styles", pdf.Typecase.__init__)  # type: ignore[method-assign]
    pdf.Typecase.write = timed("weasyprint", pdf.Typecase.write)  # type: ignore[method-assign]
    vars(charts)["svg"] = timed("weasyprint", charts.svg, -1)  # drawing charts is not setting pages
    documents = composed()
    studio = Studio(HOME / "templates", HOME / ".fonts")
    studio.prepare(documents)
    for document in documents:
        studio.pdf(document)
    begun = time.perf_counter()
    for document in documents:
        plain = docx.Document()
        for kind, text in document.lines():
            cells = text.split("\t")
            if kind in {"表", "表头"}:
                table = plain.add_table(rows=1, cols=len(cells))
                for cell, words in zip(table.rows[0].cells, cells, strict=True):
                    cell.text = words
            else:
                plain.add_paragraph(text)
        plain.save(BytesIO())
    spent["python-docx"] = time.perf_counter() - begun
    return spent


def composed() -> tuple[Any, ...]:
    """The week's documents, as `weekly` composes them."""
    from campaign.assess import assess  # noqa: PLC0415
    from campaign.compose import week_documents  # noqa: PLC0415
    from campaign.intake.desk import receive  # noqa: PLC0415
    from campaign.press import issue_number  # noqa: PLC0415
    from campaign.records import Week  # noqa: PLC0415
    from campaign.rulebook.loader import load  # noqa: PLC0415

    rulebook = load(HOME / "rules")
    intake = receive(HOME / "input", rulebook, None)
    number = issue_number(rulebook.campaign, intake.books.as_of)
    week = Week(number, intake.books, intake.faults, assess(intake.books, (), rulebook))
    return week_documents(week, rulebook, HOME / "templates")


def folders(output: Path) -> Any:  # noqa: ANN401 - press is loaded late
    """The project's own folders, with another output."""
    from campaign.press import Folders  # noqa: PLC0415

    return Folders(HOME / "input", HOME / "rules", HOME / "templates", output, HOME / ".fonts")


def measured(what: str) -> dict[str, float]:
    """One measurement in a process of its own; `total` is what a watch at the wall would show."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.weekly", what, folder],
            capture_output=True,
            text=True,
            check=True,
            cwd=HOME,
        )
        total = time.perf_counter() - begun
    return {**json.loads(done.stdout), "total": total}


def report(runs: int) -> None:
    """Measure and print, the median of the runs each."""
    wholes = [measured("whole") for _ in range(runs)]
    bares = [measured("bare") for _ in range(runs)]
    print(f"weekly on the shipped sample, median of {runs} runs, seconds")
    for stage in wholes[0]:
        if stage not in {"peak_mb", "total"}:
            print(f"  {stage:<18}{median(w[stage] for w in wholes):7.2f}")
    total = median(w["total"] for w in wholes)
    print(f"  {'whole':<18}{total:7.2f}")
    print("bare libraries for the same documents, seconds")
    for part in bares[0]:
        if part != "total":
            print(f"  {part:<18}{median(b[part] for b in bares):7.2f}")
    needed = median(sum(v for k, v in b.items() if k != "total") for b in bares)
    share = 100 * (total - needed) / total
    peak = max(w["peak_mb"] for w in wholes)
    print(f"  {'bare':<18}{needed:7.2f}")
    print(f"the pipeline's own share {share:.0f} % (aim: below {SHARE} %)")
    print(f"peak memory {peak:.0f} MB (aim: below {MEMORY} MB)")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["whole", folder]:
            print(json.dumps(whole(Path(folder))))
        case ["bare", _]:
            print(json.dumps(bare()))
        case arguments:
            report(int(arguments[0]) if arguments else RUNS)
