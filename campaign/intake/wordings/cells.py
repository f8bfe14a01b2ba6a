"""What can be wrong with a cell."""

from campaign.intake.wordings.kind import ERROR, INFO, WARNING, FaultKind

CELLS = (
    FaultKind("I-CELL-MISSING", ERROR, "“{field}”没有填写", "请补填"),
    FaultKind(
        "I-CELL-COMMUNITY",
        ERROR,
        "{community}“{value}”不在名册中{hint}",
        "请按名册填写{community}全称；确属漏登的，请先补入名册",
    ),
    FaultKind(
        "I-CELL-COMPANY",
        WARNING,
        "{company}“{value}”不在名册中{hint}，已按名册中该{community}的企业“{expected}”计",
        "请按名册填写企业全称",
    ),
    FaultKind(
        "I-CELL-COMPANY-MISMATCH",
        ERROR,
        "{company}“{value}”不是该{community}的企业，名册登记的是“{expected}”",
        "请核对{community}与{company}；企业已更换的，请先更新名册",
        readable=True,
    ),
    FaultKind(
        "I-CELL-SUBDISTRICT",
        ERROR,
        "{community}“{value}”属于{expected}，却报在{found}的台账里",
        "请核对{community}名称；归属有变的，请先更新名册",
        readable=True,
    ),
    FaultKind(
        "I-CELL-SUBDISTRICT-UNKNOWN",
        WARNING,
        "{subdistrict_short}“{value}”不在名册中{hint}，已按名册中该{community}的“{expected}”计",
        "请按名册填写{subdistrict_short}名称",
    ),
    FaultKind(
        "I-CELL-SUBDISTRICT-OTHER",
        WARNING,
        "{subdistrict_short}写的是“{value}”，名册中该{community}属于“{expected}”，已按名册计",
        "请核对{community}与{subdistrict_short}；归属有变的，请先更新名册",
    ),
    FaultKind("I-CELL-ITEM", ERROR, "条目“{value}”认不出或不在检查清单中", "请按检查清单填写，如“五-2”"),
    FaultKind(
        "I-CELL-ITEM-AMBIGUOUS",
        ERROR,
        "条目是数字“{value}”，可能被 Excel 改过（如 5.10 变成 5.1），无法确认",
        "请改成文字“五-2”这样的写法",
    ),
    FaultKind("I-CELL-DATE", ERROR, "{field}“{value}”不是能确定的日期{hint}", "请填写 2023-04-21 这样的日期"),
    FaultKind(
        "I-CELL-DATE-IMPOSSIBLE", ERROR, "{field}“{value}”：没有这一天", "请填写实际存在的日期，如 2023-04-30"
    ),
    FaultKind(
        "I-CELL-DATE-AMBIGUOUS",
        WARNING,
        "{field}是数字“{value}”，可能是{hint}，没有采用",
        "请填写 2023-04-21 这样的日期",
    ),
    FaultKind(
        "I-CELL-DATE-UNSURE", ERROR, "{field}“{value}”可能是{hint}，无法确定", "请填写 2023-04-21 这样的日期"
    ),
    FaultKind(
        "I-CELL-DUE-VAGUE",
        WARNING,
        "{field}“{value}”不是具体日期{hint}，无法判断是否逾期",
        "请填写 2023-04-30 这样的日期；确无期限的填“长期坚持”",
    ),
    FaultKind(
        "I-CELL-DATE-RANGE",
        WARNING,
        "{field}“{value}”不在专项整治期间（{window}）附近，请核对年份",
        "请核对后改正",
    ),
    FaultKind(
        "I-CELL-YEAR", INFO, "{field}“{value}”没有写年份，按专项整治期间记为{expected}", "建议写全年月日"
    ),
    FaultKind("I-CELL-ITEM-MISSING", WARNING, "没有填写条目，无法归入检查清单", "请按检查清单填写，如“五-2”"),
    FaultKind(
        "I-CELL-OFFICE",
        WARNING,
        "填报单位“{value}”不在名册和成员单位之中{hint}，按文件、工作表的名称和表中的{community}认定",
        "请按名册填写填报单位全称",
    ),
    FaultKind("I-CELL-STATUS", ERROR, "整改状态“{value}”不认识", "请填写 未整改、整改中、已整改 或 已销号"),
    FaultKind("I-CELL-CLOSED", ERROR, "是否销号“{value}”不认识", "请填写 是 或 否"),
    FaultKind("I-CELL-SAME", ERROR, "是否同一问题“{value}”不认识", "请填写 是 或 否；还没有认定的，留空"),
    FaultKind("I-CELL-HOUSEHOLDS", WARNING, "户数“{value}”不是整数，没有采用", "请只填阿拉伯数字，如 420"),
    FaultKind("I-CELL-ANSWER", ERROR, "自查结果“{value}”不认识", "请填写 符合、不符合 或 不适用"),
    FaultKind(
        "I-CELL-RECHECK", ERROR, "复查结果“{value}”不认识", "请填写下列之一：{expected}；没有复查的不填"
    ),
    FaultKind(
        "I-CELL-RECHECK-ROW",
        WARNING,
        "写了复查结果，但按问题编号“{value}”在{found}的台账里找不到（或不止一个）问题，只计在被查单位名下",
        "请照台账的序号填写问题编号，并写明{community}",
    ),
    FaultKind(
        "I-CELL-MATTER",
        WARNING,
        "没有任何一条规则对“{found}”计分，本期未计入得分",
        "请核对事项、级别的写法与评分规则是否一致；确应计分的，请在 rules/scoring 中补上规则",
    ),
    FaultKind("I-CELL-COUNT", ERROR, "“{field}”的“{value}”不是次数", "请填写阿拉伯数字，没有开展的填 0"),
    FaultKind(
        "I-CELL-NUMBER",
        ERROR,
        "“{field}”的“{value}”不是数",
        "请只填阿拉伯数字，如 2、0.5、87.5；万元请换算成元",
    ),
    FaultKind(
        "I-CELL-UNIT", ERROR, "单位“{value}”不在名册和成员单位之中{hint}", "请按名册或成员单位名单填写全称"
    ),
    FaultKind(
        "I-CELL-POINTS",
        ERROR,
        "分值“{value}”不是加扣的分数",
        "加分填 2 这样的数，扣分填 -2 这样的数，不能是 0",
    ),
    FaultKind(
        "I-CELL-FORMULA",
        ERROR,
        "“{field}”是公式，但没有计算结果",
        "请在 Excel/WPS 中打开、保存一次后重新报送",
    ),
    FaultKind("I-CELL-ERROR", ERROR, "“{field}”是错误值 {value}", "请改正公式或直接填写内容"),
    FaultKind(
        "I-CELL-PHONE", WARNING, "联系电话“{value}”不像电话号码", "请填写 11 位手机号或带区号的固定电话"
    ),
    FaultKind(
        "I-CELL-COVERED",
        WARNING,
        "合并单元格下面还压着内容“{value}”，打开时看不见，没有采用{hint}",
        "请取消合并，核对后删去多余的内容",
    ),
    FaultKind(
        "I-CELL-PHOTO",
        WARNING,
        "这一格有照片{found}，只计了数，没有采用",
        "请换成 JPG 或 PNG 格式的照片，直接贴在表里",
    ),
    FaultKind(
        "I-CELL-SEVERAL",
        WARNING,
        "一格里像是写了{count}个问题，按一个计",
        "确是几个问题的，请一个问题填一行",
    ),
    FaultKind(
        "I-CELL-ERROR-UNUSED", WARNING, "“{field}”是错误值 {value}，没有采用", "请改正公式或直接填写内容"
    ),
    FaultKind(
        "I-CELL-FORMULA-UNUSED",
        WARNING,
        "“{field}”是公式，但没有计算结果，没有采用",
        "请在 Excel/WPS 中打开、保存一次后重新报送",
    ),
    FaultKind("I-CELL-CLEANED", INFO, "含有看不见的字符，已清除{hint}", "不必处理"),
)
