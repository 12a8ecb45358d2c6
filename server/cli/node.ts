import type { ClusterView } from "../cluster/cluster-view.ts";
import type { NodeEntry } from "../cluster/node-entry.ts";
import type { CommandLine } from "./evidence.ts";
import { followDrain } from "./follow-drain.ts";

export interface NodeCommandParts {
  /** Null without REDIS_URL. @throws a sentence */
  readonly open: () => Promise<ClusterView | null>;
  readonly pause: (ms: number) => Promise<unknown>;
}
type Line = Pick<CommandLine, "stdout" | "stderr">;

const USAGE = `Usage: npm run balai -- node list
       npm run balai -- node drain NAME
       npm run balai -- node resume NAME

list    prints the nodes of the cluster, one a line: name, address, state, classes, people, and
        how many people of other nodes' classes it carries the media of
drain   moves all classes of a node to the others, without a lost minute, and gives it no new ones until it
        is started anew or resumed; ends when it has no class left
resume  lets it take classes again

Needs DATABASE_URL and REDIS_URL as the nodes have them; works from any machine that reaches both.
`;

/**
 * `balai node …` without the word itself. The list alone goes to standard output. Answers with the exit status:
 * 0 good, 1 refused, 2 a wrong command line.
 */
export async function runNodeCommand(
  argv: readonly string[],
  { open, pause }: NodeCommandParts,
  line: Line,
): Promise<number> {
  const wanted = wantedFrom(argv);
  if (!wanted) {
    const isAskedFor = argv[0] === "--help" || argv[0] === "help";
    (isAskedFor ? line.stdout : line.stderr).write(USAGE);
    return isAskedFor ? 0 : 2;
  }
  const say = (sentence: string) => void line.stderr.write(`${sentence}\n`);
  let view: ClusterView | null = null;
  try {
    view = await open();
    if (!view) {
      say("There is no REDIS_URL: this is one server alone, without nodes.");
      return 1;
    }
    const nodes = await view.nodes();
    if (wanted.action === "list") return list(nodes, line);
    const node = nodes.find(({ name }) => name === wanted.name);
    if (!node) {
      say(`No node runs under the name ${JSON.stringify(wanted.name)}. ${thoseThatRun(nodes)}`);
      return 1;
    }
    if (wanted.action === "resume") return await resume(view, node, say);
    if (!nodes.some(({ id, isDraining }) => id !== node.id && !isDraining)) {
      say(`There is no other node to take the classes of ${node.name}: start one, or resume one, first.`);
      return 1;
    }
    return await followDrain({ view, node, pause, say });
  } catch (fault) {
    say(`${fault instanceof Error ? fault.message : String(fault)}.`);
    return 1;
  } finally {
    await view?.close();
  }
}

function list(nodes: readonly NodeEntry[], line: Line): number {
  for (const { name, url, isDraining, classes, people, carried } of nodes) {
    const state = isDraining ? "draining" : "taking classes";
    line.stdout.write(`${[name, url, state, classes, people, carried].join("\t")}\n`);
  }
  if (nodes.length === 0) line.stderr.write(`${thoseThatRun(nodes)}\n`);
  return 0;
}

function thoseThatRun(nodes: readonly NodeEntry[]): string {
  if (nodes.length === 0) return "No node of this cluster runs now.";
  return `These run: ${nodes.map(({ name }) => name).join(", ")}.`;
}

async function resume(view: ClusterView, node: NodeEntry, say: (sentence: string) => void): Promise<number> {
  const resumed = await view.ask(node.id, "resume");
  say(resumed.ok ? `${node.name} takes classes.` : `${node.name} did not answer; look at its log.`);
  return resumed.ok ? 0 : 1;
}

type Wanted = { readonly action: "list" } | { readonly action: "drain" | "resume"; readonly name: string };

/** Null for a line that is none of these. */
function wantedFrom(argv: readonly string[]): Wanted | null {
  const [action, name, ...rest] = argv;
  if (rest.length > 0) return null;
  if (action === "list") return name === undefined ? { action } : null;
  if (action !== "drain" && action !== "resume") return null;
  return name === undefined || name.startsWith("-") ? null : { action, name };
}
