"""Reads the data of a <chart>: labels, series, and on a calendar the days they and the marks stand at."""

from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from campaign.compose.blocks import Chart, Mark, Series
from campaign.compose.nodes import Node

CALENDAR = "calendar"


def chart(node: Node) -> Chart:
    """The data of a chart.

    Raises:
        TemplateError: labels, values or days do not go together.
    """
    labels = node.named("label")
    series = tuple(_series(s, len(labels)) for s in node.named("series"))
    if not labels or not series:
        raise node.wrong("<chart> 至少要有一个 <label> 和一个 <series>")
    kind = node.choice("kind")
    return Chart(
        kind,
        tuple(label.text() for label in labels),
        series,
        node.attribute("unit"),
        _dates(labels) if kind == CALENDAR else (),
        _marks(node, kind),
    )


def _dates(labels: tuple[Node, ...]) -> tuple[date, ...]:
    dates = tuple(_day(label) for label in labels)
    for (_, before), (label, day) in pairwise(zip(labels, dates, strict=True)):
        if day <= before:
            raise label.wrong("kind 为 calendar 的图，各 <label> 的 date 要由早到晚、互不相同")
    return dates


def _marks(node: Node, kind: str) -> tuple[Mark, ...]:
    marks = node.named("mark")
    if marks and kind != CALENDAR:
        raise marks[0].wrong("<mark> 只能用在 kind 为 calendar 的图里")
    return tuple(Mark(_day(mark), mark.text()) for mark in marks)


def _day(node: Node) -> date:
    text = node.attribute("date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise node.wrong(
            f"<{node.tag}> 的 date 要写 2023-04-28 这样的日期（用过滤器 |iso），这里是“{text}”"
        ) from None


def _series(node: Node, length: int) -> Series:
    values = tuple(_value(value) for value in node.named("value"))
    if len(values) != length:
        raise node.wrong(f"<series> 有{len(values)}个 <value>，图上有{length}个 <label>，数目要一样")
    return Series(node.attribute("name"), values, dashed=node.choice("dashed") == "yes")


def _value(node: Node) -> Decimal | None:
    text = node.text()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise node.wrong(f"<value> 要写数字，没有数据的留空，这里是“{text}”")
    return value
