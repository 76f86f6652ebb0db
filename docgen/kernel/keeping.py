# Network Load Balancers that keep their clients' addresses: the node changes the destination, and the answer has to
# come back through it although it carries the client's address.
#
# Source: Network Load Balancers Guide, "Edit target group attributes for your Network Load Balancer" (client IP
# preservation), "Update the security groups for your Network Load Balancer".
"""keep_client."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.kernel.hosts import host_of
from docgen.kernel.targets import Chosen
from docgen.kernel.vpcs import vpc_namespace
from docgen.kernel.why import NotEmulatedError
from docgen.kernel.world import World
from docgen.model.network import Interface

_FIRST_MARK = 500_000


def keep_client(
    world: World, client: Interface | None, node: Interface, chosen: Chosen, protocol: str, ports: Iterable[int]
) -> None:
    """Let a node hand what comes from these ports to one target, and the VPC's router bring the answers back to it.

    Raises:
        NotEmulatedError: the answer would not pass the router.
    """
    target = chosen.interface
    if target.vpc != node.vpc or (client is not None and target.subnet == client.subnet):
        raise NotEmulatedError(
            "a Network Load Balancer keeps the client's address, and the answer does not pass the VPC's router"
        )
    for port in ports:
        world.kept += 1
        mark, name = _FIRST_MARK + world.kept, f"kept{world.kept}"
        world.plan.rules(
            host_of(node),
            f"""table ip {name} {{
chain hand {{
type nat hook prerouting priority -100
iifname "eth0" ip daddr {node.private_ip} {protocol} sport {port} dnat to {target.private_ip}:{chosen.port}
}}
}}
""",
        )
        router = vpc_namespace(node.vpc)
        world.plan.ip(router, f"rule add priority 10 fwmark {mark} lookup {mark}")
        world.plan.ip(router, f"route add default via {node.private_ip} table {mark}")
        back = f"ip saddr {target.private_ip} {protocol} sport {chosen.port} {protocol} dport {port}"
        world.plan.rules(
            router,
            f"table ip {name} {{\nchain back {{\ntype filter hook prerouting priority -145\n"
            f"{back} meta mark set {mark}\n}}\n}}\n",
        )
