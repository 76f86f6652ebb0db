# Icon names (as kinds give them) to artwork and to draw.io's shapes.
#
# Artwork is that of the `diagrams` package, found without importing it, made small and given the colour of
# its AWS category as of today, so that SVG, PNG and draw.io look alike. The few that it lacks are drawn here.
"""ICONS, Artwork, data_uri."""

from __future__ import annotations

import base64
import importlib.util
from functools import cache
from pathlib import Path

from docgen.core.data import dataclass
from docgen.core.errors import MissingToolError, UnknownNameError
from docgen.core.png_file import PngFile

PIXELS = 128
"""Side of the embedded picture: sharp up to 2.6 times the drawn size."""

NETWORKING, COMPUTE, DATABASE, GENERAL, SECURITY = "#8c4fff", "#ed7100", "#c925d1", "#232f3d", "#dd344c"
STORAGE, INTEGRATION, ANALYTICS = "#7aa116", "#e7157b", "#8c4fff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """One icon."""

    file: str = ""
    """Below the package's folder of AWS artwork, without suffix; "" where `paths` draws it."""
    colour: str
    """Of its category."""
    tile: bool = False
    """A filled square with a white glyph rather than a line glyph."""
    paths: tuple[str, ...] = ()
    """SVG path data in a 48 x 48 square, stroked with `colour`."""
    shape: str
    """draw.io: stencil of a line glyph, or of the glyph on a tile; one that is not AWS's with its library."""
    size: tuple[int, int] = (48, 48)
    """draw.io: the stencil's own proportions inside the 48 x 48 square."""


