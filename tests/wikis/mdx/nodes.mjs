// Compiles a Markdown file as MDX does and tells, as JSON, what in it is more than text.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);
const from = createRequire(`${modules}/x.js`);
const load = (name) => import(pathToFileURL(from.resolve(name)));
const { compile } = await load("@mdx-js/mdx");
const { default: gfm } = await load("remark-gfm");

const found = { expressions: [], components: [], tables: 0, text: "" };
const look = (node) => {
  if (/^mdx.*(Expression|Esm)$/.test(node.type)) found.expressions.push(node.value);
  if (/^mdxJsx/.test(node.type)) {
    found.components.push(node.name);
    for (const one of node.attributes) if (one.type !== "mdxJsxAttribute" || typeof one.value === "object" && one.value) found.expressions.push(one.name);
  }
  if (node.type === "table") found.tables += 1;
  if (typeof node.value === "string") found.text += node.value;
  for (const child of node.children || []) look(child);
};
await compile(readFileSync(file, "utf8"), { format: "mdx", remarkPlugins: [gfm, () => look] });
console.log(JSON.stringify(found));
