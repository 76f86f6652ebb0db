"""`docgen trace`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli._console import (
    STDIN,
    echo_json,
    echo_painted,
    format_option,
    paint_for,
    path_argument,
    print_findings,
    strict_option,
)

if TYPE_CHECKING:
    from docgen.model.architecture import Flow
    from docgen.model.location import Location
    from docgen.model.network import Network
    from docgen.model.trace import FlowReport
    from docgen.pipeline import Question


@click.command(
    epilog="""\b
Examples:
  docgen trace three-tier                              every declared flow
  docgen trace three-tier --flow web-to-database --flow-logs
  docgen trace three-tier --from internet --to app-a --protocol tcp --port 22
  docgen trace three-tier --from app --to orders --port 3306 --outage a
  docgen trace three-tier --from shopper --to https://www.example.com
  docgen trace three-tier --flow-file flows.json --format json

\b
A flow file holds [{"id", "from", "to", "protocol", "port", "source_port"?}, ...]; `docgen schema --trace`
describes it and the answer. The answers stand in the order of the questions, and a component that does not
exist is answered UNKNOWN with reason UNKNOWN_RESOURCE. A verdict is an answer and not a finding: the exit
code is 1 where a declared flow does not do what is expected of it or the definition has errors, and with
--strict also where a flow that was asked for is not allowed.
"""
)
@path_argument
@click.option("--flow", "flow_ids", multiple=True, metavar="ID", help="Only this declared flow; may be repeated.")
@click.option("--from", "source", metavar="NAME", help="Ask another flow: component, address or internet.")
@click.option("--to", "destination", metavar="NAME", help="Component, address, DNS name, or a URL (no --port then).")
@click.option("--protocol", type=click.Choice(["tcp", "udp", "icmp"]), default="tcp", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), help="Destination port.")
@click.option("--source-port", type=click.IntRange(0, 65535), help="Left out: every port of the client.")
@click.option(
    "--outage", multiple=True, metavar="NAME", help="A zone, a component or a part of one is down; may be repeated."
)
@click.option("--variant", default="", metavar="NAME", help="With this variant of the design applied.")
@click.option("--connection-only", is_flag=True, help="With --from and --to: not what components call in turn.")
@click.option("--flow-file", metavar="FILE", help="Ask many flows at once: a JSON file, or - for standard input.")
@click.option("--flow-logs", is_flag=True, help="Show what VPC flow logs would write.")
@strict_option
@format_option
def command(
    path: str,
    flow_ids: tuple[str, ...],
    source: str | None,
    destination: str | None,
    protocol: str,
    port: int | None,
    source_port: int | None,
    outage: tuple[str, ...],
    variant: str,
    connection_only: bool,
    flow_file: str | None,
    flow_logs: bool,
    strict: bool,
    output_format: str,
) -> int:
    """Follow flows hop by hop, there and back, with the route, rule or entry that decides at each step.

    PATH is a folder, a file, the name of a design in architectures/, or - for standard input.
    """
    asked = source is not None or destination is not None
    if sum((bool(flow_ids), asked, flow_file is not None)) > 1:
        raise click.UsageError("--flow, --from with --to, and --flow-file exclude each other")
    if flow_file is not None:
        from docgen.pipeline.questions import read_flow_file, with_circumstances

        if flow_file == STDIN == path:
            raise click.UsageError("standard input cannot be both the definition and the flow file")
        text = sys.stdin.buffer.read() if flow_file == STDIN else Path(flow_file).read_bytes()
        questions = with_circumstances(read_flow_file(text), outage, variant)
        return _answer(path, questions, flow_logs, strict, output_format)
    if asked:
        from docgen.pipeline import Question

        if source is None or destination is None:
            raise click.UsageError("--from and --to go together")
        to = _location(destination)
        if to.port and port is not None:
            raise click.UsageError(f"--to {to} says the port already; leave --port out")
        port = port or to.port
        protocol = to.protocol.value if to.protocol else protocol
        if not port and protocol != "icmp":
            raise click.UsageError(f"--port is missing; {protocol} needs one")
        question = Question(
            id=f"{source}-to-{to.name}",
            source=source,
            destination=to.name,
            protocol=protocol,
            port=port,
            path=to.path,
            source_port=source_port,
            outage=outage,
            variant=variant,
            follow_calls=not connection_only,
        )
        return _answer(path, (question,), flow_logs, strict, output_format)
    if outage or variant or port is not None or source_port is not None:
        raise click.UsageError("--port, --source-port, --outage and --variant need --from and --to or --flow-file")
    return _declared(path, flow_ids, flow_logs, output_format)


def _location(text: str) -> Location:
    """What `--to` names, with the protocol and port of a URL."""
    from docgen.model.location import Location, UnclearLocationError

    try:
        return Location.parse(text)
    except UnclearLocationError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise click.UsageError(f"--to: {text!r} {error.problem}{hint}") from None


def _declared(path: str, flow_ids: tuple[str, ...], flow_logs: bool, output_format: str) -> int:
    """Trace the flows that the definition declares."""
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import Severity
    from docgen.pipeline.expectations import UNMET
    from docgen.reports.trace_text import meets

    opened = open_paths([path])
    errors = [d for d in opened.diagnostics if d.severity is Severity.ERROR]
    unread = len(opened.designs) < opened.count
    if unread or any(d.failed and d.architecture.flows and not d.reports for d in opened.designs):
        print_findings(errors, opened.sources, err=True)  # what a broken definition answers would mislead
        return 1
    chosen = [(d, d.flow(flow_id)) for d in opened.designs for flow_id in flow_ids] or [
        (d, flow) for d in opened.designs for flow in d.architecture.flows
    ]
    traced = [(flow, d.network_of(flow), d.reports[flow.id]) for d, flow in chosen if flow.id in d.reports]
    if output_format == "json":
        from docgen.reports import results

        echo_json(results(((network, report) for _, network, report in traced), flow_logs=flow_logs))
    else:
        _print(traced, flow_logs)
    if flow_ids:  # what other flows come to was not asked
        errors = [d for d in errors if d.code != UNMET]
    print_findings(errors, opened.sources, err=True)
    return int(bool(errors) or any(flow.expect and not meets(report, flow.expect) for flow, _, report in traced))


def _answer(path: str, questions: tuple[Question, ...], flow_logs: bool, strict: bool, output_format: str) -> int:
    """Trace flows that were asked on the command line or in a file."""
    from docgen.core.diagnostic import Severity
    from docgen.model.trace import Verdict
    from docgen.pipeline import ask_within
    from docgen.reports import results

    definition = sys.stdin.buffer.read() if path == STDIN else path
    answered = ask_within(definition, questions)
    errors = [d for d in answered.diagnostics if d.severity is Severity.ERROR]
    sources = {"<stdin>": definition.decode(errors="replace")} if isinstance(definition, bytes) else {}
    print_findings(errors, sources, err=True)
    if answered.value is None or errors:
        return 1
    if output_format == "json":
        echo_json(results(answered.value, flow_logs=flow_logs))
    else:
        _print([(q.flow, *answer) for q, answer in zip(questions, answered.value, strict=True)], flow_logs)
    refused = strict and any(report.verdict is not Verdict.ALLOWED for _, report in answered.value)
    return int(refused)


def _print(traced: list[tuple[Flow, Network, FlowReport]], flow_logs: bool) -> None:
    from docgen.reports import flow_log_text, report_text

    paint = paint_for(sys.stdout)
    texts = []
    for flow, network, report in traced:
        records = f"\n{flow_log_text(network, report, paint)}" if flow_logs else ""
        texts.append(report_text(report, flow, paint) + records)
    echo_painted("\n".join(texts))
