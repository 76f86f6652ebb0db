# Which targets a load balancer's node may choose: registered, in a zone that it may use, and working.
#
# In:  the pools of targets behind a listener, and the node that accepted a connection.
# Out: the members that AWS may pick, or why there is none. Knows no kind: a pool is what a kind makes of its
#      targets. Sources: Elastic Load Balancing User Guide, "How Elastic Load Balancing works"; Network Load
#      Balancers, "Edit target group attributes".
"""members_of, targets_in, functions_of, choose, left_out, keeps_client_address, has_healthy, is_served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Key, Ref
from docgen.model.network import Interface, Network
from docgen.model.targets import TARGET_KINDS, ListenerProtocol, Member, Pool, TargetType
from docgen.routing.binding import is_address

FUNCTION = "lambda_function"
_OF_KIND = {
    "network_interface": TargetType.IP,  # AWS registers an interface by its address
    "load_balancer": TargetType.ALB,
}


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Why a node can choose nobody: goes on after the load balancer's name."""

    why: str
    code: str
    secondary: tuple[str, ...] = ()


def members_of(
    network: Network, scope: str, targets: Iterable[tuple[Ref, int]], target_type: TargetType | None = None
) -> tuple[Member, ...]:
    """The interfaces and addresses behind what an author registered, each with its port.

    Args:
        network: The network that it belongs to.
        scope: Id of the VPC of the load balancer or target group.
        targets: References, each with the port that it listens on.
        target_type: That of the target group; None finds it from what is registered.
    """
    return tuple(m for ref, port in targets for m in _members(network, scope, ref, port, target_type))


def _members(network: Network, scope: str, ref: Ref, port: int, target_type: TargetType | None) -> Iterator[Member]:
    vpc = Key("vpc", scope)
    if is_address(ref.name):
        address = ip_address(ref.name)
        interface = network.interface_at(vpc, address) or _only_owner(network, address)
        yield _member(vpc, interface, address, port, ref.name, target_type or TargetType.IP)
        return
    key = network.bound.get((scope, ref.name, TARGET_KINDS))
    if key is None or key.kind == FUNCTION:
        return
    interfaces = network.interfaces_of(key)
    many = key.kind in ("auto_scaling_group", "load_balancer")
    kind = target_type or _OF_KIND.get(key.kind, TargetType.INSTANCE)
    for interface in interfaces if many else interfaces[:1]:
        yield _member(vpc, interface, interface.private_ip, port, network.name(key), kind)


def targets_in(network: Network, pools: Iterable[Pool]) -> tuple[str, ...]:
    """The names of the targets in some pools, as parts of who holds them."""
    found: dict[str, None] = {}
    for pool in pools:
        found.update(dict.fromkeys(network.name(f) for f in pool.functions))
        found.update(dict.fromkeys(name for m in pool.members for name in _names(m)))
    return tuple(found)


def _names(member: Member) -> tuple[str, ...]:
    """What a target is called: where an Auto Scaling group is registered, the group or one of its instances."""
    return (member.name,) if member.interface is None else (member.name, member.interface.id)


def functions_of(network: Network, scope: str, targets: Iterable[tuple[Ref, int]]) -> tuple[Key, ...]:
    """The Lambda functions among what an author registered."""
    keys = (network.bound.get((scope, ref.name, TARGET_KINDS)) for ref, _ in targets)
    return tuple(key for key in keys if key is not None and key.kind == FUNCTION)


def _member(
    vpc: Key, interface: Interface | None, address: Address, port: int, name: str, target_type: TargetType
) -> Member:
    zone = interface.zone if interface is not None and interface.vpc == vpc else ""
    return Member(target_type=target_type, interface=interface, address=address, port=port, name=name, zone=zone)


def _only_owner(network: Network, address: Address) -> Interface | None:
    owners = [i for i in network.interfaces.values() if i.private_ip == address]
    return owners[0] if len(owners) == 1 else None


