"""VPC Block Public Access (semantics 5.5): every cell of its table, exclusions, Regions."""

import pytest

from docgen.model.packet import Family
from tests.routing.cases import ALLOWED, Answer, ask, blocked
from tests.routing.test_ipv6 import dual

OFF = "vpc_block_public_access: {mode: 'off'}"
INGRESS = "vpc_block_public_access: {mode: block-ingress}"
BOTH = "vpc_block_public_access: {mode: block-bidirectional}"
STOPPED = blocked("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", "vpc_block_public_access:vpc-block-public-access")

IN, OUT, NAT, EIGW = "user -> web tcp 443", "web -> server tcp 443", "app -> server tcp 443", "app -> server6 tcp 443"


@pytest.mark.parametrize(
    ("top", "ends", "answer"),
    [
        pytest.param(OFF, IN, ALLOWED, id="off-in"),
        pytest.param(OFF, OUT, ALLOWED, id="off-out"),
        pytest.param(INGRESS, IN, STOPPED, id="ingress-in"),
        pytest.param(INGRESS, OUT, STOPPED, id="ingress-out"),
        pytest.param(INGRESS, NAT, ALLOWED, id="ingress-nat"),
        pytest.param(INGRESS, EIGW, ALLOWED, id="ingress-eigw"),
        pytest.param(BOTH, IN, STOPPED, id="both-in"),
        pytest.param(BOTH, OUT, STOPPED, id="both-out"),
        pytest.param(BOTH, NAT, STOPPED, id="both-nat"),
        pytest.param(BOTH, EIGW, STOPPED, id="both-eigw"),
        pytest.param(BOTH, "web -> app tcp 8081", ALLOWED, id="both-inside"),
    ],
)
def test_matrix_of_modes(top, ends, answer):
    """Row by row of the table."""
    web = "security_groups: {sg-web: {ingress: ['tcp 80,443 from 0.0.0.0/0', 'tcp 443 from ::/0']}}"
    family = Family.IPV6 if "server6" in ends else None

    report = ask(dual(web, top), ends, family=family)
    by = f"{report.component.kind}:{report.component_name}" if report.component else None

    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text


@pytest.mark.parametrize(
    ("says", "top", "ends"),
    [
        (
            "(block-ingress) lets nothing out to the internet at igw but what a NAT gateway or an egress-only "
            "internet gateway lets out: neither",
            INGRESS,
            OUT,
        ),
        ("(block-ingress) lets nothing in from the internet at igw: neither VPC vpc nor the subnet", INGRESS, IN),
        ("(block-bidirectional) lets nothing out to the internet at igw: neither", BOTH, OUT),
    ],
)
def test_it_says_what_it_spares(says, top, ends):
    """Only blocking what comes in spares something, and only on the way out."""
    assert says in ask(dual("", top), ends).text


@pytest.mark.parametrize(
    ("exclusions", "ends", "allowed"),
    [
        pytest.param("{vpc: allow-bidirectional}", IN, True, id="vpc-in"),
        pytest.param("{vpc: allow-bidirectional}", EIGW, True, id="vpc-eigw"),
        pytest.param("{vpc/pub: allow-bidirectional}", IN, True, id="subnets-of-all-zones"),
        pytest.param("{vpc/pub-b: allow-bidirectional}", IN, False, id="another-subnet"),
        pytest.param("{vpc/pub: allow-egress}", IN, False, id="egress-in"),
        pytest.param("{vpc/pub: allow-egress}", OUT, False, id="egress-is-by-nat-only"),
        pytest.param("{vpc/pub: allow-egress}", NAT, True, id="egress-nat"),
        pytest.param("{vpc/app: allow-egress}", NAT, False, id="the-nats-subnet-counts"),
        pytest.param("{vpc/app: allow-egress}", EIGW, True, id="egress-eigw"),
    ],
)
def test_exclusions(exclusions, ends, allowed):
    """A VPC, or a subnet alone."""
    top = f"vpc_block_public_access: {{mode: block-bidirectional, exclusions: {exclusions}}}"
    web = "security_groups: {sg-web: {ingress: ['tcp 80,443 from 0.0.0.0/0']}}"

    report = ask(dual(web, top), ends, family=Family.IPV6 if "server6" in ends else None)

    assert (report.verdict == "allowed") is allowed, report.text


@pytest.mark.parametrize(("region", "allowed"), [("ap-south-1", False), ("us-east-1", True)])
def test_region(region, allowed):
    """It holds for the VPCs of its Region."""
    top = f"regions: {{{region}: {{vpc_block_public_access: {{mode: block-ingress}}}}}}"
    web = "security_groups: {sg-web: {ingress: ['tcp 80,443 from 0.0.0.0/0']}}"

    assert (ask(dual(web, top), IN).verdict == "allowed") is allowed
