"""An invented county of the size of the notice: its records, its workbooks, and the figures that follow.

Everybody and everything in it is made up by a seeded generator. The same seed gives the same county and the
same workbooks, part for part; another seed gives other names and other numbers.
"""

from sample.county import County, county

__all__ = ["County", "county"]
