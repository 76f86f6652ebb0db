"""`docgen trace`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import _complete
from docgen.cli._console import (
    STDIN,
    echo_painted,
    format_option,
    outage_option,
    paint_for,
    path_argument,
    print_findings,
    strict_option,
    variant_option,
)
from docgen.cli._stale import check_option, tell
from docgen.core.data import dataclass

if TYPE_CHECKING:
    from docgen.core.terminal import Paint
    from docgen.model.architecture import Flow
    from docgen.model.location import Location
    from docgen.model.network import Network
    from docgen.model.trace import FlowReport
    from docgen.pipeline import Question

    Answer = tuple[Flow, Network, FlowReport]


@click.command(
    epilog="""\b
Examples:
  docgen trace three-tier                              every declared flow
  docgen trace three-tier --flow web-to-database --flow-logs
  docgen trace three-tier --from internet --to app-a --protocol tcp --port 22
  docgen trace three-tier --from app --to orders --port 3306 --outage a
  docgen trace three-tier --from shopper --to https://www.example.com
  docgen trace three-tier --flow-file flows.json --format json
  docgen trace three-tier -o expected                  expected/traces.txt, to be kept and compared
  docgen trace architectures -o expected --check       which of the traces kept there are stale

\b
A flow file holds [{"id", "from", "to", "protocol", "port", "source_port"?}, ...]; `docgen schema --trace`
describes it and the answer. The answers stand in the order of the questions, and a component that does not
exist is answered UNKNOWN with reason UNKNOWN_RESOURCE. A verdict is an answer and not a finding: the exit
code is 1 where a declared flow does not do what is expected of it or the definition has errors, and with
--strict also where a flow that was asked for is not allowed.
"""
)
@path_argument
@click.option(
    "--flow",
    "flow_ids",
    multiple=True,
    shell_complete=_complete.flows,
    metavar="ID",
    help="Only this declared flow; may be repeated.",
)
@click.option("--from", "source", metavar="NAME", help="Ask another flow: component, address or internet.")
@click.option("--to", "destination", metavar="NAME", help="Component, address, DNS name, or a URL (no --port then).")
@click.option("--protocol", type=click.Choice(["tcp", "udp", "icmp"]), default="tcp", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), help="Destination port.")
@click.option("--source-port", type=click.IntRange(0, 65535), help="Left out: every port of the client.")
@outage_option
@variant_option
@click.option("--connection-only", is_flag=True, help="With --from and --to: not what components call in turn.")
@click.option("--flow-file", metavar="FILE", help="Ask many flows at once: a JSON file, or - for standard input.")
@click.option("--flow-logs", is_flag=True, help="Show what VPC flow logs would write.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for traces.txt or traces.json; of several designs a folder each.",
)
@check_option
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
    output: Path | None,
    check_only: bool,
    strict: bool,
    output_format: str,
) -> int:
    """Follow flows hop by hop, there and back, with the route, rule or entry that decides at each step.

    PATH is a folder, a file, the name of a design in architectures/, or - for standard input.
    """
    if check_only and output is None:
        raise click.UsageError("--check needs -o: the folder to compare with")
    form = _Form(output_format, flow_logs, output, check_only)
    asked = source is not None or destination is not None
    if sum((bool(flow_ids), asked, flow_file is not None)) > 1:
        raise click.UsageError("--flow, --from with --to, and --flow-file exclude each other")
    if flow_file is not None:
        from docgen.pipeline.questions import read_flow_file, with_circumstances

        if flow_file == STDIN == path:
            raise click.UsageError("standard input cannot be both the definition and the flow file")
        text = sys.stdin.buffer.read() if flow_file == STDIN else Path(flow_file).read_bytes()
        questions = with_circumstances(read_flow_file(text), outage, variant)
        return _answer(path, questions, strict, form)
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
        return _answer(path, (question,), strict, form)
    if outage or variant or port is not None or source_port is not None:
        raise click.UsageError("--port, --source-port, --outage and --variant need --from and --to or --flow-file")
    return _declared(path, flow_ids, form)


def _location(text: str) -> Location:
    """What `--to` names, with the protocol and port of a URL."""
    from docgen.model.location import Location, UnclearLocationError

    try:
        return Location.parse(text)
    except UnclearLocationError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise click.UsageError(f"--to: {text!r} {error.problem}{hint}") from None


def _declared(path: str, flow_ids: tuple[str, ...], form: _Form) -> int:
    """Trace the flows that the definition declares."""
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import Severity
    from docgen.pipeline.expectations import UNMET
    from docgen.reports.trace_text import meets

    opened = open_paths([path])
    errors = [d for d in opened.diagnostics if d.severity is Severity.ERROR]
    if opened.unread:
        print_findings(errors, opened.sources, err=True)
        return 1
    chosen = [(d, d.flow(flow_id)) for d in opened.designs for flow_id in flow_ids] or [
        (d, flow) for d in opened.designs for flow in d.architecture.flows
    ]
    traced = {
        design.slug: [
            (flow, d.network_of(flow), d.reports[flow.id])
            for d, flow in chosen
            if d is design and flow.id in d.reports
        ]
        for design in opened.designs
    }
    code = form.put(traced) if traced else 0
    if flow_ids:  # what other flows come to was not asked
        errors = [d for d in errors if d.code != UNMET]
    print_findings(errors, opened.sources, err=True)
    answers = [answer for answers in traced.values() for answer in answers]
    wrong = any(flow.expect and not meets(report, flow.expect) for flow, _, report in answers)
    return code or int(bool(errors) or wrong)


def _answer(path: str, questions: tuple[Question, ...], strict: bool, form: _Form) -> int:
    """Trace flows that were asked on the command line or in a file."""
    from docgen.core.diagnostic import Severity
    from docgen.model.trace import Verdict
    from docgen.pipeline import ask_within

    definition = sys.stdin.buffer.read() if path == STDIN else path
    answered = ask_within(definition, questions)
    errors = [d for d in answered.diagnostics if d.severity is Severity.ERROR]
    sources = {"<stdin>": definition.decode(errors="replace")} if isinstance(definition, bytes) else {}
    print_findings(errors, sources, err=True)
    if answered.value is None or errors:
        return 1
    code = form.put({"": [(q.flow, *answer) for q, answer in zip(questions, answered.value, strict=True)]})
    refused = strict and any(report.verdict is not Verdict.ALLOWED for _, report in answered.value)
    return code or int(refused)


@dataclass(frozen=True, slots=True)
class _Form:
    """What becomes of answers: printed, written or compared, as text or JSON."""

    name: str
    flow_logs: bool
    folder: Path | None
    check_only: bool

    def put(self, traced: Mapping[str, Sequence[Answer]]) -> int:
        """Answers by design; the exit code."""
        if self.folder is None:
            paint = paint_for(sys.stdout)
            echo_painted(self._text([answer for answers in traced.values() for answer in answers], paint))
            return 0
        from docgen.core.terminal import PLAIN
        from docgen.pipeline.output import stale_files, write_files

        file = f"traces.{'json' if self.name == 'json' else 'txt'}"
        files = {
            f"{slug}/{file}" if len(traced) > 1 else file: self._text(answers, PLAIN).encode(
                "utf-8", errors="replace"
            )
            for slug, answers in traced.items()
        }
        if self.check_only:
            return tell(stale_files(self.folder, files), len(files))
        for path in write_files(self.folder, files):
            click.echo(str(path))
        return 0

    def _text(self, answers: Sequence[Answer], paint: Paint) -> str:
        from docgen.reports import flow_log_text, report_text, results

        if self.name == "json":
            values = results(((network, report) for _, network, report in answers), flow_logs=self.flow_logs)
            return json.dumps(values, indent=2, ensure_ascii=False) + "\n"
        texts = []
        for flow, network, report in answers:
            records = f"\n{flow_log_text(network, report, paint)}" if self.flow_logs else ""
            texts.append(report_text(report, flow, paint) + records)
        return "\n".join(texts)
