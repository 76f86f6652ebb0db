# Asks a flow's question: traces its tree of connections and has them added up to one verdict.
#
# In:  a Network and a Flow. Out: a FlowReport. A flow is ALLOWED only if every path that AWS may choose is.
"""trace, trace_between."""

from __future__ import annotations

from dataclasses import replace

from docgen.model.architecture import Flow
from docgen.model.network import Network
from docgen.model.trace import FlowReport, Verdict
from docgen.routing.declared_way import remarks_on_way
from docgen.routing.endpoints import End, UnclearEndError, sources
from docgen.routing.outages import apply_outages
from docgen.routing.places import unsure_of_zones
from docgen.routing.reactions import compared
from docgen.routing.summary import summed_up
from docgen.routing.tree import TooManyError, Tree


def trace(network: Network, flow: Flow) -> FlowReport:
    """Answer one flow, in the circumstances that it names.

    Never raises for what the flow says: an end that means nothing gives verdict UNKNOWN with a reason.
    """
    if flow.when.outage:
        intact = trace(network, replace(flow, when=replace(flow.when, outage=())))
        state = apply_outages(network, flow.when.outage)
        return compared(_traced(state, flow), intact, map(str, flow.when.outage))
    return _traced(network, flow)


def _traced(network: Network, flow: Flow) -> FlowReport:
    tree = Tree(network, flow)
    try:
        for start in sources(network, flow.source):
            tree.add_source(start)
    except TooManyError:
        return _summed_up(network, flow, tree, complete=False)
    except UnclearEndError as error:
        code = "UNKNOWN_RESOURCE" if error.code.startswith("DGR-") else error.code
        text = f"{error.text[0].upper()}{error.text[1:]}" + (f" ({error.hint})" if error.hint else "") + "."
        return FlowReport(flow_id=flow.id, verdict=Verdict.UNKNOWN, reason=code, text=text)
    return _summed_up(network, flow, tree)


def trace_between(network: Network, flow: Flow, source: End, target: End, *, onward: bool = False) -> FlowReport:
    """Answer a flow for one source and one address, as the network is.

    `onward` follows what proxies open too. What components call in turn is no part of the question.
    """
    tree = Tree(network, flow, onward=onward, calls=False)
    try:
        tree.add_pair(source, target)
    except TooManyError:
        return _summed_up(network, flow, tree, complete=False)
    except UnclearEndError as error:
        return FlowReport(flow_id=flow.id, verdict=Verdict.UNKNOWN, reason=error.code, text=error.text)
    return _summed_up(network, flow, tree)


def _summed_up(network: Network, flow: Flow, tree: Tree, *, complete: bool = True) -> FlowReport:
    connections = tuple(tree.connections)
    unsure = ("DG_ZONE_IDS_UNKNOWN",) if unsure_of_zones(network) else ()
    remarks = (*remarks_on_way(network, flow, connections), *unsure)
    return summed_up(
        flow,
        connections,
        remarks,
        proxied=tree.proxied,
        undecided=tree.undecided,
        complete=complete,
        answered=tree.answered,
    )