def keeps_client_address(member: Member, pool: Pool, protocol: ListenerProtocol) -> bool:
    """Whether a Network Load Balancer shows a target the client's address (AWS's defaults by type and protocol)."""
    if (pool.protocol or protocol).always_keeps_clients:
        return True
    if pool.preserve_client_ip is not None:
        return pool.preserve_client_ip
    return member.target_type is not TargetType.IP


def choose(
    network: Network, balancer: Key, node: Interface, pool: Pool, *, cross_zone: bool
) -> tuple[Member, ...] | NoTarget:
    """The members of a pool that this node may send a connection to; health is that of this state of the network.

    () where it calls a Lambda function, which takes no connection.
    """
    where = f"target group {pool.name}" if pool.name else "its listener"
    if pool.functions:
        holder = pool.key or balancer
        if any(network.is_up(f) and network.part_is_up(holder, network.name(f)) for f in pool.functions):
            return ()
        return NoTarget(f"cannot call {network.name(pool.functions[0])}: it is out of order", "BAD_STATE")
    if not pool.members:
        return NoTarget(
            f"has no target in {where}" if pool.name else "has no target behind its listener",
            "ELBV2_LISTENER_HAS_NO_TG",
        )
    zones = {i.zone for i in network.interfaces_of(balancer)}
    usable = [m for m in pool.members if not m.zone or m.zone in zones]
    if not usable:
        return NoTarget(f"has no node in the zone of any target of {where}", "ELB_INSTALLED_AZ_RESTRICTION")
    crosses = cross_zone if pool.cross_zone is None else pool.cross_zone
    near = usable if crosses else [m for m in usable if m.zone in ("", node.zone)]
    if not near:
        elsewhere = ", ".join(dict.fromkeys(m.zone for m in usable))
        return NoTarget(
            f"has no target of {where} in zone {node.zone} (they are in {elsewhere}), and cross-zone load balancing "
            "is off",
            "ELB_NOT_CROSSZONE",
            ("ELBV2_NO_TARGETS_IN_AZ",),
        )
    healthy = tuple(m for m in near if is_healthy(network, pool.key or balancer, m))
    if not healthy:
        return NoTarget(f"has no healthy target left{f' in {where}' if pool.name else ''}", "BAD_STATE")
    return healthy


def left_out(
    network: Network, balancer: Key, node: Interface, pool: Pool, *, cross_zone: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The targets that a node does without in an outage, and those that it has left; ((), ()) where none is lost."""
    if network.intact is None:
        return (), ()
    before = choose(network.intact, balancer, node, pool, cross_zone=cross_zone)
    now = choose(network, balancer, node, pool, cross_zone=cross_zone)
    if isinstance(before, NoTarget) or isinstance(now, NoTarget):
        return (), ()
    lost = tuple(_names(m)[-1] for m in before if m not in now)
    return (lost, tuple(_names(m)[-1] for m in now)) if lost else ((), ())


def is_healthy(network: Network, holder: Key, member: Member) -> bool:
    """Whether a target of this target group (or load balancer) works and answers there.

    An address that the definition knows nothing of is taken to work.
    """
    if not all(network.part_is_up(holder, name) for name in _names(member)):
        return False
    return member.interface is None or network.interface_is_up(member.interface)


def has_healthy(network: Network, balancer: Key, pool: Pool) -> bool:
    """Whether any target of a pool works, wherever it stands; one without targets has none."""
    holder = pool.key or balancer
    functions = (f for f in pool.functions if network.is_up(f) and network.part_is_up(holder, network.name(f)))
    return any(functions) or any(is_healthy(network, holder, m) for m in pool.members)


def is_served(network: Network, balancer: Key, node: Interface, pools: Iterable[Pool], *, cross_zone: bool) -> bool:
    """Whether a node's zone counts as healthy, so that the load balancer's name gives its address.

    Every target group needs a healthy target that the node may use.
    Source: AWS Knowledge Center, "elb-dns-cross-zone-balance-configuration".
    """
    return all(isinstance(choose(network, balancer, node, p, cross_zone=cross_zone), tuple) for p in pools)
