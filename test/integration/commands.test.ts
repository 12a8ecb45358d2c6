import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND_NAMES, type CommandName } from "../../server/protocol/commands.ts";
import type { Refusal } from "../../server/protocol/errors.ts";
import type { Entered } from "../../server/protocol/views.ts";
import { type ClassClient, connect } from "../support/class-client.ts";
import { type RunningApp, startApp } from "../support/running-app.ts";
import { staffLink } from "../support/staff-link.ts";

type Role = "instructor" | "facilitator" | "participant";

/** Who may send what. A command without a row fails below. */
const STAFF_ONLY: readonly CommandName[] = [
  "class.open",
  "class.close",
  "hand.call",
  "hands.clear",
  "breakouts.plan",
  "breakouts.assign",
  "breakouts.open",
  "breakouts.extend",
  "breakouts.recall",
  "breakouts.close",
  "breakouts.discard",
  "media.silence",
  "media.silence-all",
  "recording.start",
  "recording.pause",
  "recording.resume",
  "recording.stop",
  "broadcast.post",
  "broadcast.voice",
];
const EVERYBODY: readonly CommandName[] = [
  "class.enter",
  "presence.confirm",
  "presence.leave",
  "hand.raise",
  "hand.lower",
  "chat.post",
  "deck.show",
  "deck.hide",
  "page.turn",
  "room.enter",
  "room.choose",
  "role.take",
  "role.leave",
  "help.ask",
  "help.cancel",
  "sheet.present",
  "sheet.hide",
  "sheet.open",
  "sheet.update",
  "sheet.awareness",
  "recording.answer",
  "media.capabilities",
  "media.transport",
  "media.connect",
  "media.restart-ice",
  "media.produce",
  "media.pause",
  "media.resume",
  "media.stop",
  "media.view",
  "media.ready",
];

/** Arguments that are wrong for every command, and some that are wrong for one. */
const HOSTILE: readonly unknown[] = [
  undefined,
  null,
  "text",
  42,
  [],
  { unknown: true },
  { __proto__: null, constructor: "x" },
  { device: "short", count: -1, page: 0, personId: "con_1", roomId: "../..", text: "   ", source: "spy" },
  { text: "a".repeat(5000), page: 1e9, count: 1e6, deckId: "dck_", consumerId: "" },
  { direction: "sideways", tiles: Array.from({ length: 500 }, () => ({})), mode: "all" },
  { direction: "send", dtlsParameters: { fingerprints: [] } },
  {
    direction: "receive",
    dtlsParameters: { role: "client", fingerprints: [{ algorithm: "sha-256", value: "" }] },
  },
  { source: "camera", rtpParameters: { codecs: [], encodings: [] } },
  {
    source: "camera",
    rtpParameters: { codecs: [{ mimeType: "video/\u0000", payloadType: 900, clockRate: -1 }] },
  },
  { rtpCapabilities: { codecs: "all" } },
  { rtpCapabilities: { codecs: [{ kind: "video", mimeType: "x" }] } },
];

let running: RunningApp;
const people = {} as Record<Role, ClassClient>;

/** A socket of its own for each attack, which has its own allowance of messages. */
async function freshInstructor(): Promise<ClassClient> {
  const client = await connect(running.links.instructor, people.instructor);
  await client.enter(`device-${crypto.randomUUID()}`);
  return client;
}

beforeAll(async () => {
  running = await startApp();
  people.instructor = await connect(running.links.instructor);
  people.participant = await connect(running.links.participants[0] as string);
  people.facilitator = await connect(await staffLink(running, "facilitator"));
});

afterAll(async () => {
  for (const client of Object.values(people)) client.close();
  await running.close();
});

function rowCount(): number {
  const db = new DatabaseSync(join(running.dataDir, "balai.db"), { readOnly: true });
  const sum = db
    .prepare(
      "select (select count(*) from ledger where type <> 'presence.mark') + (select count(*) from class_log) as n",
    )
    .get();
  db.close();
  return Number(sum?.n);
}

