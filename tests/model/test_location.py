"""Where a connection goes, in one word: URLs, names with ports, and what is none of them."""

from __future__ import annotations

import pytest

from docgen.model.location import SCHEMES, Location, UnclearLocationError
from docgen.model.packet import Protocol

TCP, UDP = Protocol.TCP, Protocol.UDP


@pytest.mark.parametrize(
    ("text", "name", "protocol", "port", "path"),
    [
        pytest.param("https://example.com", "example.com", TCP, 443, "", id="https is 443"),
        pytest.param("http://example.com", "example.com", TCP, 80, "", id="http is 80"),
        pytest.param("HTTPS://Example.com", "Example.com", TCP, 443, "", id="a scheme in capitals"),
        pytest.param("https://example.com:8443/pay/1?x=y#z", "example.com", TCP, 8443, "/pay/1", id="port and path"),
        pytest.param("https://example.com/", "example.com", TCP, 443, "/", id="the root path"),
        pytest.param("https://example.com?x=1", "example.com", TCP, 443, "", id="a query without a path"),
        pytest.param("postgres://orders", "orders", TCP, 5432, "", id="a scheme's usual port"),
        pytest.param("postgres://orders:5433/shop", "orders", TCP, 5433, "", id="a database's name is no path"),
        pytest.param("tcp://orders:9000", "orders", TCP, 9000, "", id="bare tcp"),
        pytest.param("udp://resolver:53", "resolver", UDP, 53, "", id="bare udp"),
        pytest.param("dns://resolver", "resolver", UDP, 53, "", id="a scheme over udp"),
        pytest.param("https://[2001:db8::5]:8443/a", "2001:db8::5", TCP, 8443, "/a", id="IPv6 in brackets"),
        pytest.param("http://10.0.0.5", "10.0.0.5", TCP, 80, "", id="an IPv4 address"),
        pytest.param("orders:3306", "orders", None, 3306, "", id="a name with a port"),
        pytest.param("shop/orders:3306", "shop/orders", None, 3306, "", id="a qualified name with a port"),
        pytest.param("db_instance:orders:3306", "db_instance:orders", None, 3306, "", id="a kind, an id and a port"),
        pytest.param("db_instance:orders", "db_instance:orders", None, 0, "", id="a kind and an id"),
        pytest.param("2001:db8::5", "2001:db8::5", None, 0, "", id="an IPv6 address is no name with a port"),
        pytest.param("queue", "queue", None, 0, "", id="a name alone"),
        pytest.param("edge@a", "edge@a", None, 0, "", id="one interface"),
    ],
)
def test_location(text: str, name: str, protocol: Protocol | None, port: int, path: str) -> None:
    """A text says a name, and as much of protocol, port and path as it says."""
    found = Location.parse(text)

    assert (name, protocol, port, path) == (found.name, found.protocol, found.port, found.path)
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        pytest.param("htps://example.com", "scheme 'htps'", "did you mean 'https'?", id="a misspelt scheme"),
        pytest.param("://example.com", "scheme ''", "https://", id="no scheme"),
        pytest.param("https:/example.com", "half a web address", "`https://example.com`", id="one slash"),
        pytest.param("https:example.com", "half a web address", "`https://example.com`", id="no slash"),
        pytest.param("https://", "no host", "https://orders", id="no host"),
        pytest.param("https://:443", "no host", "", id="a port alone"),
        pytest.param("tcp://orders", "says no port", "tcp://orders:8080", id="a scheme without a usual port"),
        pytest.param("tcp://orders:9000/x", "has a path", "tcp://orders:9000", id="a path where there is none"),
        pytest.param("https://me:secret@example.com", "a user's name", "no place", id="a password"),
        pytest.param("https://example.com:70000", "port 70000", "1 to 65535", id="a port too high"),
        pytest.param("https://example.com:0", "port 0", "1 to 65535", id="port zero"),
        pytest.param("https://example.com:https", "where a port belongs", ":8080", id="a port that is a word"),
        pytest.param("https://exa mple.com", "host", "", id="a space in the host"),
        pytest.param("https://example.com/a b", "odd characters", "", id="a space in the path"),
        pytest.param("https://example.com/<b>", "odd characters", "", id="markup in the path"),
        pytest.param("https://<b>", "host", "", id="markup in the host"),
        pytest.param("orders 3306", "names nothing", "orders:3306", id="a space before the port"),
        pytest.param("orders:99999", "port 99999", "1 to 65535", id="a name with a port too high"),
        pytest.param("", "names nothing", "", id="nothing"),
        pytest.param("a" * 300, "300 characters", "", id="far too long"),
    ],
)
def test_no_location(text: str, problem: str, hint: str) -> None:
    """What cannot be called is refused, with the likely fix."""
    with pytest.raises(UnclearLocationError) as refused:
        Location.parse(text)

    assert problem in refused.value.problem
    assert hint in refused.value.hint


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_can_be_called(scheme: str) -> None:
    """With its usual port, or with one behind it."""
    protocol, port = SCHEMES[scheme]
    found = Location.parse(f"{scheme}://orders" if port else f"{scheme}://orders:9")

    assert (found.protocol, found.port) == (protocol, port or 9)
