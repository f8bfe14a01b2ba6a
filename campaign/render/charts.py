"""Charts: drawn with matplotlib as SVG for PDF and as PNG for Word, from the same drawing.

They must read well on a black-and-white printer: series differ in shade, hatching, line and marker, never in
colour alone. The same data gives the same bytes. Words are set in the layout's face, taken by file.
"""

import atexit
import hashlib
import math
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import MaxNLocator

from campaign.compose.blocks import Chart, Mark, Series
from campaign.decimals import plain
from campaign.render.fonts import Face, Faces
from campaign.render.geometry.layout import Layout
from campaign.render.text import needs_glyph, printable

_FILLS = (
    ("#555555", ""),
    ("#FFFFFF", "////"),
    ("#C4C4C4", ""),
    ("#FFFFFF", "...."),
    ("#888888", "\\\\\\\\"),
    ("#FFFFFF", "xxxx"),
)
_STROKES = (
    ("-", "o", "#000000"),
    ("--", "s", "#444444"),
    ("-.", "^", "#000000"),
    (":", "D", "#444444"),
    ("-", "v", "#777777"),
    ("--", "x", "#000000"),
)
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "campaign",  # otherwise the ids in the picture are random
    "svg.fonttype": "path",
    "axes.unicode_minus": False,
    "hatch.linewidth": 0.5,
    "axes.linewidth": 0.6,
    "path.simplify": False,
}
_LABELLED = 30  # bars; with more of them the numbers above would run into each other
_WIDEST_BAR, _WIDEST_GROUP = 0.1, 0.2  # of the whole axis: a few labels do not make bars as wide as blocks
_EXPECTED: tuple[Any, str, str] = ((0, (4, 2.5)), "x", "#444444")  # a line that tells what is expected
_COURSES = ("line", "calendar")
_PIECES = "件"
_KEY, _APART = 2.4, 1.4  # em: a key of the legend, and the space between two columns
_FULL = 100
_HEADROOM = 1.15
_MARKED = 1.3  # with room for the words of a mark
_NARROWEST = 2  # characters a line below a bar

_FILES = TemporaryDirectory(prefix="charts-")
atexit.register(_FILES.cleanup)


def svg(chart: Chart, faces: Faces, layout: Layout) -> bytes:
    """The chart as SVG, its words as outlines."""
    return _drawn(chart, faces, layout, _write_svg)


def png(chart: Chart, faces: Faces, layout: Layout) -> bytes:
    """The chart as PNG in the layout's resolution."""
    dpi = layout.number("figure.dpi")
    return _drawn(chart, faces, layout, lambda figure, out: _write_png(figure, out, dpi))


def _write_svg(figure: Figure, out: BytesIO) -> None:
    about = {"Date": None, "Creator": None, "Format": None, "Type": None}
    FigureCanvasSVG(figure).print_svg(out, metadata=about)  # type: ignore[no-untyped-call]


def _write_png(figure: Figure, out: BytesIO, dpi: float) -> None:
    figure.set_dpi(dpi)
    FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call]


def _drawn(chart: Chart, faces: Faces, layout: Layout, write: Callable[[Figure, BytesIO], None]) -> bytes:
    with mpl.rc_context(_SETTINGS):
        size = (layout.points("figure.width") / 72, layout.points("figure.height") / 72)
        figure = Figure(figsize=size, layout="constrained")
        words = FontProperties(fname=str(_font_file(chart, faces, layout)), size=layout.points("figure.size"))
        _Drawing(figure, chart, words, layout).draw()
        out = BytesIO()
        write(figure, out)
    return out.getvalue()


def _font_file(chart: Chart, faces: Faces, layout: Layout) -> Path:
    """A file with the first face that has every character of the chart: matplotlib takes one face by file.

    It measures lines by the letters l and p, so these must be there too.
    """
    words = {
        *"0123456789.-%—（）lp",
        *chart.unit,
        *"".join(chart.labels),
        *"".join(s.name for s in chart.series),
        *"".join(m.text for m in chart.marks),
    }
    wanted = {c for c in printable("".join(sorted(words))) if needs_glyph(c)}
    part = layout.text("figure.face")
    chain = [faces[part], *(faces[name] for name in layout.typeface(part).rare)]
    face = max(chain, key=lambda f: (sum(f.has(c) for c in wanted), -chain.index(f)))
    return _written(face, wanted)


