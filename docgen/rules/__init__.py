"""Judges a design: what AWS refuses, what an engineer would question; see README.md in this folder."""

from docgen.rules._rule import Rule, Subject, all_rules, check

__all__ = ["Rule", "Subject", "all_rules", "check"]
