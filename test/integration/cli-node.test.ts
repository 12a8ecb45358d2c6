import { expect, it } from "vitest";
import { runNodeCommand } from "../../server/cli/node.ts";
import type { NodeEntry } from "../../server/cluster/node-entry.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import { nodeEntryOf } from "../support/node-entry.ts";

const b = nodeEntryOf("b");

/** Drains the node a of a cluster whose directory tells these one after the other, the last for ever. */
async function drainWith(looks: readonly (readonly NodeEntry[])[], answers: readonly Result<null>[]) {
  let said = "";
  let asked = 0;
  let looked = 0;
  const out = { write: (text: string) => (said += text) };
  const view = {
    nodes: async () => looks[Math.min(looked++, looks.length - 1)] ?? [],
    ask: () => {
      const answer = answers[asked++];
      return answer ? Promise.resolve(answer) : new Promise<never>(() => undefined);
    },
    close: async () => undefined,
  };
  const parts = { open: async () => view, pause: async () => undefined };
  const status = await runNodeCommand(["drain", "a"], parts, { stdout: out, stderr: out });
  return { status, said, asked };
}

it("CN12 follows a drain that takes longer than an answer, and asks again for a class that was about to begin", async () => {
  const had = nodeEntryOf("a", { classes: 2, people: 41 });
  const looks = [
    [had, b],
    [nodeEntryOf("a", { classes: 1, people: 1, isDraining: true }), b],
    [nodeEntryOf("a", { isDraining: true }), b],
  ];
  expect(await drainWith(looks, [refuse("unavailable")])).toEqual({
    status: 0,
    asked: 1,
    said:
      "a is being drained: 2 classes with 41 people to move …\n  1 class with 1 person left\n" +
      'a has no class and takes no new ones. It may be stopped; "node resume a" undoes it.\n',
  });
  expect(await drainWith(looks, [accept(null), accept(null)])).toMatchObject({ status: 0, asked: 2 });
});

it("CN12 says why a drain did not come to its end", async () => {
  const had = nodeEntryOf("a", { classes: 1, people: 3 });
  const stuck = nodeEntryOf("a", { classes: 1, people: 3, isDraining: true });
  const endings: [string, Parameters<typeof drainWith>][] = [
    ["a has ended", [[[had, b], [b]], []]],
    [
      "a was resumed meanwhile",
      [
        [
          [had, b],
          [stuck, b],
          [had, b],
        ],
        [],
      ],
    ],
    [
      "none has moved for a minute",
      [
        [
          [had, b],
          [stuck, b],
        ],
        [],
      ],
    ],
    ["a did not answer", [[[had, b]], [refuse("unavailable")]]],
    [
      "a could not give its classes away",
      [
        [
          [had, b],
          [stuck, b],
        ],
        [refuse("internal")],
      ],
    ],
    ["There is no other node", [[[had, { ...b, isDraining: true }]], []]],
    ["No node of this cluster runs now", [[[]], []]],
  ];
  for (const [sentence, drained] of endings) {
    const { status, said } = await drainWith(...drained);
    expect(said).toContain(sentence);
    expect(status).toBe(1);
  }
});
