"""Which subnets of a VPC share addresses."""

import pytest


def design(blocks: list[str]) -> str:
    subnets = "\n".join(f"      s{i}: {{cidr_block: {block}}}" for i, block in enumerate(blocks))
    return f"""\
version: 1
title: Subnets
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
{subnets}
"""


@pytest.mark.parametrize(
    ("blocks", "pairs"),
    [
        pytest.param(["10.0.0.0/24", "10.0.1.0/24"], [], id="side-by-side"),
        pytest.param(["10.0.0.0/24", "10.0.0.0/24"], ["'s1' s0"], id="the-same-block-twice"),
        pytest.param(["10.0.0.0/16", "10.0.7.0/24"], ["'s1' s0"], id="one-inside-the-other"),
        pytest.param(["10.0.7.0/24", "10.0.0.0/16"], ["'s1' s0"], id="the-later-one-is-reported"),
        pytest.param(
            ["10.0.0.0/20", "10.0.1.0/24", "10.0.15.0/24", "10.0.16.0/24"],
            ["'s1' s0", "'s2' s0"],
            id="two-inside-a-wide-one",
        ),
    ],
)
def test_overlap(blocks, pairs, judge):
    """Every subnet that overlaps an earlier one is reported once, with the other's place as a note."""
    found = [d for d in judge(design(blocks)) if d.code == "DGL-102"]

    assert pairs == [f"{d.text.split()[1]} {d.notes[0].text.split()[0][1:-1]}" for d in found]
