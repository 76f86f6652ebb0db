# Policies: what an endpoint's and a resource's owner allows, beyond what the network carries.
#
# In:  a request at a VPC endpoint or at a service's resource. Out: the step that refuses it, or None.
# Allow lists only: a list that is not empty must hold whoever asks. Identities' own policies are not modelled.
# Sources: AWS PrivateLink Guide, "Endpoint policies"; Amazon S3 User Guide, "Controlling access from VPC endpoints".
"""refused_by_endpoint, refused_by_resource."""

from __future__ import annotations

from docgen.core.prefixes import in_any
from docgen.model.component import Key, Ref
from docgen.model.forwarding import Context
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.service import PRINCIPALS, RESOURCES, RegionalService
from docgen.model.trace import Check, Outcome, Step


def refused_by_endpoint(
    endpoint: Key, resources: tuple[Ref, ...], principals: tuple[Ref, ...], context: Context
) -> Step | None:
    """The step of an endpoint's policy that denies a request; None where it allows it."""
    network, name = context.network, context.network.name(endpoint)
    scope = network.get(endpoint).scope
    if resources and context.end not in _keys(network, resources, scope, RESOURCES):
        asked = network.name(context.end) if context.end and context.end in network.outside else "what is asked for"
        text = f"The policy of endpoint {name} does not allow {asked} ({_listed(resources)} only)."
        return _denied(network, endpoint, text)
    if principals and context.source not in _keys(network, principals, scope, PRINCIPALS):
        return _denied(network, endpoint, f"The policy of endpoint {name} allows {_listed(principals)} only.")
    return None


def refused_by_resource(resource: RegionalService, packet: Packet, context: Context) -> Step | None:
    """The step of a resource's policy that denies a request; None where it allows it."""
    network, name = context.network, context.network.name(resource.key)
    endpoint = context.sessions.through[0] if context.sessions.through else None
    scope = resource.scope
    allowed = resource.allowed_vpc_endpoints
    if allowed and endpoint not in _keys(network, allowed, scope, ("vpc_endpoint",)):
        came = f"came through {network.name(endpoint)}" if endpoint else "came through none"
        only = f"requests through endpoint {_listed(allowed)} only (aws:SourceVpce)"
        return _denied(network, resource.key, f"The policy of {name} takes {only}: this one {came}.")
    vpc = Key("vpc", network.get(endpoint).scope) if endpoint else None
    if resource.allowed_vpcs and vpc not in _keys(network, resource.allowed_vpcs, scope, ("vpc",)):
        came = f"came from VPC {network.name(vpc)}" if vpc else "came through no endpoint"
        only = f"requests from VPC {_listed(resource.allowed_vpcs)} only (aws:SourceVpc)"
        return _denied(network, resource.key, f"The policy of {name} takes {only}: this one {came}.")
    blocks = resource.allowed_addresses
    if blocks and (endpoint is not None or not in_any(packet.source, blocks)):
        why = "a request through an endpoint has no public address" if endpoint else f"{packet.source} is not there"
        only = f"requests from {', '.join(map(str, blocks))} only (aws:SourceIp)"
        return _denied(network, resource.key, f"The policy of {name} takes {only}: {why}.")
    principals = resource.allowed_principals
    if principals and context.source not in _keys(network, principals, scope, PRINCIPALS):
        return _denied(network, resource.key, f"The policy of {name} allows {_listed(principals)} only.")
    return None


def _keys(network: Network, refs: tuple[Ref, ...], scope: str, kinds: tuple[str, ...]) -> frozenset[Key]:
    return frozenset(network.bind(ref, scope, *kinds) for ref in refs)


def _listed(refs: tuple[Ref, ...]) -> str:
    return ", ".join(str(ref) for ref in refs)


def _denied(network: Network, by: Key, text: str) -> Step:
    name = network.name(by)
    return Step(check=Check.GATEWAY, outcome=Outcome.DROP, by=by, by_name=name, text=text, code="DG_POLICY_DENIED")
