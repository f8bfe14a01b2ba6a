"""The rules' own cases: examples beside the rules that an official can read, and that are run.

A rule without a case is a rule that nobody has tried: `check` runs all cases of a rulebook and says which
rules lack one that fires, one that does not, or one on a day of change and the day before.
"""
