"""What can be wrong with all that came in, and with waivers."""

from campaign.intake.wordings.kind import ERROR, FATAL, WARNING, FaultKind

SETS = (
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
