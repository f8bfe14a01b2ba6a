"""The canonical form of packages, under the name the renderers use; it stands in `campaign.canonical`,
because the copies that go back to the offices are made by an earlier stage and need it too.
"""

from campaign.canonical import rezip

__all__ = ["rezip"]
