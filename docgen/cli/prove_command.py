"""`docgen prove`."""

from __future__ import annotations

import sys

import click

from docgen.cli._console import (
    echo_json,
    echo_painted,
    format_option,
    paint_for,
    path_argument,
    print_findings,
    progress,
    strict_option,
)


@click.command(
    epilog="""\b
Examples:
  docgen prove three-tier --kernel                     every declared flow
  docgen prove three-tier --kernel --flow web-to-database
  docgen prove architectures --kernel --format json    all designs of a folder

\b
What can be emulated of a design becomes network namespaces with route tables and nftables, and each flow's
connections are sent as real packets. No interface of this machine is touched, and nothing is left behind. It takes
Linux with `ip` and `nft`, and root or user namespaces. The exit code is 1 where the kernel disagrees about a verdict
or a network could not be built, and with --strict also where both say blocked and at different places.
"""
)
@path_argument
@click.option("--kernel", is_flag=True, help="Ask the Linux kernel: the only second opinion there is.")
@click.option("--flow", "flow_ids", multiple=True, metavar="ID", help="Only this declared flow; may be repeated.")
@strict_option
@format_option
def command(path: str, kernel: bool, flow_ids: tuple[str, ...], strict: bool, output_format: str) -> int:
    """Ask somebody else about every flow: the Linux kernel, whose answer is laid beside docgen's own.

    PATH is a folder, a file, the name of a design in architectures/, a folder of designs, or - for standard input.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import Severity
    from docgen.kernel.verdicts import Agreement
    from docgen.pipeline.expectations import UNMET
    from docgen.pipeline.proving import prove_flows
    from docgen.reports.kernel_text import kernel_text, kernel_values

    if not kernel:
        raise click.UsageError("say by whom: --kernel (what must hold for all packets, `docgen check` proves)")
    opened = open_paths([path])
    errors = [d for d in opened.diagnostics if d.severity is Severity.ERROR and d.code != UNMET]
    if opened.unread:
        print_findings(errors, opened.sources, err=True)
        return 1
    proofs = prove_flows(opened.designs, flow_ids, progress)
    if output_format == "json":
        echo_json(kernel_values(proofs))
    else:
        echo_painted(kernel_text(proofs, paint_for(sys.stdout)))
    print_findings(errors, opened.sources, err=True)
    bad = {Agreement.DISAGREES, Agreement.FAILED} | ({Agreement.ELSEWHERE} if strict else set())
    return int(bool(errors) or any(proof.agreement in bad for proof in proofs))
