"""What can be wrong with a row: how its cells go together, and how it goes with other rows."""

from campaign.intake.wordings.kind import ERROR, INFO, WARNING, FaultKind

ROWS = (
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
)
