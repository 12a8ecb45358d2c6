import type { ClassStore, Clock, Log } from "../ports.ts";
import type { LiveClass } from "./live-class.ts";
import type { Registry } from "./registry.ts";

/**
 * Takes up the classes that a stop interrupted, before anybody can join: an open one gets `server.recovered`
 * with the time of its last row, in another the connections of before are ended.
 */
export async function recoverClasses(parts: {
  readonly registry: Registry;
  readonly classes: ClassStore;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  const { registry, classes, clock, log } = parts;
  for (const sessionId of await classes.unfinished()) {
    const live = await registry.liveClass(sessionId);
    if (live) await takeUp({ live, classes, clock, log });
  }
}

/** Names the outage in one class. Throws where that could not be written. */
export async function takeUp(parts: {
  readonly live: LiveClass;
  readonly classes: ClassStore;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  const { live, classes, clock, log } = parts;
  const sessionId = live.session.id;
  const rows = await classes.evidence(sessionId);
  const lastAliveAt = rows.at(-1)?.at ?? clock.now();
  const result = await live.run({ type: "class.recover", args: { lastAliveAt } }, { kind: "server" });
  if (!result.ok) throw new Error(`class ${sessionId} could not be taken up: ${result.code}`);
  log.info({ sessionId, lastAliveAt }, "took up a class that a stop had interrupted");
}
