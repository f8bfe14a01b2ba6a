"""The styles of the Word files, worked out from the layout profile.

Every paragraph of a document has one of these; a clerk who edits it finds them by their Chinese names. Only
what depends on the words themselves (a signature's indent, a narrowed red name) is set on the paragraph.
"""

from collections.abc import Mapping
from dataclasses import replace

from campaign.render.geometry.layout import Layout, twips
from campaign.render.wordstyle import Style
from campaign.render.wordxml import borders, element

BLACK = "000000"
EMPTY_LINE = 20  # twips: the paragraph that only ends a section must take no room


Styles = Mapping[str, Style]

# What holds for every paragraph: no extra space between Chinese and Latin, no snapping to the grid, which
# would give every table row a whole line of it. Hanging punctuation is Word's default and stays: LibreOffice
# 7.4 reads a 0 there as "hang" and then loses the comma.
EVERYWHERE = "".join(
    (
        element("widowControl", val=0),  # every page is filled with its 22 lines
        element("overflowPunct", val=1),
        element("autoSpaceDE", val=0),
        element("autoSpaceDN", val=0),
        element("adjustRightInd", val=0),
        element("snapToGrid", val=0),
    )
)


def styles(layout: Layout) -> Styles:
    """All paragraph styles by id."""
    found = (*_text(layout), *_heads(layout), *_tables(layout), *_ends(layout), *_furniture(layout))
    return {style.id: style for style in found}


def _text(layout: Layout) -> tuple[Style, ...]:
    normal = Style(
        "Normal",
        "Normal",
        layout.text("body.face"),
        layout.points("body.size"),
        line=twips(layout.pitch),
        # −0.21 pt is −4.2 twips; only −5 sets 28 characters to the line.
        spacing=-5,
        built_in=True,
    )
    indent = layout.number("body.indent")
    body = replace(
        normal,
        id="Body",
        name="公文正文",
        built_in=False,
        first=layout.twips("body.indent"),
        characters=round(indent * 100),
    )
    headings = tuple(
        replace(
            body,
            id=f"Heading{level}",
            name=f"heading {level}",
            part=layout.text(f"heading.face_{level}"),
            keep_next=True,
            keep_lines=True,
            level=level - 1,
            built_in=True,
        )
        for level in (1, 2, 3, 4)
    )
    title = Style(
        "Title",
        "Title",
        layout.text("title.face"),
        layout.points("title.size"),
        line=layout.twips("title.pitch"),
        before=layout.twips("title.before"),
        after=layout.twips("title.after"),
        align="center",
        keep_next=True,
        keep_lines=True,
        built_in=True,
    )
    return (
        normal,
        body,
        replace(normal, id="Flush", name="公文正文顶格", built_in=False),
        replace(normal, id="Addressee", name="主送机关", built_in=False),
        *headings,
        title,
        replace(
            title, id="TitlePlain", name="报告标题", before=layout.twips("title.before_plain"), built_in=False
        ),
        replace(title, id="TitleSlip", name="回执标题", before=0, built_in=False),
    )


def _heads(layout: Layout) -> tuple[Style, ...]:
    red = layout.text("red").removeprefix("#")
    size, pitch = layout.points("body.size"), twips(layout.pitch)
    leading = (layout.pitch - size) / 2  # between the number's strokes and the lower edge of its line
    rule = borders([("bottom", layout.points("masthead.rule"), layout.points("masthead.rule_gap"), red)])
    name = Style(
        "MastheadName",
        "报头名称",
        layout.text("masthead.face"),
        layout.points("masthead.size"),
        before=layout.twips("masthead.before"),
        align="center",
        colour=red,
    )
    return (
        name,
        Style(
            "IssueNumber",
            "期号",
            layout.text("masthead.issue_face"),
            size,
            line=pitch,
            before=120,
            after=120,
            align="center",
        ),
        Style(
            "IssuerLine",
            "编印单位和日期",
            layout.text("masthead.line_face"),
            size,
            align="left",
            border=rule,
            tabs=(("right", "none", twips(layout.measure)),),
        ),
        replace(
            name,
            id="LetterName",
            name="发文机关标志",
            part=layout.text("letter.face"),
            size=layout.points("letter.size"),
            before=0,
        ),
        replace(
            name,
            id="RedMark",
            name="文件标志",
            part=layout.text("redhead.face"),
            size=layout.points("redhead.size"),
        ),
        replace(
            name,
            id="MinutesMark",
            name="纪要标志",
            part=layout.text("minutes.face"),
            size=layout.points("minutes.size"),
        ),
        Style(
            "RedNumber",
            "文件字号",
            layout.text("body.face"),
            size,
            line=pitch,
            spacing=-5,
            before=layout.twips("redhead.number_gap"),
            align="center",
            border=borders(
                [("bottom", layout.points("redhead.rule"), layout.points("redhead.rule_gap") - leading, red)]
            ),
        ),
        Style(
            "MinutesNumber",
            "纪要编号",
            layout.text("body.face"),
            size,
            line=pitch,
            spacing=-5,
            before=layout.twips("minutes.number_gap"),
            after=120,
            align="center",
        ),
        Style(
            "DocumentNumber",
            "发文字号",
            layout.text("body.face"),
            size,
            line=pitch,
            spacing=-5,
            align="right",
        ),
    )


