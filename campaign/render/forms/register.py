"""The roster (名册) to fill in where there is none yet: headings, and choices taken from its own sheets."""

from campaign.render.forms.fields import COMPANIES, SUBDISTRICTS, columns_of, period_of
from campaign.render.forms.schema import Form, FormBook
from campaign.render.forms.workbook import form_workbook
from campaign.rulebook.model import Rulebook

# Kind, sheet as intake knows it (see intake.sorting), rows printed, and the list that others choose from.
_SHEETS = (
    ("roster_communities", "小区", 28, ()),
    ("roster_companies", "物业企业", 26, ((COMPANIES, 2),)),
    ("roster_subdistricts", "街道办事处", 10, ((SUBDISTRICTS, 2),)),
)
_LEAD = (
    "先填“街道办事处”和“物业企业”两张表，再填“小区”。蓝色表头的栏目必填。",
    "公文里的名称都照名册写，请填全称；单位报来的表里用到的其他叫法，填在“别名”一栏。",
    "填好后放进 input 文件夹，再生成一次空白表样，就有各街道、各小区的表了。",
)


def roster_form(rulebook: Rulebook) -> bytes:
    """The blank roster workbook."""
    forms = tuple(
        Form(
            sheet=sheet,
            title=f"{rulebook.campaign.county}{rulebook.campaign.name}名册（{sheet}）",
            columns=columns_of(rulebook, kind),
            period=period_of(rulebook),
            dated=False,
            spare=spare,
            frozen=2,
            named=named,
        )
        for kind, sheet, spare, named in _SHEETS
    )
    return form_workbook(FormBook(forms, _LEAD), rulebook.campaign.starts_on)