ICONS = {
    "account": Artwork(file="management/organizations-account", colour="#cd2264", shape="group_account"),
    "application-load-balancer": Artwork(
        file="network/elb-application-load-balancer", colour=NETWORKING, shape="application_load_balancer"
    ),
    "client-vpn": Artwork(file="network/client-vpn", colour=NETWORKING, tile=True, shape="client_vpn"),
    "auto-scaling-group": Artwork(file="compute/ec2-auto-scaling", colour=COMPUTE, tile=True, shape="auto_scaling2"),
    "api-gateway": Artwork(file="network/api-gateway", colour=INTEGRATION, tile=True, shape="api_gateway"),
    "aws-service": Artwork(
        paths=("M8 19h32v20H8z", "M16 19v-8h16v8", "M16 29h16"), colour=GENERAL, shape="generic_application"
    ),
    "carrier-gateway": Artwork(
        paths=(
            "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
            "M24 38V22M17 38h14M16 18a10 10 0 0 1 16 0M20 22a5 5 0 0 1 8 0",
        ),
        colour=NETWORKING,
        shape="vpc_carrier_gateway",
    ),
    "cloud-wan": Artwork(
        paths=(
            "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
            "M24 5v38M5 24h38M10 13c8 5 20 5 28 0M10 35c8-5 20-5 28 0",
        ),
        colour=NETWORKING,
        shape="cloud_wan",
    ),
    "efs": Artwork(file="storage/elastic-file-system-efs", colour=STORAGE, tile=True, shape="elastic_file_system"),
    "elasticache": Artwork(file="database/elasticache", colour=DATABASE, tile=True, shape="elasticache"),
    "gateway-load-balancer": Artwork(
        paths=(
            "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
            "M18 12h12v8H18zM24 20v6M13 26h22M13 26v6M24 26v6M35 26v6",
            "M10 32h6v4h-6zM21 32h6v4h-6zM32 32h6v4h-6z",
        ),
        colour=NETWORKING,
        shape="gateway_load_balancer",
    ),
    "global-accelerator": Artwork(
        file="network/global-accelerator", colour=NETWORKING, tile=True, shape="global_accelerator"
    ),
    "local-gateway": Artwork(
        paths=(
            "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
            "M15 34V22a9 9 0 0 1 18 0v12M20 34V24a4 4 0 0 1 8 0v10M12 34h24",
        ),
        colour=COMPUTE,
        shape="outposts",
    ),
    "network-firewall": Artwork(
        file="network/network-firewall", colour=SECURITY, tile=True, shape="network_firewall"
    ),
    "odb-network": Artwork(
        paths=(
            "M10 12c0-8 28-8 28 0v24c0 8-28 8-28 0z",
            "M10 12c0 8 28 8 28 0M10 20c0 8 28 8 28 0M10 28c0 8 28 8 28 0",
        ),
        colour=DATABASE,
        shape="oracle_database_at_aws",
    ),
    "opensearch": Artwork(
        file="analytics/amazon-opensearch-service", colour=ANALYTICS, tile=True, shape="opensearch_service_data_node"
    ),
    "outpost": Artwork(file="compute/outposts", colour=COMPUTE, tile=True, shape="outposts"),
    "redshift": Artwork(file="analytics/redshift", colour=ANALYTICS, tile=True, shape="redshift"),
    "vpc-lattice": Artwork(
        paths=("M8 24L24 8l16 16l-16 16z", "M16 16l16 16M32 16L16 32"),
        colour=NETWORKING,
        shape="vpc_lattice",
    ),
    "waf": Artwork(file="security/waf", colour=SECURITY, tile=True, shape="waf"),
    "cloudfront": Artwork(file="network/cloudfront", colour=NETWORKING, tile=True, shape="cloudfront"),
    "customer-gateway": Artwork(file="network/vpc-customer-gateway", colour=NETWORKING, shape="customer_gateway"),
    "data-center": Artwork(
        file="general/generic-office-building", colour=GENERAL, shape="corporate_data_center", size=(32, 48)
    ),
    "direct-connect": Artwork(file="network/direct-connect", colour=NETWORKING, tile=True, shape="direct_connect"),
    "dns-provider": Artwork(
        paths=(
            "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
            "M24 5c-11 9-11 29 0 38M24 5c11 9 11 29 0 38M24 5v38M5 24h38M8.5 14h31M8.5 34h31",
        ),
        colour=GENERAL,
        shape="globe",
    ),
    "dynamodb": Artwork(file="database/dynamodb", colour=DATABASE, tile=True, shape="dynamodb"),
    "ec2-instance": Artwork(file="compute/ec2-instance", colour=COMPUTE, shape="instance2"),
    "egress-only-internet-gateway": Artwork(
        file="network/internet-gateway", colour=NETWORKING, shape="internet_gateway"
    ),
    "flow-log": Artwork(file="network/vpc-flow-logs", colour=NETWORKING, shape="flow_logs"),
    "gateway-load-balancer-endpoint": Artwork(file="network/endpoint", colour=NETWORKING, shape="endpoint"),
    "internet": Artwork(file="general/internet-alt2", colour=GENERAL, shape="internet", size=(48, 30)),
    "internet-gateway": Artwork(file="network/internet-gateway", colour=NETWORKING, shape="internet_gateway"),
    "internet-host": Artwork(
        file="general/traditional-server", colour=GENERAL, shape="traditional_server", size=(28, 48)
    ),
    "kinesis": Artwork(
        file="analytics/kinesis-data-streams", colour=ANALYTICS, tile=True, shape="kinesis_data_streams"
    ),
    "lambda": Artwork(file="compute/lambda", colour=COMPUTE, tile=True, shape="lambda"),
    "nat-gateway": Artwork(file="network/nat-gateway", colour=NETWORKING, shape="nat_gateway"),
    "network-acl": Artwork(file="network/nacl", colour=NETWORKING, shape="network_access_control_list"),
    "network-interface": Artwork(
        file="network/vpc-elastic-network-interface", colour=NETWORKING, shape="elastic_network_interface"
    ),
    "prefix-list": Artwork(file="network/route-table", colour=NETWORKING, shape="route_table"),
    "network-load-balancer": Artwork(
        file="network/elb-network-load-balancer", colour=NETWORKING, shape="network_load_balancer"
    ),
    "privatelink": Artwork(file="network/privatelink", colour=NETWORKING, tile=True, shape="vpc_privatelink"),
    "rds": Artwork(file="database/rds", colour=DATABASE, tile=True, shape="rds"),
    "region": Artwork(file="general/generic-office-building", colour="#00a4a6", shape="group_region"),
    "route-53": Artwork(file="network/route-53", colour=NETWORKING, tile=True, shape="route_53"),
    "router": Artwork(
        paths=(
            "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
            "M24 20V10M20 14l4-4l4 4M24 28v10M20 34l4 4l4-4M10 24h10M16 20l4 4l-4 4M38 24H28M32 20l-4 4l4 4",
        ),
        colour=GENERAL,
        shape="router",
    ),
    "switch": Artwork(
        paths=(
            "M6 14h36v20H6z",
            "M12 20h14M22 17l4 3l-4 3M36 28H22M26 25l-4 3l4 3",
        ),
        colour=GENERAL,
        shape="mxgraph.networks.switch",
        size=(48, 24),
    ),
    "route-table": Artwork(file="network/route-table", colour=NETWORKING, shape="route_table"),
    "s3-bucket": Artwork(file="storage/simple-storage-service-s3", colour=STORAGE, tile=True, shape="s3"),
    "security-group": Artwork(
        file="network/private-subnet", colour=SECURITY, tile=True, shape="group_security_group"
    ),
    "sns": Artwork(file="integration/simple-notification-service-sns", colour=INTEGRATION, tile=True, shape="sns"),
    "sqs": Artwork(file="integration/simple-queue-service-sqs", colour=INTEGRATION, tile=True, shape="sqs"),
    "subnet": Artwork(file="network/private-subnet", colour="#00a4a6", tile=True, shape="group_security_group"),
    "users": Artwork(file="general/users", colour=GENERAL, shape="users"),
    "vpc-endpoint": Artwork(file="network/endpoint", colour=NETWORKING, shape="endpoint"),
    "vpc-block-public-access": Artwork(file="network/nacl", colour=NETWORKING, shape="network_access_control_list"),
    "vpc-peering": Artwork(file="network/vpc-peering", colour=NETWORKING, shape="peering"),
    "site-to-site-vpn": Artwork(
        file="network/site-to-site-vpn", colour=NETWORKING, tile=True, shape="site_to_site_vpn"
    ),
    "vpn-gateway": Artwork(file="network/vpn-gateway", colour=NETWORKING, shape="vpn_gateway"),
    "transit-gateway": Artwork(file="network/transit-gateway", colour=NETWORKING, tile=True, shape="transit_gateway"),
    "transit-gateway-attachment": Artwork(
        file="network/transit-gateway-attachment", colour=NETWORKING, shape="transit_gateway_attachment"
    ),
    "vpc": Artwork(file="network/vpc", colour=NETWORKING, tile=True, shape="vpc"),
}
"""By the names that kinds use; `dns-provider` is for a name service outside AWS."""


