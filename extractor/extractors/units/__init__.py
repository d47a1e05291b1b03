"""Responsible units (责任单位): names and lists of them, brackets and unit lines, clauses, rules of the whole document."""
