import type { ClusterView } from "../cluster/cluster-view.ts";
import type { NodeEntry } from "../cluster/node-entry.ts";
import type { Result } from "../protocol/errors.ts";

const LOOK_EVERY_MS = 250;
/** A minute in which no class moved: whatever is wrong, waiting mends it no more. */
const LOOKS_WITHOUT_A_MOVE = 240;

/**
 * Asks a node to give its classes away, and watches the directory until it has none: an answer over the bus may come
 * too late for many classes. Answers with the exit status.
 */
export async function followDrain(parts: {
  readonly view: ClusterView;
  readonly node: NodeEntry;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly say: (sentence: string) => void;
}): Promise<number> {
  const { view, node, pause, say } = parts;
  const { name } = node;
  let before = node;
  let looks = 0;
  const ask = () => {
    const asking: { answer: Result<unknown> | null } = { answer: null };
    view.ask(node.id, "drain").then((heard) => {
      asking.answer = heard;
    });
    return asking;
  };

  say(`${name} is being drained: ${loadOf(node)} to move …`);
  let asked = ask();
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const heard = asked.answer;
    const now = (await view.nodes()).find(({ id }) => id === node.id) ?? null;
    const end = endOf(before, now, heard);
    if (end) {
      say(end.sentence);
      return end.status;
    }
    if (!now) continue;
    looks = now.classes === before.classes ? looks + 1 : 0;
    if (looks === 0) say(`  ${loadOf(now)} left`);
    if (looks >= LOOKS_WITHOUT_A_MOVE) {
      say(`${name} still has ${loadOf(now)}, and none has moved for a minute; look at its log.`);
      return 1;
    }
    before = now;
    // A class that was about to begin there when it was asked.
    if (heard?.ok && now.classes > 0) asked = ask();
  }
}

/** How it ended; null while it goes on. `heard` is the node's answer, null before there is one. */
function endOf(
  before: NodeEntry,
  now: NodeEntry | null,
  heard: Result<unknown> | null,
): { readonly status: number; readonly sentence: string } | null {
  const { name } = before;
  if (!now) {
    const sentence = `${name} has ended, or says nothing any more; what classes it had the others take up.`;
    return { status: 1, sentence };
  }
  if (before.isDraining && !now.isDraining) {
    return { status: 1, sentence: `${name} was resumed meanwhile and takes classes.` };
  }
  if (!heard) return null;
  if (now.isDraining && now.classes === 0) {
    const sentence = `${name} has no class and takes no new ones. It may be stopped; "node resume ${name}" undoes it.`;
    return { status: 0, sentence };
  }
  if (heard.ok || (heard.code === "unavailable" && now.isDraining)) return null;
  const sentence =
    heard.code === "unavailable"
      ? `${name} did not answer, or found no other node; nothing has moved.`
      : `${name} could not give its classes away, ${loadOf(now)} left; its log says why.`;
  return { status: 1, sentence };
}

function loadOf({ classes, people }: NodeEntry): string {
  const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
  return `${count(classes, "class", "classes")} with ${count(people, "person", "people")}`;
}
