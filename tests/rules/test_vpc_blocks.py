"""DGL-150: which blocks may stand beside each other, from the table of "VPC CIDR blocks"."""

import pytest

DESIGN = "version: 1\ntitle: Blocks\nregion: ap-south-1\nzones: [a]\nvpcs:\n  shop: {{cidr_blocks: [{blocks}]}}\n"


@pytest.mark.parametrize(
    ("blocks", "refused"),
    [
        pytest.param("10.1.0.0/16, 10.2.0.0/16", False, id="10-and-10"),
        pytest.param("10.2.0.0/16, 10.0.0.0/16", False, id="10.0-beside-what-is-not-in-10.0/15"),
        pytest.param("10.1.0.0/16, 10.0.0.0/16", True, id="10.0-beside-10.0/15"),
        pytest.param("10.0.0.0/17, 10.0.128.0/17", True, id="10.0-beside-itself"),
        pytest.param("10.1.0.0/16, 172.16.0.0/16", True, id="10-and-172"),
        pytest.param("10.1.0.0/16, 192.168.0.0/16", True, id="10-and-192"),
        pytest.param("10.1.0.0/16, 198.19.0.0/16", True, id="10-and-198.19"),
        pytest.param("10.1.0.0/16, 100.64.0.0/16", False, id="10-and-shared"),
        pytest.param("10.1.0.0/16, 8.8.0.0/16", False, id="10-and-public"),
        pytest.param("172.16.0.0/16, 172.18.0.0/16", False, id="172-and-172"),
        pytest.param("172.16.0.0/16, 172.31.0.0/16", True, id="172-and-default-vpc"),
        pytest.param("172.16.0.0/16, 10.1.0.0/16", True, id="172-and-10"),
        pytest.param("192.168.0.0/20, 192.168.16.0/20", False, id="192-and-192"),
        pytest.param("192.168.0.0/20, 192.168.8.0/24", True, id="overlap"),
        pytest.param("192.168.0.0/20, 172.16.0.0/16", True, id="192-and-172"),
        pytest.param("198.19.0.0/20, 198.19.16.0/20", True, id="198.19-and-198.19"),
        pytest.param("198.19.0.0/20, 100.64.0.0/16", False, id="198.19-and-shared"),
        pytest.param("198.19.0.0/20, 10.1.0.0/16", True, id="198.19-and-10"),
        pytest.param("100.64.0.0/16, 100.65.0.0/16", False, id="shared-and-shared"),
        pytest.param("100.64.0.0/16, 10.1.0.0/16", True, id="shared-and-10"),
        pytest.param("8.8.0.0/16, 198.19.0.0/20", True, id="public-and-198.19"),
    ],
)
def test_blocks(blocks, refused, judge):
    """Row by row."""
    codes = {d.code for d in judge(DESIGN.format(blocks=blocks))}

    assert ("DGL-150" in codes) is refused


@pytest.mark.parametrize(("number", "over"), [(5, False), (6, True)])
def test_number_of_blocks(number, over, judge):
    """Five without asking."""
    blocks = ", ".join(f"10.{i + 1}.0.0/16" for i in range(number))

    assert ("DGL-131" in {d.code for d in judge(DESIGN.format(blocks=blocks))}) is over


@pytest.mark.parametrize(("size", "over"), [(500, False), (501, True)])
def test_list_counts_for_its_maximum(size, over, judge):
    """In a route table a prefix list is as long as it may become."""
    text = f"""\
version: 1
title: Lists
region: ap-south-1
zones: [a]
prefix_lists: {{pl-far: {{entries: [203.0.113.0/24], max_entries: {size}}}}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {{public: {{cidr_block: 10.0.0.0/24, route_table: public}}}}
    route_tables: {{public: {{pl-far: igw}}}}
"""
    assert ("DGL-131" in {d.code for d in judge(text)}) is over
