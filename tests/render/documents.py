"""Documents made by hand, of the shapes that the campaign needs: what the rendering tests print."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from campaign.compose.blocks import (
    Addressee,
    Align,
    Annex,
    Attachments,
    Block,
    Chart,
    Document,
    Figure,
    Form,
    FormLine,
    Heading,
    Imprint,
    ImprintLine,
    LetterHead,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Series,
    Signature,
    Table,
    TableCell,
    TableColumn,
    Title,
)

OFFICE = "清河自治县物业管理服务行业专项整治工作领导小组办公室"  # 26 characters
DAY = "2023年4月28日"


def paragraph(text: str, *, strong: str = "") -> Paragraph:
    """A paragraph, perhaps with a strong beginning."""
    return Paragraph((*((Run(strong, strong=True),) if strong else ()), Run(text)))


def row(*texts: str) -> tuple[TableCell, ...]:
    """A row of plain cells."""
    return tuple(TableCell(text) for text in texts)


def table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: str, **more: object
) -> Table:
    """A table; `widths` gives each column's width and alignment: "4l 2 2r"."""
    sides = {"l": Align.LEFT, "r": Align.RIGHT}
    columns = tuple(
        TableColumn(Decimal(word.rstrip("lr")), sides.get(word[-1], Align.CENTER)) for word in widths.split()
    )
    plain = Table(caption, columns, (row(*head),), tuple(row(*texts) for texts in rows))
    return replace(plain, **more)  # type: ignore[arg-type]


def document(
    *blocks: Block, form: Form = Form.PLAIN, name: str = "样张", draft: bool = False, **more: object
) -> Document:
    """A document of some blocks."""
    plain = Document("sample", name, name, form, date(2023, 4, 28), blocks, draft)
    return replace(plain, **more)  # type: ignore[arg-type]


STREETS = ("东关街道办事处", "清溪街道办事处", "大石街道办事处")
LONG = (
    "各街道办事处要对照问题台账逐项核实整改情况，对整改时限已过仍未整改到位的问题，要查明原因、明确措施、落实到人，"
    "于2023年5月5日前将整改结果书面报领导小组办公室；逾期不报或者整改不实的，按照考核评分细则扣分，并视情形约谈主要负责人。"
)


def trend() -> Figure:
    """A line chart over eight weeks."""
    weeks = tuple(f"第{n}周" for n in range(1, 9))
    lines = tuple(
        Series(street, tuple(Decimal(start + step * n) for n in range(8)))
        for street, start, step in (("东关街道", 12, 9), ("清溪街道", 5, 8), ("大石街道", 20, 6))
    )
    return Figure(
        "图1　各街道整改率变化情况",
        "三个街道的整改率逐周上升，东关街道最快。",
        Chart("line", weeks, lines, "%"),
    )