def artwork(name: str) -> Artwork:
    """The artwork of a name.

    Raises:
        UnknownNameError: no icon has this name.
    """
    try:
        return ICONS[name]
    except KeyError:
        raise UnknownNameError("icon", name, ICONS) from None


@cache
def data_uri(name: str, colour: str = "") -> str:
    """The artwork as a PNG data URI, the same bytes every time; in another colour than its category's where given."""
    from PIL import Image
    from PIL.PngImagePlugin import PngImageFile

    art = artwork(name)
    with PngImageFile(_folder() / f"{art.file}.png") as source:
        picture = source.convert("RGBA")
    if not art.tile:  # of a line glyph its shape alone counts
        picture = picture.getchannel("A")
    picture.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    square = Image.new(picture.mode, (PIXELS, PIXELS), (255, 255, 255, 0) if art.tile else 0)
    square.paste(picture, ((PIXELS - picture.width) // 2, (PIXELS - picture.height) // 2))
    coloured = Image.new("RGB", square.size, colour or art.colour)
    if art.tile:
        coloured.paste("#ffffff", mask=_glyph_of_tile(square))
    coloured.putalpha(square.getchannel("A") if art.tile else square)
    packed = coloured.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    alphas = (packed.getpalette("RGBA") or [])[3::4]  # solid colours come out a little transparent: put right
    out = PngFile()
    solid = bytes(255 if a > 240 else 0 if a < 12 else a for a in alphas)
    packed.save(out, compress_level=7, transparency=solid)  # 9 takes five times the time for a fortieth of the size
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")


def _glyph_of_tile(picture: Image.Image) -> Image.Image:  # type: ignore[name-defined]  # noqa: F821
    """Where the white glyph of a tile is, whose ground is a gradient."""
    from PIL import ImageChops

    red, green, blue, _ = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    floor = darkest.tobytes()[6 * PIXELS + PIXELS // 2]  # the ground's darkest channel, on the gradient's way
    return darkest.point(lambda v: max(0, min(255, round((v - floor - 24) * 255 / (255 - floor - 24)))))


@cache
def _folder() -> Path:
    found = importlib.util.find_spec("diagrams")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place).parent / "resources" / "aws"
        if folder.is_dir():
            return folder
    raise MissingToolError("the package diagrams, which holds the artwork of AWS's icons, is not installed")
