import { expect, it } from "vitest";
import { createDrain } from "../../server/cluster/drain.ts";
import type { LiveClass } from "../../server/live/live-class.ts";
import { accept } from "../../server/protocol/errors.ts";
import { quietLog, sessionId } from "../contract/records.ts";
import { nodeEntryOf } from "../support/node-entry.ts";

/** The node a with two classes, beside the node b. */
function drainOfTwo(onTake: (taken: readonly string[]) => void = () => undefined, isConnected = () => true) {
  const taken: string[] = [];
  const running = ["1", "2"].map((digit) => ({ session: { id: sessionId(digit) } }) as LiveClass);
  const said: boolean[] = [];
  const drain = createDrain({
    registry: {
      running: () => [...running],
      handOver: async (live) => void running.splice(running.indexOf(live), 1),
    },
    directory: {
      me: nodeEntryOf("a"),
      nodes: () => [nodeEntryOf("a"), nodeEntryOf("b")],
      announce: async () => undefined,
    },
    bus: {
      async ask(to, request) {
        taken.push(`${to} ${request.kind}`);
        onTake(taken);
        return accept(null);
      },
    },
    log: quietLog,
    isConnected,
    setDraining: (is) => said.push(is),
  });
  return { drain, taken, running, said };
}

it("CN12 asked twice to give its classes away, a node gives each once", async () => {
  const { drain, taken, running, said } = drainOfTwo();
  expect(await Promise.all([drain.drain(), drain.drain()])).toEqual([accept(), accept()]);
  expect({ taken, running, said }).toEqual({ taken: ["b/1 take", "b/1 take"], running: [], said: [true] });
  expect((await drain.drain()).ok).toBe(true);
});

it("CN12 a node resumed in the middle keeps the classes that have not moved yet", async () => {
  const { drain, taken, running, said } = drainOfTwo(() => drain.resume());
  expect(await drain.drain()).toMatchObject({ ok: false, code: "unavailable" });
  expect({ taken: taken.length, running: running.length, said }).toEqual({
    taken: 1,
    running: 1,
    said: [true, false],
  });
});

it("CN12 a class that nobody could take stays where it runs: without Redis nothing moves on", async () => {
  let isThere = true;
  const goes = () => {
    isThere = false;
  };
  const { drain, taken, running } = drainOfTwo(goes, () => isThere);
  expect(await drain.drain()).toMatchObject({ ok: false, code: "unavailable" });
  expect({ taken: taken.length, running: running.length }).toEqual({ taken: 1, running: 1 });
  isThere = true;
  expect((await drain.drain()).ok).toBe(true);
  expect(running).toEqual([]);
});
