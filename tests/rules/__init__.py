"""Cases of the shipped rules, as data."""