def bulletin(overdue: int = 14, *, draft: bool = True) -> Document:
    """A weekly bulletin with every part."""
    progress = table(
        "表1　各街道工作进展情况",
        (
            "街道",
            "小区数",
            "已排查",
            "排查率",
            "发现问题",
            "已销号",
            "整改中",
            "未整改",
            "逾期",
            "整改率",
            "本周新增",
            "本周销号",
        ),
        (
            ("东关街道办事处", "24", "24", "100.0%", "118", "64", "30", "24", "6", "54.2%", "11", "9"),
            ("清溪街道办事处", "22", "20", "90.9%", "96", "41", "33", "22", "5", "42.7%", "8", "12"),
            ("大石街道办事处", "15", "15", "100.0%", "57", "40", "9", "8", "3", "70.2%", "2", "6"),
            ("合计", "61", "59", "96.7%", "271", "145", "72", "54", "14", "53.5%", "21", "27"),
        ),
        "5l 2 2 2.5 2.5 2 2 2 2 2.5 2.5 2.5",
        totals=1,
        note="注：整改率为已整改和已销号之和占发现问题的比例，截至2023年4月28日。",
    )
    ranking = table(
        "表2　物业企业得分排名",
        ("排名", "企业名称", "基础分", "扣分", "加分", "得分", "等级", "较上周"),
        tuple(
            (
                str(n),
                f"清河{name}物业服务有限责任公司",
                "100",
                f"-{n * 3 / 2:g}",
                "0",
                f"{100 - n * 3 / 2:g}",
                "良好",
                "↑1",
            )
            for n, name in enumerate(["安居", "锦绣", "华庭", "阳光", "和顺", "鼎盛", "瑞丰", "永泰"], 1)
        ),
        "1 5l 1.5 1.5 1.5 1.5 1.5 1.5",
    )
    late = table(
        "表3　逾期未整改问题清单",
        (
            "序号",
            "街道",
            "小区",
            "物业企业",
            "问题",
            "整改时限",
            "逾期天数",
            "责任单位",
            "责任人",
            "督办措施",
        ),
        tuple(
            (
                str(n),
                STREETS[n % 3].removesuffix("办事处"),
                f"锦绣花园{n}期",
                "清河安居物业服务有限责任公司",
                (
                    "消防通道被占用，3号楼东侧停放电动车辆，未设置警示标志",
                    "电梯年检过期",
                    "小区公共收益未公示",
                )[n % 3],
                "2023年4月20日",
                str(8 + n),
                "清河安居物业服务有限责任公司",
                ("李喆", "王堃", "欧阳燊")[n % 3],
                "挂牌督办",
            )
            for n in range(1, overdue + 1)
        ),
        "1 2 3 4l 5l 3 2 4l 2 2.5",
        landscape=True,
    )
    blocks: tuple[Block, ...] = (
        Masthead("物业管理服务行业专项整治工作通报", "第5期（总第5期）", OFFICE, DAY),
        Title(("关于物业管理服务行业专项整治第5周", "（4月22日—4月28日）进展情况的通报")),
        Addressee("各街道办事处，县直有关单位，各物业服务企业："),
        paragraph(
            "根据《清河自治县物业管理服务行业专项整治工作实施方案》（清府办函〔2023〕23号）和“一周一调度、一周一通报”要求，"
            "领导小组办公室汇总了各街道办事处报送的问题台账。截至4月28日，现将第5周进展情况通报如下。"
        ),
        Heading(1, "一、总体进展"),
        paragraph(
            "全县61个小区已排查59个，排查率96.7%；累计发现问题271个，已销号145个，整改率53.5%，较上周提高8.2个百分点；"
            "本周新增问题21个、销号27个，逾期未整改问题14个。"
        ),
        Heading(1, "二、各街道进展"),
        Heading(2, "（一）排查整改情况"),
        paragraph("各街道办事处排查整改情况见表1，整改率逐周变化情况见图1。" + LONG),
        progress,
        trend(),
        Heading(1, "三、得分排名"),
        Heading(2, "（一）物业企业"),
        paragraph("按照考核评分细则计分，物业企业得分排名见表2。"),
        ranking,
        Heading(1, "四、存在问题"),
        Heading(3, "1.逾期问题较多"),
        paragraph(LONG, strong="逾期未整改。"),
        Heading(4, "（1）消防通道管理不到位"),
        paragraph(LONG),
        late,
        Heading(1, "五、下步要求"),
        paragraph(LONG),
        paragraph(LONG),
        Attachments(
            ("各街道办事处得分明细", "28家物业服务企业本周得分明细及扣分事由（含整改时限、责任单位和责任人）")
        ),
        Signature(OFFICE, DAY),
        Note("联系人：领导小组办公室值班室，电话：0851-25620000"),
        Imprint(
            (
                ImprintLine("报", "县委、县政府主要领导和分管领导。"),
                ImprintLine(
                    "送",
                    "县纪委监委，县委组织部，县委政法委，县发展改革局，县司法局，县自然资源局，县市场监管局，县消防救援大队。",
                ),
                ImprintLine("发", "各街道办事处，各物业服务企业。"),
            ),
            OFFICE,
            "2023年4月28日印发",
            "共印60份",
        ),
    )
    return document(*blocks, form=Form.BULLETIN, name="第5期周通报", draft=draft)