def _written(face: Face, wanted: set[str]) -> Path:
    data = face.subset(sorted(wanted))
    path = Path(_FILES.name) / f"{hashlib.sha256(data).hexdigest()}.otf"
    if not path.exists():
        path.write_bytes(data)
    return path


class _Drawing:
    """One chart on one figure."""

    def __init__(self, figure: Figure, chart: Chart, words: FontProperties, layout: Layout) -> None:
        self.chart = chart
        self.words = words
        self.layout = layout
        self.axes = figure.add_subplot()

    def draw(self) -> None:
        """Draw series, axes and legend."""
        match self.chart.kind:
            case "line" | "calendar":
                self._lines()
            case "stacked":
                self._stacked()
            case _:
                self._bars()
        self._axes()
        if len(self.chart.series) > 1:
            self._legend()

    def _lines(self) -> None:
        places = self._places()
        for number, series in enumerate(self.chart.series):
            dash, marker, colour = _EXPECTED if series.dashed else _STROKES[number % len(_STROKES)]
            if self.chart.kind == "calendar" and not series.dashed:
                dash = "-"  # dashes say: expected
            known = [(x, v) for x, v in zip(places, series.values, strict=True) if v is not None]
            points = known if series.dashed else list(zip(places, series.values, strict=True))
            self.axes.plot(
                [x for x, _ in points],
                [math.nan if value is None else float(value) for _, value in points],
                linestyle=dash,
                marker=marker,
                color=colour,
                markersize=4,
                markerfacecolor="white" if number % 2 else colour,
                linewidth=1.2,
                label=printable(series.name),
            )
        self.axes.margins(x=0.04)
        for mark in self.chart.marks:
            self._mark(mark, places[-1] if places else 0)

    def _places(self) -> list[float]:
        """Where the labels stand: one beside the other, or where their days do."""
        dates = self.chart.dates
        return [float((day - dates[0]).days) for day in dates] or [
            float(n) for n in range(len(self.chart.labels))
        ]

    def _mark(self, mark: Mark, last: float) -> None:
        """A day as a line across, its words on the side where there is more room."""
        place = float((mark.day - self.chart.dates[0]).days)
        self.axes.axvline(place, color="black", linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=1)
        beside = place > last / 2
        self.axes.annotate(
            printable(mark.text),
            (place, 1),
            xycoords=self.axes.get_xaxis_transform(),
            xytext=(-3 if beside else 3, -2),
            textcoords="offset points",
            ha="right" if beside else "left",
            va="top",
            fontproperties=self.words,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )

    def _bars(self) -> None:
        count = max(len(self.chart.series), 1)
        width = min(0.72, _WIDEST_GROUP * len(self.chart.labels)) / count
        for number, series in enumerate(self.chart.series):
            places = [n + (number - (count - 1) / 2) * width for n in range(len(series.values))]
            bars = self._fill(
                number, series, places, [_value(v) for v in series.values], width, [0.0] * len(places)
            )
            if count * len(self.chart.labels) <= _LABELLED:
                texts = ["—" if v is None else plain(v) for v in series.values]
                self.axes.bar_label(bars, labels=texts, padding=1.5, fontproperties=self.words)

    def _stacked(self) -> None:
        places = [float(n) for n in range(len(self.chart.labels))]
        below = [0.0] * len(places)
        width = min(0.56, _WIDEST_BAR * len(places))
        bars: Any = None
        for number, series in enumerate(self.chart.series):
            heights = [_value(value) for value in series.values]
            bars = self._fill(number, series, places, heights, width, below)
            below = [low + high for low, high in zip(below, heights, strict=True)]
        if bars is not None and len(places) <= _LABELLED:
            totals = [sum((v or Decimal(0) for v in column), Decimal(0)) for column in self._columns()]
            texts = [plain(total) for total in totals]
            self.axes.bar_label(bars, labels=texts, padding=1.5, fontproperties=self.words)

    def _columns(self) -> list[tuple[Decimal | None, ...]]:
        return list(zip(*(series.values for series in self.chart.series), strict=True))

    def _fill(
        self,
        number: int,
        series: Series,
        places: list[float],
        heights: list[float],
        width: float,
        below: list[float],
    ) -> Any:  # noqa: ANN401 - matplotlib's own kind of container
        shade, hatch = _FILLS[number % len(_FILLS)]
        return self.axes.bar(
            places,
            heights,
            width,
            bottom=below,
            color=shade,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.6,
            label=printable(series.name),
            zorder=2,
        )

    def _axes(self) -> None:
        axes, chart = self.axes, self.chart
        if chart.kind in _COURSES:
            axes.set_xticks(*self._thinned())
        else:
            axes.set_xticks(range(len(chart.labels)), [self._wrapped(label) for label in chart.labels])
            if chart.labels:
                axes.set_xlim(-0.6, len(chart.labels) - 0.4)  # or one bar alone would fill the chart
        for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            tick.set_fontproperties(self.words)
        axes.tick_params(length=2.5, width=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", linestyle=":", linewidth=0.5, color="#999999", zorder=0)
        axes.set_axisbelow(True)
        top = max((float(v) for s in chart.series for v in s.values if v is not None), default=1.0)
        if chart.kind == "stacked":
            top = max((sum(_value(v) for v in column) for column in self._columns()), default=1.0)
        is_share = chart.unit == "%" and top <= _FULL
        room = _MARKED if chart.marks else _HEADROOM
        axes.set_ylim(0, _FULL * 1.04 if is_share else max(top, 1.0) * room)
        if chart.unit == _PIECES:
            axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_title(f"（{printable(chart.unit)}）", loc="left", fontproperties=self.words, pad=4)

    def _thinned(self) -> tuple[list[float], list[str]]:
        """The labels of a course that have room side by side in one line, the last always among them."""
        places, labels = self._places(), [printable(label) for label in self.chart.labels]
        if not places:
            return [], []
        size = self.layout.points("figure.size")
        width = self.layout.points("figure.width") * 0.86
        whole = max(places[-1], *((m.day - self.chart.dates[0]).days for m in self.chart.marks), 1.0)
        needed = (max(map(self._length, labels)) + 0.8) * size * whole / width
        kept: list[int] = []
        for n in reversed(range(len(places))):
            if not kept or places[kept[-1]] - places[n] >= needed:
                kept.append(n)
        return [places[n] for n in kept], [labels[n] for n in kept]

    @staticmethod
    def _length(text: str) -> float:
        """About how many characters wide a text is; figures and Latin letters are half as wide."""
        return sum(0.5 if c.isascii() else 1.0 for c in text)

    def _wrapped(self, label: str) -> str:
        """A label below the axis, in as many lines as its place is narrow."""
        room = self.layout.points("figure.width") * 0.9 / max(len(self.chart.labels), 1)
        length = max(int(room / self.layout.points("figure.size")), _NARROWEST)
        text = printable(label)
        length = -(-len(text) // -(-len(text) // length)) or length  # lines of about one length
        return "\n".join(text[start : start + length] for start in range(0, len(text), length))

    def _legend(self) -> None:
        self.axes.legend(
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            ncols=self._abreast(),
            prop=self.words,
            frameon=False,
            borderaxespad=0.2,
            handlelength=_KEY,
            columnspacing=_APART,
        )

    def _abreast(self) -> int:
        """How many keys of the legend have room in one row beside the unit; long names take several rows."""
        size = self.layout.points("figure.size")
        room = self.layout.points("figure.width") * 0.86 / size - self._length(self.chart.unit) - 2
        widest = max(self._length(printable(series.name)) for series in self.chart.series)
        most = int(room / (widest + _KEY + _APART + 0.8))
        return max(1, min(most, len(self.chart.series), len(_FILLS)))


def _value(value: Decimal | None) -> float:
    return 0.0 if value is None else float(value)
