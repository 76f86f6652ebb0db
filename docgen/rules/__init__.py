"""Judges a design: what AWS refuses, what an engineer would question; see README.md in this folder."""

from docgen.rules._rule import Rule, Subject, all_rules, check
from docgen.rules._suppression import SUPPRESSION_CODES, Sifted, sift, wrong_suppressions

__all__ = [
    "SUPPRESSION_CODES",
    "Rule",
    "Sifted",
    "Subject",
    "all_rules",
    "check",
    "sift",
    "wrong_suppressions",
]
