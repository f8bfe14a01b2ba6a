"""Reading which matters (考核事项) a rule looks at, and how long an entry counts."""

from collections.abc import Mapping

from campaign.rulebook.reader import Entry
from campaign.rulebook.sources import Matters, Period, Repair

VALIDITY = ("valid_months", "valid_in", "repair")
MATTERS = ("matters", "levels", *VALIDITY, "min_quantity", "per_quantity")


def read_matters(fields: Mapping[str, Entry], names: tuple[str, ...] | None = None) -> Matters:
    """The choice of matters; `names` where they do not stand under `matters`."""
    if "valid_months" in fields and "valid_in" in fields:
        fields["valid_in"].refuse("“valid_months”和“valid_in”只能写一项")
    repair = fields["repair"].member(Repair) if "repair" in fields else Repair.IGNORED
    if repair is Repair.NEEDED:
        for name in ("valid_months", "valid_in"):
            if name in fields:
                fields[name].refuse(f"“repair: needed”是修复之前一直计，不能再写有效期“{name}”")
    amounts = {}
    for name in ("min_quantity", "per_quantity"):
        amounts[name] = fields[name].number() if name in fields else None
        if (amount := amounts[name]) is not None and amount <= 0:
            fields[name].refuse(f"“{name}”应大于 0，这里是 {amount}")
    return Matters(
        names=fields["matters"].texts() if names is None else names,
        levels=fields["levels"].texts() if "levels" in fields else (),
        valid_months=fields["valid_months"].whole(1) if "valid_months" in fields else 0,
        valid_in=fields["valid_in"].member(Period) if "valid_in" in fields else None,
        repair=repair,
        min_quantity=amounts["min_quantity"],
        per_quantity=amounts["per_quantity"],
    )