def _tables(layout: Layout) -> tuple[Style, ...]:
    text = Style(
        "TableText", "表格文字", layout.text("table.face"), layout.points("table.usual"), align="center"
    )
    total = replace(text, id="TableTotal", name="表格合计", part=layout.text("table.total_face"), bold=True)
    caption = Style(
        "TableCaption",
        "表题",
        layout.text("table.caption_face"),
        layout.points("table.caption_size"),
        line=twips(layout.pitch),
        before=120,
        align="center",
        keep_next=True,
        keep_lines=True,
    )
    return (
        text,
        replace(text, id="TableTextLeft", name="表格文字（左对齐）", align="left"),
        replace(text, id="TableTextRight", name="表格文字（右对齐）", align="right"),
        replace(text, id="TableHead", name="表头", part=layout.text("table.head_face")),
        total,
        replace(total, id="TableTotalLeft", name="表格合计（左对齐）", align="left"),
        replace(total, id="TableTotalRight", name="表格合计（右对齐）", align="right"),
        caption,
        Style(
            "TableNote",
            "表注",
            layout.text("table.face"),
            layout.points("table.note_size"),
            before=60,
            after=120,
            align="left",
        ),
        Style(
            "Picture",
            "图",
            layout.text("body.face"),
            layout.points("body.size"),
            before=120,
            align="center",
            keep_next=True,
        ),
        replace(caption, id="FigureCaption", name="图题", before=0, after=120, keep_next=False),
        Style(
            "Photo",
            "照片",
            layout.text("body.face"),
            layout.points("body.size"),
            before=60,
            align="center",
            keep_next=True,
        ),
        Style(
            "PhotoCaption",
            "照片说明",
            layout.text("photo.caption_face"),
            layout.points("photo.caption_size"),
            before=40,
            after=120,
            align="center",
            keep_lines=True,
        ),
    )


def _ends(layout: Layout) -> tuple[Style, ...]:
    body = Style(
        "AttachmentFirst",
        "附件说明",
        layout.text("body.face"),
        layout.points("body.size"),
        line=twips(layout.pitch),
        spacing=-5,
        before=layout.twips("attachments.before"),
        keep_next=True,
        keep_lines=True,
    )
    attendance = replace(
        body,
        id="AttendanceFirst",
        name="出席名单",
        before=layout.twips("attendance.before"),
        keep_next=False,
        keep_lines=False,
        align="left",
    )
    imprint = Style(
        "ImprintTo",
        "版记",
        layout.text("imprint.face"),
        layout.points("imprint.size"),
        line=layout.twips("imprint.pitch"),
        left=layout.twips("imprint.inset"),
        right=layout.twips("imprint.inset"),
    )
    edge = twips(layout.measure) - layout.twips("imprint.inset")
    title = Style(
        "AnnexTitle",
        "附件标题",
        layout.text("title.face"),
        layout.points("title.size"),
        line=layout.twips("title.pitch"),
        before=twips((layout.number("annex.title_line") - 2) * layout.pitch),
        after=layout.twips("title.after"),
        align="center",
        keep_next=True,
        keep_lines=True,
        level=0,
    )
    signed = replace(body, id="Issuer", name="署名", before=layout.twips("signature.before"), align="right")
    middle, end = twips(layout.measure / 2), twips(layout.measure)
    return (
        body,
        replace(body, id="AttachmentMore", name="附件说明（续）", before=0),
        signed,
        replace(
            signed, id="SealedIssuer", name="署名（盖章）", before=layout.twips("signature.before_sealed")
        ),
        replace(signed, id="DateLine", name="成文日期", before=0, keep_next=False),
        replace(
            body,
            id="Remark",
            name="附注",
            before=0,
            keep_next=False,
            first=layout.twips("body.indent"),
            characters=200,
            align="left",
        ),
        replace(
            body,
            id="AnnexLabel",
            name="附件标号",
            part=layout.text("annex.face"),
            before=0,
            spacing=0,
            new_page=True,
        ),
        title,
        attendance,
        replace(attendance, id="AttendanceMore", name="请假列席名单", before=0),
        Style(
            "CutLine",
            "裁切线",
            layout.text("slip.face"),
            layout.points("slip.size"),
            before=360,
            after=360,
            align="left",
            keep_next=True,
            tabs=(("center", "hyphen", middle), ("right", "hyphen", end)),
        ),
        imprint,
        replace(
            imprint, id="ImprintPrinted", name="印发机关和日期", align="left", tabs=(("right", "none", edge),)
        ),
        replace(imprint, id="ImprintCopies", name="印数", align="right"),
    )


def _furniture(layout: Layout) -> tuple[Style, ...]:
    inset = layout.twips("number.inset")
    number = Style(
        "PageNumberOdd",
        "页码（单页）",
        layout.text("number.face"),
        layout.points("number.size"),
        line=layout.twips("number.size"),
        right=inset,
        align="right",
    )
    return (
        number,
        replace(number, id="PageNumberEven", name="页码（双页）", left=inset, right=0, align="left"),
        replace(number, id="PageNumberTurnedOdd", name="页码（横排单页）", right=0),
        replace(number, id="PageNumberTurnedEven", name="页码（横排双页）", right=0, align="left"),
        Style(
            "DraftMark",
            "草稿标记",
            layout.text("draft.face"),
            layout.points("draft.mark_size"),
            align="right",
            colour="555555",
        ),
        Style("SectionEnd", "分节", layout.text("body.face"), 1, line=EMPTY_LINE, align="left"),
        Style("ImprintAnchor", "版记位置", layout.text("body.face"), 1, line=EMPTY_LINE, align="left"),
    )
