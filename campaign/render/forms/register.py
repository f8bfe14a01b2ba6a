"""The roster (名册) to fill in where there is none yet: headings, and choices taken from its own sheets."""

from campaign.render.forms.fields import COMPANIES, SUBDISTRICTS, columns_of, period_of
from campaign.render.forms.schema import Form, FormBook
from campaign.render.forms.workbook import form_workbook
from campaign.rulebook.model import Rulebook

# Kind, its noun, whose sheet intake knows by it (see intake.sorting), rows printed, and the list that others
# choose from.
_SHEETS = (
    ("roster_communities", "community", 28, ()),
    ("roster_companies", "company", 26, ((COMPANIES, 2),)),
    ("roster_subdistricts", "subdistrict", 10, ((SUBDISTRICTS, 2),)),
)
_LEAD = (
    "先填“{subdistrict}”和“{company}”两张表，再填“{community}”。蓝色表头的栏目必填。",
    "公文里的名称都照名册写，请填全称；单位报来的表里用到的其他叫法，填在“别名”一栏。",
    "填好后放进 input 文件夹，再生成一次空白表样，就有各{subdistrict_short}、各{community}的表了。",
)


def roster_form(rulebook: Rulebook) -> bytes:
    """The blank roster workbook."""
    nouns = rulebook.campaign.nouns
    forms = tuple(
        Form(
            sheet=nouns.fill(f"{{{noun}}}"),
            title=nouns.fill(f"{rulebook.campaign.county}{rulebook.campaign.name}名册（{{{noun}}}）"),
            columns=columns_of(rulebook, kind),
            period=period_of(rulebook),
            dated=False,
            spare=spare,
            frozen=2,
            named=named,
        )
        for kind, noun, spare, named in _SHEETS
    )
    return form_workbook(FormBook(forms, tuple(map(nouns.fill, _LEAD))), rulebook.campaign.starts_on)