describe("commands", () => {
  it("SK2 every command has its row in the authorisation table", () => {
    expect([...STAFF_ONLY, ...EVERYBODY].sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it("SK3 before entering and confirming nothing but that is possible", async () => {
    const early = COMMAND_NAMES.filter((name) => name !== "class.enter");
    for (const name of early) {
      const answer = (await people.instructor.raw(name, {})) as Refusal;
      expect([name, answer.code]).toEqual([name, expect.stringMatching(/^not-(entered|present)$/)]);
    }
    expect(rowCount()).toBe(0);
  });

  it("SK2 staff commands are forbidden to participants and to nobody else", async () => {
    for (const client of Object.values(people)) await client.enter();
    for (const name of COMMAND_NAMES) {
      for (const role of ["instructor", "facilitator", "participant"] as const) {
        // Arguments that no schema takes: what is allowed gets as far as "bad-request".
        const answer = (await people[role].raw(name, { unknown: true })) as Refusal;
        const isForbidden = role === "participant" && STAFF_ONLY.includes(name);
        expect([name, role, answer.code]).toEqual([name, role, isForbidden ? "forbidden" : "bad-request"]);
      }
    }
  });

  it.each(COMMAND_NAMES.map((name) => [name]))(
    "DI1 %s: malformed arguments get a code, change nothing and kill nothing",
    async (name) => {
      const attacker = await freshInstructor();
      const before = rowCount();
      const takesNothing = ["presence.confirm", "presence.leave", "media.silence-all"].includes(name);
      for (const args of HOSTILE) {
        if (takesNothing && args !== null && typeof args === "object" && Object.keys(args).length === 0)
          continue;
        const answer = (await attacker.raw(name, args)) as Refusal;
        expect([name, args, answer.ok, answer.code]).toEqual([name, args, false, "bad-request"]);
      }
      expect(rowCount()).toBe(before);
      attacker.close();
    },
  );

  it("DI2 names that are no commands, acks that are none and floods are answered or ignored", async () => {
    const { participant } = people;
    for (const name of ["", "__proto__", "constructor", "class.enter.x", "toString"]) {
      expect(await participant.raw(name, {})).toMatchObject({ ok: false, code: "bad-request" });
    }
    participant.rawWithoutAck("hand.raise");
    participant.rawWithoutAck("chat.post", { text: 1 }, "no function");
    const flood = await Promise.all(
      Array.from({ length: 40 }, (_, index) => participant.raw("chat.post", { text: `${index}` })),
    );
    const limited = flood.filter((answer) => !answer.ok && answer.code === "rate-limited");
    expect(limited.length).toBeGreaterThanOrEqual(15);
    expect(flood[0]).toMatchObject({ ok: true });
  });

  it("DI3 media messages out of order are refused; the worker lives and media still begin", async () => {
    const instructor = await connect(running.links.instructor, people.instructor);
    const { rtpCapabilities } = await instructor.enter("device-of-its-own");
    const ask = (name: string, args: object) => instructor.raw(name, args) as Promise<Refusal>;
    expect((await ask("media.ready", { consumerId: "none" })).code).toBe("media-consumer-missing");
    expect((await ask("media.pause", { source: "camera" })).code).toBe("media-source-missing");
    expect((await ask("media.restart-ice", { direction: "send" })).code).toBe("media-transport-missing");
    const fingerprint = { algorithm: "sha-256", value: Array.from({ length: 32 }, () => "AB").join(":") };
    const dtls = { direction: "send", dtlsParameters: { role: "client", fingerprints: [fingerprint] } };
    expect((await ask("media.connect", dtls)).code).toBe("media-transport-missing");
    expect((await ask("media.transport", { direction: "send" })).code).toBe("media-bad-parameters");
    expect(await instructor.raw("media.capabilities", { rtpCapabilities })).toEqual({ ok: true });
    expect(await instructor.raw("media.transport", { direction: "send" })).toMatchObject({
      ok: true,
      data: { id: expect.any(String) },
    });
    const ready = await fetch(`${running.app.url}/readyz`);
    expect(ready.status).toBe(200);
    instructor.close();
  });

  it("DI4 entering twice on one socket is refused, leaving and entering again is not", async () => {
    const { participant } = people;
    expect(await participant.raw("class.enter", { device: "device-1" })).toMatchObject({ code: "conflict" });
    expect(await participant.raw("presence.leave", {})).toEqual({ ok: true });
    const again: Entered = await participant.enter("device-1");
    expect(again.kind).toBe("snapshot");
  });
});
