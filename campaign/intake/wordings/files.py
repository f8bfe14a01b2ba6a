"""What can be wrong with a file, a sheet, a heading."""

from campaign.intake.wordings.kind import ERROR, FATAL, INFO, WARNING, FaultKind

FILES = (
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
)
