"""What engineers, not clerks, must mend: named exceptions, each with its exit code.

What a clerk can mend in Excel is a `Fault` (see records), which is collected and never raised.
"""

from typing import ClassVar


class CampaignError(Exception):
    """An expected failure: shown in Chinese without a traceback, and turned into an exit code."""

    exit_code: ClassVar[int] = 1


class UsageError(CampaignError):
    """The command was called in a way that cannot be carried out."""

    exit_code = 2


class RulesError(CampaignError):
    """A rule file is wrong; the message names file and line."""

    exit_code = 4


class TemplateError(CampaignError):
    """A template is wrong; the message names template and line."""

    exit_code = 4


class RenderError(CampaignError):
    """A document could not be turned into PDF or Word."""

    exit_code = 5


class ArchiveError(CampaignError):
    """An output or archive folder is not as it must be."""

    exit_code = 6
