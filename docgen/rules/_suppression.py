# Takes out the findings that the author accepts, and says which suppressions are wrong or needless.
#
# In:  a network and its diagnostics. Out: those that stay, those that are accepted with the reason.
# A finding belongs to the components (or the flow) whose text it points at; a component's suppression covers
# what stands in it too. What AWS refuses cannot be accepted.
"""sift, wrong_suppressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Severity, Suppressed
from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.suppression import Suppression
from docgen.rules._rule import all_rules

UNUSED, UNKNOWN, REFUSED, NOBODY = "DGS-01", "DGS-02", "DGS-03", "DGS-04"
FLOW = "flow"

SUPPRESSION_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        UNUSED: (
            "a suppression that suppresses nothing",
            "The rule finds nothing here any more, or the finding points at another component. Remove the "
            "suppression: it would hide the next mistake of this kind. Those that a design takes over by `extends` "
            "are not reported.",
        ),
        UNKNOWN: (
            "a suppression of a rule that does not exist",
            "`suppress` names the code of a rule as `docgen check` prints it: `DGL-20`. `docgen explain` lists them.",
        ),
        REFUSED: (
            "a suppression of what cannot be accepted",
            "An error is what AWS would refuse, what cannot work, or what cannot be read: no reason makes it true. "
            "Only warnings and remarks of rules (`DGL-..`) can be suppressed.",
        ),
        NOBODY: (
            "a suppression for something that is not there",
            "`for` names components and flows of this design, each as elsewhere: `app`, `shop/app`, or the id that "
            "became one per zone.",
        ),
    }
)
"""Code to title and explanation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """Diagnostics after the author's suppressions."""

    kept: tuple[Diagnostic, ...]
    """Those that stay, with those about the suppressions themselves."""
    suppressed: tuple[Suppressed, ...] = ()


def sift(network: Network, diagnostics: Iterable[Diagnostic], *, complete: bool = True) -> Sifted:
    """Take out what is suppressed.

    Args:
        network: The resolved definition.
        diagnostics: What the rules found in it.
        complete: Off where the rules could not see everything: then nothing is said of unused suppressions.
    """
    found = tuple(diagnostics)
    written = tuple(_written(network))
    if not written:
        return Sifted(kept=found)
    accepted = _accepted(network)
    places = _places(network)
    kept: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    used: set[Span] = set()
    for diagnostic in found:
        by = _covering(network, diagnostic, places.get(diagnostic.span, frozenset()), accepted)
        if by:
            used.update(s.span for s in by)
            suppressed.append(Suppressed(diagnostic, by[0].reason, by[0].span))
        else:
            kept.append(diagnostic)
    wrong = tuple(wrong_suppressions(network))
    if complete and not network.architecture.broken:
        told = {d.span for d in wrong}
        kept += _unused(network, (s for s, _ in written if s.span not in used and s.span not in told))
    return Sifted(kept=tuple(dict.fromkeys((*kept, *wrong))), suppressed=tuple(suppressed))


def wrong_suppressions(network: Network) -> Iterator[Diagnostic]:
    """An error for each suppression that names no rule, a rule that cannot be suppressed, or no component."""
    rules = {rule.code: rule for rule in all_rules()}
    known = _by_name(network) if network.architecture.suppressions else {}
    for suppression, names in _written(network):
        rule = rules.get(suppression.code)
        if rule is None and suppression.code.startswith(("DGY-", "DGR-", "DGP-", "DGS-")):
            text = f"{suppression.code} cannot be suppressed: it is not a rule's"
            yield Diagnostic(REFUSED, Severity.ERROR, suppression.span, text, hint="mend what it reports")
        elif rule is None:
            text = f"there is no rule {suppression.code!r} to suppress"
            spelt = suppression.code.upper().replace("O", "0").replace("_", "-")
            hint = f"did you mean {spelt!r}?" if spelt in rules else did_you_mean(suppression.code, rules)
            yield Diagnostic(UNKNOWN, Severity.ERROR, suppression.span, text, hint=hint)
        elif rule.severity is Severity.ERROR:
            text = f"{rule.code} cannot be suppressed: AWS refuses what it reports, or it cannot work"
            yield Diagnostic(REFUSED, Severity.ERROR, suppression.span, text, hint="mend what it reports")
        for name, span in names:
            if name not in known and not network.architecture.broken:
                text = f"there is no component or flow {name!r} to suppress {suppression.code} for"
                yield Diagnostic(NOBODY, Severity.ERROR, span, text, hint=did_you_mean(name, known))