def notice(reasons: int = 3, *, draft: bool = False) -> Document:
    """An interview notice with its receipt."""
    receipt = Table(
        "",
        (
            TableColumn(Decimal(2)),
            TableColumn(Decimal(4), Align.LEFT),
            TableColumn(Decimal(2)),
            TableColumn(Decimal(4), Align.LEFT),
        ),
        (),
        (
            (TableCell("受送达单位"), TableCell("清河安居物业服务有限责任公司", colspan=3)),
            (TableCell("送达文书"), TableCell("约谈通知书（清物治办约〔2023〕7号）", colspan=3)),
            (TableCell("送达方式"), TableCell(""), TableCell("送达日期"), TableCell("　　年　　月　　日")),
            (TableCell("收件人\n签名或盖章"), TableCell(""), TableCell("送达人"), TableCell("")),
            (TableCell("备注"), TableCell("", colspan=3)),
        ),
    )
    blocks: tuple[Block, ...] = (
        LetterHead("清河自治县物业管理服务行业专项整治工作领导小组办公室", "清物治办约〔2023〕7号"),
        Title(("约谈通知书",)),
        Addressee("清河安居物业服务有限责任公司："),
        paragraph(
            "截至2023年4月28日，你单位存在以下情形，按照《物业管理服务行业专项整治考核评分细则》第七条规定，决定对你单位主要负责人进行约谈。"
        ),
        Heading(1, "一、约谈事由"),
        *(
            paragraph(f"{n}.锦绣花园消防通道被占用，整改时限为2023年4月20日，已逾期8天仍未整改。")
            for n in range(1, reasons + 1)
        ),
        Heading(1, "二、时间地点"),
        paragraph("2023年5月4日（星期四）15时，县住房城乡建设局三楼会议室。"),
        Heading(1, "三、有关要求"),
        paragraph(
            "请你单位主要负责人携带整改台账准时参加，不得委托他人；约谈后5个工作日内书面报告整改情况。"
        ),
        Signature(OFFICE, DAY),
        Note("联系人：办公室值班室，电话：0851-25620000"),
        FormLine("送达回执（沿此线裁下，签收后交回）"),
        receipt,
    )
    return document(*blocks, form=Form.LETTER, name="约谈通知书-清河安居物业", draft=draft)


def ledger(rows: int, *, landscape: bool = True) -> Table:
    """A long table of problems."""
    names = ("欧阳燊", "王玥", "翀远", "李喆", "赵㛃", "吴𬭎", "郑䶮", "孙堃")
    return table(
        "附表　问题台账汇总",
        ("序号", "街道", "小区", "条目", "问题描述", "整改时限", "责任人", "状态"),
        [
            (
                str(n),
                STREETS[n % 3],
                f"幸福里{n % 61}号院",
                f"三-{n % 7 + 1}",
                f"第{n}栋建筑面积{n * 3}㎡，楼道堆放杂物未清理",
                "2023年5月10日",
                names[n % 8],
                "整改中",
            )
            for n in range(1, rows + 1)
        ],
        "1 3l 3l 1.5 6l 3 2 2",
        landscape=landscape,
    )


def summary(rows: int = 60) -> Document:
    """A final report: five parts, a wide table on landscape pages, charts."""
    bars = Figure(
        "图1　各类问题数量",
        "消防安全类问题最多，共98个。",
        Chart(
            "stacked",
            ("物业承接", "业主行为", "内部管理", "物业服务", "消防安全", "其他安全"),
            (
                Series("已销号", tuple(Decimal(n) for n in (22, 10, 31, 45, 60, 28))),
                Series("整改中", tuple(Decimal(n) for n in (5, 4, 8, 12, 28, 6))),
                Series("未整改", tuple(Decimal(n) for n in (1, 2, 0, 6, 10, 3))),
            ),
            "件",
        ),
    )
    blocks: tuple[Block, ...] = (
        Title(("清河自治县物业管理服务行业专项整治", "工作总结报告")),
        paragraph("按照县委、县政府部署，自2023年3月29日起，全县集中开展物业管理服务行业专项整治。" + LONG),
        Heading(1, "一、基本情况"),
        paragraph(LONG * 2),
        bars,
        Heading(1, "二、主要做法"),
        Heading(2, "（一）加强组织领导"),
        paragraph(LONG * 3),
        ledger(rows),
        Heading(2, "（二）从严督导考核"),
        paragraph(LONG * 3),
        trend(),
        Heading(1, "三、存在问题"),
        paragraph(LONG * 2),
        Signature(OFFICE, "2023年6月25日", sealed=False),
        Annex("附件1", "28家物业服务企业得分情况"),
        paragraph(LONG),
        PageBreak(),
        paragraph(LONG),
    )
    return document(*blocks, name="总结报告")
