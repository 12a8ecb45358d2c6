import { ERRORS } from "../protocol/errors.ts";
import { GUIDE, STYLE } from "./api-reference-parts.ts";
import { refusalsOf } from "./openapi-errors.ts";
import { bodyExampleOf } from "./openapi-examples.ts";
import { mediaTypesOf } from "./request-body.ts";
import type { Access, Route } from "./route.ts";
import { fieldsFrom, type SchemaField } from "./schema-fields.ts";

/**
 * The reference of the API as one page, from the same table as its description. Made here, without a script:
 * the viewers that exist bring 1.5 MB and more of program, inline styles and third parties' addresses for what
 * a browser shows by itself.
 */
export function apiReferenceFrom(routes: readonly Route[], publicUrl: string): string {
  const groups = Map.groupBy(routes, ({ path }) => groupOf(path));
  const nav = [...groups].map(([name, own]) => {
    const items = own.map((route) => `<li><a href="#${anchorOf(route)}">${nameOf(route)}</a></li>`);
    return `<details><summary>${escaped(name)}</summary><ul>${items.join("")}</ul></details>`;
  });
  const sections = [...groups].map(([name, own]) => {
    const operations = own.map((route) => operation(route, publicUrl));
    return `<section><h2>${escaped(name)}</h2>${operations.join("")}</section>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Balai HTTP API</title><style>${STYLE}</style>
</head>
<body>
<nav aria-label="Operations"><p class="brand">Balai HTTP API</p>${nav.join("")}</nav>
<main><h1>Balai HTTP API</h1>${GUIDE}${sections.join("")}${errorTable()}</main>
</body>
</html>
`;
}

/** What is done to a session or a programme is told with it, not by itself. */
const PARTS = new Set(["open", "close", "cancellation", "policy", "entry", "certificate-numbering"]);

/** `/api/v1/programmes/:programme/staff` is of `staff`; what stands outside `/api/v1` is of the server. */
function groupOf(path: string): string {
  if (!path.startsWith("/api/v1/")) return "server";
  const nouns = path
    .split("/")
    .slice(3)
    .filter((word) => !word.startsWith(":"));
  const [first = "server", second] = nouns;
  if ((first !== "programmes" && first !== "sessions") || second === undefined) return first;
  return PARTS.has(second) ? first : second.replace(".ics", "");
}

function operation(route: Route, publicUrl: string): string {
  const { method, path, summary, access } = route;
  return `<article id="${anchorOf(route)}">
<h3><code class="method ${method}">${method.toUpperCase()}</code> <code>${escaped(pathOf(path))}</code></h3>
<p>${escaped(summary)}.</p>
<p class="who">For: ${access.length >= 7 ? "everybody" : access.map((who) => escaped(WHO[who])).join(", ")}</p>
${parameters(route)}${body(route)}${answer(route)}${refusals(route)}
<details><summary>curl</summary><pre>${escaped(curlFor(route, publicUrl))}</pre></details>
</article>`;
}

const WHO: Readonly<Record<Access, string>> = {
  anonymous: "everybody",
  participant: "participants, by their link",
  instructor: "instructors, by their link",
  facilitator: "facilitators, by their link",
  admin: "administrators",
  auditor: "auditors",
  "staff-account": "accounts of instructors and facilitators",
  "unready-admin": "administrators without a second factor",
  guest: "who came by a link to the recording",
  "read-key": "keys with scope read",
  "write-key": "keys with scope write",
};

function parameters({ params, query }: Route): string {
  const rows = [...fieldsFrom(params, "input"), ...fieldsFrom(query, "input")];
  return rows.length === 0 ? "" : `<h4>Parameters</h4>${fieldTable(rows)}`;
}

function body(route: Route): string {
  if (!route.body) return "";
  const types = mediaTypesOf(route.body);
  const fields = types.includes("application/json")
    ? fieldTable(fieldsFrom(route.body.described ?? route.body.schema, "input"))
    : "";
  const examples = types.flatMap((type) => {
    const example = bodyExampleOf(route, type);
    if (example === undefined) return [];
    const text = typeof example === "string" ? example : JSON.stringify(example, null, 2);
    return [`<p class="small">Example, ${type}</p><pre>${escaped(text)}</pre>`];
  });
  const list = types.map((type) => `<code>${type}</code>`).join(", ");
  return `<h4>Body</h4><p class="small">${list}, at most ${sizeText(route.body.maxBytes)}</p>${fields}${examples.join("")}`;
}

function answer({ response }: Route): string {
  const types = [...(response.schema ? ["application/json"] : []), ...(response.types ?? [])];
  const list = types.map((type) => `<code>${escaped(type)}</code>`).join(", ");
  const fields = response.schema ? fieldsFrom(response.schema, "output") : [];
  const table =
    fields.length === 0 ? "" : `<details><summary>Fields</summary>${fieldTable(fields)}</details>`;
  return `<h4>Answer ${response.status}</h4><p class="small">${list || "no body"}</p>${table}`;
}

function refusals(route: Route): string {
  const items = [...refusalsOf(route)].map(([status, codes]) => {
    return `<li>${status}: ${codes.map((code) => `<code>${code}</code>`).join(", ")}</li>`;
  });
  return `<h4>Refusals</h4><ul class="refusals">${items.join("")}</ul>`;
}

function fieldTable(fields: readonly SchemaField[]): string {
  const rows = fields.map(({ path, type, isRequired, about }) => {
    const needed = isRequired ? "yes" : "";
    return `<tr><td><code>${escaped(path)}</code></td><td>${escaped(type)}</td><td>${needed}</td><td>${escaped(about)}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>field</th><th>is</th><th>needed</th><th></th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function errorTable(): string {
  const rows = Object.entries(ERRORS).map(([code, { status, retryable }]) => {
    return `<tr><td><code>${code}</code></td><td>${status}</td><td>${retryable ? "yes" : ""}</td></tr>`;
  });
  return `<section id="codes"><h2>All codes</h2><p>Also those of a class's socket.</p><div class="wide"><table><thead><tr><th>code</th><th>status</th><th>may succeed later</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></section>`;
}

function curlFor(route: Route, publicUrl: string): string {
  const url = `${publicUrl.replace(/\/+$/, "")}${pathOf(route.path)}`;
  const type = route.body ? mediaTypesOf(route.body)[0] : undefined;
  const example = type ? bodyExampleOf(route, type) : undefined;
  return [
    `curl ${route.method === "get" ? "" : `-X ${route.method.toUpperCase()} `}'${url}'`,
    ...(route.scheme === "office" ? [`-H "Authorization: Bearer $BALAI_KEY"`] : []),
    ...(type ? [`-H 'Content-Type: ${type}'`] : []),
    ...(example === undefined ? [] : [`-d '${JSON.stringify(example)}'`]),
  ].join(" \\\n  ");
}

const pathOf = (path: string): string => path.replace(/:(\w+)/g, "{$1}");
const nameOf = ({ method, path }: Route): string =>
  `<b>${method.toUpperCase()}</b> ${escaped(pathOf(path).replace("/api/v1", ""))}`;
const anchorOf = ({ method, path }: Route): string => `${method}${path.replace(/[^0-9A-Za-z]+/g, "-")}`;

function sizeText(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
