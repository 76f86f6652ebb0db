// Lays out graphs with ELK layered: a JSON list of ELK graphs on stdin, the same with places on stdout.
import { createRequire } from "node:module";

const ELK = createRequire(process.cwd() + "/")("elkjs");
const elk = new ELK();
let text = "";
for await (const part of process.stdin) text += part;
const placed = [];
for (const graph of JSON.parse(text)) placed.push(await elk.layout(graph));
process.stdout.write(JSON.stringify(placed));
