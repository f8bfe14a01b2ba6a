"""The catalogue of everything that can be wrong with a workbook: code, severity, message, remedy.

Codes are never renumbered or reused. The words are for the clerk and the offices; placeholders in braces
are filled in by `fault`, those for the campaign's nouns ({community} …) at the end of intake. Where the fault lies is put in front of each message by `fault` itself.
"""

from dataclasses import dataclass, fields, replace

from campaign.records import CellRef, Fault, Severity
from campaign.rulebook.model import Nouns

_NOUNS = {place.name: "{" + place.name + "}" for place in fields(Nouns)}
FATAL, ERROR, WARNING, INFO = Severity.FATAL, Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One entry of the catalogue.

    `readable` is for errors of rows: every field that is counted could still be read, what is wrong is how
    they go together. Such a row counts once the error is waived (see campaign.intake.waivers).
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    readable: bool = False


_KINDS = (
    # --- the file ---------------------------------------------------------------------------------
    FaultKind("I-FILE-EMPTY", FATAL, "文件是空的（0字节）", "请重新导出或另存后报送"),
    FaultKind(
        "I-FILE-TYPE", FATAL, "不是能读取的表格文件（{found}）", "请在 Excel/WPS 中另存为 .xlsx 后重新报送"
    ),
    FaultKind(
        "I-FILE-ENCRYPTED",
        FATAL,
        "文件设有打开密码，无法读取",
        "请在 Excel/WPS 中取消密码，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-DAMAGED",
        FATAL,
        "文件已损坏或不完整，无法读取",
        "请在 Excel/WPS 中打开检查，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-DISGUISED",
        FATAL,
        "扩展名是表格，内容却是{found}",
        "请在 Excel/WPS 中打开，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-UNSAFE",
        FATAL,
        "文件结构异常（{found}），为安全起见未读取",
        "请新建空白工作簿，只粘贴数据，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-TOO-LARGE",
        FATAL,
        "文件过大（{found}），无法读取",
        "请删去多余的空行、空列和格式，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-TIMEOUT",
        FATAL,
        "读取超过{seconds}秒仍未结束，已放弃",
        "请删去多余的空行、空列和格式，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-CRASHED",
        FATAL,
        "读取时程序异常中止，该文件未纳入",
        "请在 Excel/WPS 中打开，另存为 .xlsx 后重新报送",
    ),
    FaultKind("I-FILE-NO-SHEET", FATAL, "工作簿里没有任何工作表", "请检查后另存为 .xlsx 重新报送"),
    FaultKind(
        "I-FILE-LOCK",
        INFO,
        "这是 Excel/WPS 打开文件时留下的临时文件，已跳过",
        "不必处理；关闭 Excel/WPS 后它会自行消失",
    ),
    FaultKind(
        "I-FILE-FALLBACK",
        WARNING,
        "按常规方式读不了，已改用备用方式读取，批注、隐藏行等信息可能缺失",
        "请在 Excel/WPS 中另存为 .xlsx 后再报送",
    ),
    FaultKind(
        "I-FILE-MERGES",
        WARNING,
        "这种格式读不出合并单元格、批注、隐藏行和错误值，看上去空白的格可能并不空",
        "请在 Excel/WPS 中另存为 .xlsx 后再报送",
    ),
    FaultKind(
        "I-FILE-LONG",
        WARNING,
        "有工作表超过{limit}行或内容过多，已改用快速方式读取，批注和图片没有读取",
        "请确认是否有大量多余的行；有的请删去",
    ),
    FaultKind(
        "I-FILE-PICTURES",
        WARNING,
        "文件里的图片没有读出来（{found}），照片没有采用",
        "需要附照片的，请在 Excel/WPS 中压缩图片，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-FILE-UNREADABLE", FATAL, "文件打不开（{found}）", "请关闭正在使用该文件的程序，检查权限后重新生成"
    ),
    FaultKind("I-FILE-NAME", FATAL, "文件名的编码不对，没有读取", "请把文件改名后重新放入 input 文件夹"),
    FaultKind("I-FILE-COPY", WARNING, "与《{found}》内容完全相同，只读取一次", "请删去多余的一份"),
    FaultKind(
        "I-FILE-OTHER",
        WARNING,
        "不是表格文件，没有读取",
        "如含有应报数据，请改用 Excel 表格报送；与本工作无关的请移出 input 文件夹",
    ),
    FaultKind(
        "I-FILE-KIND",
        FATAL,
        "认不出这是哪一种表（名册、问题台账、自查表、督导抽查、信访投诉、工作开展情况、考核事项、得分调整、豁免、同一问题认定）；见到的表头：{found}",
        "请改用统一表样的表头，或在 rules/headings.yaml 中补充这种叫法；与本工作无关的文件请移出 input 文件夹",
    ),
    # --- the sheet --------------------------------------------------------------------------------
    FaultKind("I-SHEET-EMPTY", INFO, "工作表没有内容，已跳过", "不必处理"),
    FaultKind(
        "I-SHEET-OTHER",
        WARNING,
        "工作表认不出是哪一种表，没有读取；见到的内容：{found}",
        "如含有应报数据，请改用统一表样的表头",
    ),
    FaultKind("I-SHEET-HIDDEN", WARNING, "工作表是隐藏的，已照常读取", "请确认是否应当计入；不需要的请删除"),
    FaultKind("I-SHEET-SUMMARY", INFO, "共{count}行与其他工作表重复，只计一次", "不必处理"),
    FaultKind(
        "I-SHEET-OLDER",
        INFO,
        "这是较早的一期，本期以工作表“{expected}”为准，这里的{count}行没有另计",
        "不必处理",
    ),
    FaultKind(
        "I-SHEET-LATER", INFO, "这是截至日期 {expected} 之后的一期，本期没有计入", "不必处理；到期自动计入"
    ),
    FaultKind(
        "I-SHEET-DROPPED",
        WARNING,
        "较新的工作表“{expected}”里没有这个问题，没有计入",
        "请核对：仍应登记的，补入“{expected}”",
    ),
    FaultKind(
        "I-SHEET-CONFLICT",
        ERROR,
        "同一问题在{found}写的是“{expected}”，这里写的是“{value}”，分不清以哪一处为准",
        "请改成一致",
    ),
    FaultKind(
        "I-SHEET-HIDDEN-ROWS", WARNING, "第{rows}行是隐藏的，已照常读取", "请取消隐藏或筛选，确认是否应当计入"
    ),
    FaultKind(
        "I-SHEET-HIDDEN-COLUMNS", WARNING, "{columns}列是隐藏的，已照常读取", "请取消隐藏，确认内容无误"
    ),
    FaultKind(
        "I-SHEET-DAMAGED",
        FATAL,
        "工作表的内容缺失或损坏，没有读取",
        "请在 Excel/WPS 中打开检查，另存为 .xlsx 后重新报送",
    ),
    FaultKind(
        "I-SHEET-EXTRAS", WARNING, "批注或图片已损坏，没有读取", "请在 Excel/WPS 中打开检查，另存后重新报送"
    ),
    FaultKind(
        "I-SHEET-TEXTBOX",
        WARNING,
        "文本框里的文字“{value}”没有读取",
        "如含有应报内容，请改填到单元格中",
    ),
    # --- the heading ------------------------------------------------------------------------------
    FaultKind(
        "I-HEAD-MISSING",
        FATAL,
        "表头缺少“{field}”一列，这张表没有计入；见到的表头：{found}",
        "请补上“{field}”列并填写后重新报送；如已有此列而叫法不同，请在 rules/headings.yaml 中补充",
    ),
    FaultKind(
        "I-HEAD-TWICE",
        FATAL,
        "“{first}”和“{second}”两列都表示“{field}”，分不清以哪一列为准，这张表没有计入",
        "请保留一列，另一列删除或改名",
    ),
    FaultKind(
        "I-HEAD-SIMILAR",
        WARNING,
        "不认识表头“{found}”，这一列没有采用；是否想写“{field}”",
        "如是，请把表头改为“{field}”",
    ),
    FaultKind(
        "I-HEAD-BLANK",
        WARNING,
        "这一列填有内容，却没有表头，没有采用",
        "请补上表头；与本表无关的内容请移到别处",
    ),
    FaultKind(
        "I-HEAD-UNKNOWN",
        INFO,
        "不认识表头“{found}”，这一列没有采用",
        "如需采用，请在 rules/headings.yaml 中补充这种叫法",
    ),
    # --- the cell ---------------------------------------------------------------------------------
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
    # --- the row ----------------------------------------------------------------------------------
    FaultKind("I-ROW-CLOSED-UNDATED", ERROR, "已销号，但没有填写销号时间", "请补填销号时间", readable=True),
    FaultKind(
        "I-ROW-UNVERIFIED",
        ERROR,
        "已销号，但没有填写{field}",
        "请补填验收销号的人；还没有验收的，整改状态改为“已整改”",
        readable=True,
    ),
    FaultKind("I-ROW-DONE-UNDATED", WARNING, "已整改，但没有填写完成时间", "请补填完成时间"),
    FaultKind(
        "I-ROW-DATED-OPEN",
        ERROR,
        "填写了{field}“{value}”，整改状态却是“{status}”",
        "请核对：已完成的改为“已整改”或“已销号”，未完成的删去日期",
        readable=True,
    ),
    FaultKind(
        "I-ROW-CLOSED-OPEN", ERROR, "“是否销号”填“{value}”，整改状态却是“{status}”", "请核对两栏，改成一致"
    ),
    FaultKind(
        "I-ROW-FILLED", WARNING, "{community}没有填写，按上一行的“{expected}”计", "请逐行填写{community}名称"
    ),
    FaultKind(
        "I-ROW-ORDER-DOUBT", WARNING, "{later}（{value}）早于{earlier}（{expected}）", "请核对两个日期"
    ),
    FaultKind(
        "I-ROW-ORDER",
        ERROR,
        "{later}（{value}）早于{earlier}（{expected}）",
        "请核对两个日期",
        readable=True,
    ),
    FaultKind(
        "I-ROW-DUE-LATE",
        WARNING,
        "整改时限（{value}）晚于专项整治结束的日期（{expected}）",
        "请核对整改时限；确需长期整改的填“长期坚持”",
    ),
    FaultKind(
        "I-ROW-DUE-MISSING",
        WARNING,
        "没有填写整改时限，无法判断是否逾期",
        "请补填整改时限；确属长期坚持的填“长期坚持”",
    ),
    FaultKind(
        "I-ROW-FUTURE",
        WARNING,
        "发现时间在截至日期 {expected} 之后，本期没有计入",
        "请核对发现时间；属于下周的，下周自动计入",
    ),
    FaultKind(
        "I-ROW-DATED-FUTURE",
        WARNING,
        "{field}（{value}）在截至日期 {expected} 之后，本期按未到该日处理",
        "请核对日期",
    ),
    FaultKind(
        "I-ROW-JOINED",
        INFO,
        "与第{found}行是同一个问题（序号已合并），整改措施等已并在一起，只计一次",
        "不必处理",
    ),
    FaultKind(
        "I-ROW-PARTS",
        ERROR,
        "同一个问题占了几行，这一行的{field}是“{value}”，第一行是“{expected}”，分不清以哪一行为准",
        "请把这个问题的{field}合并成一格或改成一致；不是同一个问题的，请取消序号的合并，逐行填写",
    ),
    FaultKind("I-ROW-PASSED-OVER", INFO, "这是{found}，没有作为问题计入", "不必处理"),
    FaultKind(
        "I-ROW-AFTER-END",
        WARNING,
        "合计或签字行之后又出现了像是问题的内容，没有计入",
        "请把问题移到合计行之前",
    ),
    FaultKind(
        "I-ROW-DUPLICATE", WARNING, "与{found}是同一问题的重复登记，已照常计入", "请核对，重复的删去一行"
    ),
    FaultKind(
        "I-ROW-REPEATED",
        ERROR,
        "与{found}的序号、{community}、条目、问题和发现时间都相同，是同一行填了两遍",
        "请删去重复的一行；确是两个问题的，请改用不同的序号",
        readable=True,
    ),
    FaultKind(
        "I-ROW-ANSWERED-TWICE",
        ERROR,
        "条目{item}在{found}答的是“{expected}”，这里答的是“{value}”，分不清以哪一处为准，都没有采用",
        "请保留一处，或改成一致",
    ),
    FaultKind(
        "I-ROW-FAIL-UNLISTED",
        WARNING,
        "自查表对条目{item}填“不符合”，台账里却没有{value}这一条目的问题（见{found}）",
        "请核对：问题属实的，补登台账；已经整改的，更新自查表",
    ),
    FaultKind(
        "I-ROW-PASS-DENIED",
        WARNING,
        "台账登记了{value}条目{item}的问题，{expected}的自查表（{found}）对这一条目却填“符合”",
        "请核对台账与自查表，改正填错的一处",
    ),
    FaultKind("I-ROW-TOTAL", WARNING, "合计写的是{value}，实际数得{expected}", "请核对合计与明细"),
    FaultKind(
        "I-ROW-ADJUST-EXPIRED",
        WARNING,
        "得分调整的有效期至 {value}，在截至日期 {expected} 之前，本期没有采用",
        "继续有效的，请经批准后更新有效期；不再有效的，请删去这一行",
    ),
    FaultKind(
        "I-ROW-ADJUST-TWICE", WARNING, "与{found}的得分调整完全相同，只计一次", "请核对，重复的删去一行"
    ),
    FaultKind(
        "I-ROW-SETTLED-TWICE",
        ERROR,
        "两个问题是否同一，这里填“{value}”，{found}却不是这样填的，两处都没有采用",
        "请核对后改成一致，或删去一行",
    ),
    # --- the whole set ----------------------------------------------------------------------------
    FaultKind("I-SET-ROSTER", FATAL, "没有收到名册，无法核对{community}和企业", "请把名册放进 input 文件夹"),
    FaultKind("I-SET-ROSTER-TWICE", FATAL, "名册不止一份：{found}", "请只留最新的一份名册"),
    FaultKind("I-SET-ROSTER-REPEAT", ERROR, "“{value}”在名册中登记了不止一次", "请删去重复的一行"),
    FaultKind(
        "I-SET-ROSTER-LINK",
        ERROR,
        "名册中{community}“{value}”的{field}“{found}”没有登记",
        "请在名册的相应工作表中补登，或改正名称",
    ),
    FaultKind(
        "I-SET-ROSTER-SCOPE", WARNING, "名册登记{field}{found}个，通知明确的是{expected}个", "请核对名册"
    ),
    FaultKind(
        "I-SET-UNREPORTED", WARNING, "{value}没有报送可用的问题台账，其数据未纳入", "请催报；报送后重新生成"
    ),
    FaultKind(
        "I-SET-LEDGER-TWICE",
        FATAL,
        "{value}的台账不止一份：{found}，分不清以哪一份为准，均未计入",
        "请只留最新的一份，其余移出 input 文件夹",
    ),
    FaultKind(
        "I-SET-OFFICE",
        FATAL,
        "认不出这份台账是哪个{subdistrict_short}报送的",
        "请在表头上方写明“填报单位：××{subdistrict}”",
    ),
    FaultKind(
        "I-SET-REPORTED-NAME",
        WARNING,
        "台账没有写填报时间，按文件或工作表的名称记为 {expected}",
        "请在表头上方写明“填报时间：2023年4月21日”",
    ),
    FaultKind(
        "I-SET-BLANK",
        WARNING,
        "这份表一行也没有填，也没有写填报时间，按没有报送处理",
        "请填写后重新报送；确实没有要报的内容，只写明填报时间即可",
    ),
    FaultKind(
        "I-SET-REPORTED-ON", WARNING, "台账没有写填报时间", "请在表头上方写明“填报时间：2023年4月21日”"
    ),
    FaultKind(
        "I-SET-STALE",
        WARNING,
        "{value}的台账填报时间是 {found}，本周（截至 {expected}）没有更新",
        "请催报本周台账；确无变化的，请更新填报时间",
    ),
    FaultKind(
        "I-SET-CHECK-COMMUNITY",
        FATAL,
        "认不出这份自查表是哪个{community}的{hint}",
        "请在表头上方写明“{community}名称：××”，名称与名册一致",
    ),
    FaultKind(
        "I-SET-CHECK-DATE",
        ERROR,
        "自查表没有写填报时间，没有计入已排查",
        "请在表头上方写明“填报时间：2023年4月21日”",
    ),
    FaultKind(
        "I-SET-CHECK-TWICE",
        WARNING,
        "{community}“{value}”的自查表不止一份，采用填报时间最新的一份；另见{found}",
        "请只留最新的一份",
    ),
    FaultKind("I-SET-CHECK-BLANK", ERROR, "自查表一条也没有答，没有计入已排查", "请逐条填写后重新报送"),
    FaultKind(
        "I-SET-CHECK-ITEMS",
        WARNING,
        "自查表只答了{found}条，检查清单共{expected}条；未答：{value}",
        "请逐条填写",
    ),
    FaultKind(
        "I-SET-CHECK-FUTURE",
        WARNING,
        "自查表的填报时间在截至日期 {expected} 之后，本期没有计入",
        "不必处理；下周自动计入",
    ),
    FaultKind(
        "I-SET-UNCHANGED",
        WARNING,
        "这份台账与{found}报送的完全相同，本周没有更新",
        "请催报本周台账；确无变化的，请更新填报时间",
    ),
    FaultKind(
        "I-SET-DUPLICATE",
        WARNING,
        "与另一份台账中的{found}是同一问题，两份都登记了",
        "请与对方核对，由{community}所属的{subdistrict_short}登记，另一份删去",
    ),
    # --- waivers ----------------------------------------------------------------------------------
    FaultKind(
        "I-WAIVER-EXPIRED",
        ERROR,
        "豁免的有效期至{expected}，在截至日期之前已经过期，不再有效",
        "原来的问题已改正的，删去这一行；确需继续豁免的，报批后更新有效期",
    ),
    FaultKind(
        "I-WAIVER-AMBIGUOUS",
        WARNING,
        "代码{value}和单元格在几处都有（{found}），不知道豁免哪一处，没有采用",
        "请把文件和工作表两栏填全",
    ),
    FaultKind(
        "I-WAIVER-UNUSED",
        WARNING,
        "没有与代码{value}、文件、工作表、单元格都相符的错误，这条豁免没有用上{hint}",
        "原来的问题已改正的，请删去这一行；否则请照《校验意见》核对各栏",
    ),
)

CATALOGUE = {kind.code: kind for kind in _KINDS}


def fault(code: str, ref: CellRef, value: str = "", **words: object) -> Fault:
    """A fault of a catalogued kind at a place. `words` fill the placeholders of its message and remedy.

    The places of the campaign's nouns stay open; `in_words` fills them.
    """
    kind = CATALOGUE[code]
    words.setdefault("hint", "")
    filled = {**_NOUNS, "value": value, **words}
    return Fault(
        code=code,
        severity=kind.severity,
        ref=ref,
        value=value,
        message=f"{ref}：{kind.message.format(**filled)}",
        remedy=kind.remedy.format(**filled),
    )


def in_words(found: Fault, nouns: Nouns) -> Fault:
    """A fault that calls everybody what the campaign calls them."""
    message, remedy = nouns.fill(found.message), nouns.fill(found.remedy)
    if (message, remedy) == (found.message, found.remedy):
        return found
    return replace(found, message=message, remedy=remedy)
