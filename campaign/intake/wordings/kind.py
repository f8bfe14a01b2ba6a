"""One entry of the catalogue of faults."""

from dataclasses import dataclass

from campaign.records import Severity

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