def _written(network: Network) -> Iterator[tuple[Suppression, tuple[tuple[str, Span], ...]]]:
    """Every suppression with the names that it is for, once: components that are one per zone share theirs."""
    seen: set[tuple[Span, str]] = set()
    for component in network.components.values():
        for suppression in component.suppress:
            if (suppression.span, suppression.code) not in seen:
                seen.add((suppression.span, suppression.code))
                yield suppression, ()
    yield from ((s.suppression, s.names) for s in network.architecture.suppressions)


def _accepted(network: Network) -> Mapping[tuple[str, Key | None], Suppression]:
    """What is accepted where, by code and component; under None what is accepted everywhere."""
    found: dict[tuple[str, Key | None], Suppression] = {}
    for component in network.components.values():
        for suppression in component.suppress:
            found.setdefault((suppression.code, component.key), suppression)
    known = _by_name(network) if network.architecture.suppressions else {}
    for each in network.architecture.suppressions:
        named: Iterable[Key | None] = (k for name, _ in each.names for k in known.get(name, ()))
        for key in named if each.names else (None,):
            found.setdefault((each.suppression.code, key), each.suppression)
    return found


def _around(network: Network, key: Key) -> Iterator[Key]:
    """A component and all that it stands in: subnet, VPC, Region, account."""
    place: Key | None = key
    while place is not None:
        yield place
        place = network.container(place)
    account = network.account_of(key)
    if account is not None:
        yield account


def _covering(
    network: Network,
    diagnostic: Diagnostic,
    owners: frozenset[Key],
    accepted: Mapping[tuple[str, Key | None], Suppression],
) -> tuple[Suppression, ...]:
    """The suppressions that together cover everything that a finding is about; () where they do not."""
    if diagnostic.severity is Severity.ERROR:
        return ()
    by: dict[Span, Suppression] = {}
    for owner in sorted(owners):
        places = _around(network, owner) if owner in network.components else (owner,)
        nearest = next((s for place in places if (s := accepted.get((diagnostic.code, place)))), None)
        if nearest is None:
            by.clear()
            break
        by[nearest.span] = nearest
    everywhere = accepted.get((diagnostic.code, None))
    return tuple(by.values()) or ((everywhere,) if everywhere else ())


def _unused(network: Network, suppressions: Iterable[Suppression]) -> Iterator[Diagnostic]:
    own = network.architecture.span.file
    for suppression in suppressions:
        if suppression.span.file == own:
            text = f"{suppression.code} is suppressed here, and there is nothing to suppress"
            yield Diagnostic(UNUSED, Severity.WARNING, suppression.span, text, hint="remove the suppression")


def _by_name(network: Network) -> Mapping[str, tuple[Key, ...]]:
    """Everything that `for` may name."""
    found: dict[str, dict[Key, None]] = {}
    for component in network.components.values():
        if component.span.file:
            names = (component.id, component.group, network.name(component.key), str(component.key))
            scoped = (f"{component.scope}/{n}" for n in (component.id, component.group) if component.scope)
            for name in (*names, *scoped):
                found.setdefault(name, {})[component.key] = None
    for flow in network.architecture.flows:
        found.setdefault(flow.id, {})[Key(FLOW, flow.id)] = None
    return {name: tuple(keys) for name, keys in found.items() if name}


def _places(network: Network) -> Mapping[Span, frozenset[Key]]:
    """Whose text stands at each place of the definition."""
    found: dict[Span, set[Key]] = {}
    for component in network.components.values():
        for span in _spans(component):
            found.setdefault(span, set()).add(component.key)
    for flow in network.architecture.flows:
        for span in _spans(flow):
            found.setdefault(span, set()).add(Key(FLOW, flow.id))
    return {span: frozenset(keys) for span, keys in found.items()}


def _spans(value: object) -> Iterator[Span]:
    """The places of a component or flow and of all values in it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value) and not isinstance(value, Suppression):
        cls: Any = type(value)
        for name in _names(cls):
            content = getattr(value, name)
            if isinstance(content, Span):
                if content.file:
                    yield content
            else:
                yield from _spans(content)


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))
