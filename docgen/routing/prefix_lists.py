# Prefix lists by name: those that the author declares, and those that AWS manages.
#
# In:  a name (`pl-offices`, `com.amazonaws.us-east-1.s3`). Out: its blocks.
# A list of AWS's that a definition names becomes a component of it, so that references bind as any other.
"""entries_of, named_aws_lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.core.aws_ranges import managed_prefix_list
from docgen.core.prefixes import Block
from docgen.model.component import Component, Key
from docgen.routing.binding import references

AWS = "com.amazonaws."
"""How the names of AWS's own lists begin."""


def entries_of(name: str, components: Mapping[Key, Component]) -> tuple[Block, ...]:
    """The blocks of a prefix list; () where there is none of this name. Look-ups of both sorts are this one."""
    declared: Any = components.get(Key("prefix_list", name))
    return declared.entries if declared is not None else ()


def named_aws_lists(components: Iterable[Component]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The lists of AWS's that a definition names, each once, in order; unknown ones left out."""
    seen: set[str] = set()
    for component in components:
        for ref, kinds in references(component):
            if "prefix_list" in kinds and ref.name.startswith(AWS) and ref.name not in seen:
                seen.add(ref.name)
                found = managed_prefix_list(ref.name)
                if found:
                    yield ref.name, found
