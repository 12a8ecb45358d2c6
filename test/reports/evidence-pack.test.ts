import { generateKeyPairSync } from "node:crypto";
import { FlattenedSign } from "jose";
import { describe, expect, it } from "vitest";
import { runEvidenceCommand } from "../../server/cli/evidence.ts";
import { signerFrom } from "../../server/key-file-signer.ts";
import type { Signer } from "../../server/ports.ts";
import { evidencePackSchema } from "../../server/protocol/evidence.ts";
import { canonicalJson } from "../../server/reports/canonical.ts";
import { chainRow } from "../../server/reports/chain.ts";
import { signPack } from "../../server/reports/pack-signature.ts";
import { EVENTS, packOf, REPORT_INPUT } from "./class-evidence.ts";

const keys = generateKeyPairSync("ed25519");
const signer = signerFrom(keys.privateKey);
const pem = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
const otherPem = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString();
const signed = () => signPack(packOf(), signer);
const without = <T extends object>(value: T, ...fields: string[]) =>
  Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));

async function run(
  argv: string[],
  files: Record<string, unknown>,
  openSigner: () => Promise<Signer> = async () => signer,
) {
  let stdout = "";
  let stderr = "";
  const line = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    readFile: async (file: string) => {
      const content = files[file];
      if (content === undefined) throw new Error("no such file");
      return typeof content === "string" ? content : JSON.stringify(content);
    },
  };
  const status = await runEvidenceCommand(argv, line, openSigner);
  return { status, stdout, stderr };
}

describe("evidence pack", () => {
  it("EV3 is the format's, and holds no field of a person beyond it", () => {
    const pack = packOf();
    expect(evidencePackSchema.safeParse(JSON.parse(JSON.stringify(pack))).error).toBeUndefined();
    expect(Object.keys(pack.roster[0] ?? {})).toEqual(["enrolmentId", "externalId", "name"]);
    expect(pack.attendance.map(({ enrolmentId, jp }) => [enrolmentId, jp])).toEqual([
      ["enr_ana", 2],
      ["enr_budi", 0],
      ["enr_cici", 0.5],
    ]);
  });
});

describe("evidence recompute", () => {
  const bare = () => {
    const pack = without(packOf(), "attendance");
    return { ...pack, events: EVENTS };
  };

  it("EV4 prints the attendance alone, from a pack without prev, hash, attendance and signature", async () => {
    const { status, stdout, stderr } = await run(["recompute", "p.json"], { "p.json": bare() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(packOf().attendance);
  });

  it("EV4 trusts the rows, not what the pack states", async () => {
    const pack = { ...packOf(), attendance: [], signature: "nonsense" };
    const { stdout } = await run(["recompute", "p.json"], { "p.json": pack });
    expect(JSON.parse(stdout)).toEqual(packOf().attendance);
  });

  it("EV4 reads more than the format knows, and less where the rules do not need it", async () => {
    const pack = bare();
    const lenient = {
      ...pack,
      generator: { name: "somebody else" },
      session: { ...without(REPORT_INPUT.session, "title", "timeZone"), place: "hall" },
      policy: { ...REPORT_INPUT.policy, version: 3, requirements: [{ code: "x", unknown: true }] },
      roster: REPORT_INPUT.roster.map((person) => ({ ...person, name: undefined, group: null })),
      events: [
        ...EVENTS.map((row) => ({
          ...without(row, "device", "reason", "room"),
          prev: null,
          hash: null,
          extra: 1,
        })),
        { seq: 900, at: 0, type: "weather.changed", connectionId: 7 },
        { seq: 901, at: 0, type: "toString" },
      ],
      signature: null,
      attendance: null,
    };
    const { status, stdout, stderr } = await run(["recompute", "p"], {
      p: `\uFEFF${JSON.stringify(lenient)}`,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(packOf().attendance);
  });

  it("EV4 takes null for what is not there", async () => {
    const events = EVENTS.map((row) => (row.type === "presence.joined" ? { staffId: null, ...row } : row));
    const { status } = await run(["recompute", "p"], { p: { ...bare(), events } });
    expect(status).toBe(0);
  });

  it("AT9 an adjustment without approvedBy is void, not unreadable", async () => {
    const events = EVENTS.map((row) => without(row, "approvedBy"));
    const { stdout } = await run(["recompute", "p"], { p: { ...bare(), events } });
    expect(JSON.parse(stdout)[2].jp).toBe(0);
  });

  const bad: [string, unknown, RegExp][] = [
    ["no JSON", "{", /is no evidence pack that can be read\. It is not JSON/],
    ["no object", [], /The file: Invalid input/],
    ["another format", { ...bare(), format: "balai-evidence/2" }, /format: /],
    [
      "a slot without an end",
      { ...bare(), session: { ...REPORT_INPUT.session, slots: [{ id: "a", startAt: 1, jp: 1 }] } },
      /session\.slots\[0\]\.endAt: /,
    ],
    [
      "a slot that ends before it starts",
      { ...bare(), session: { ...REPORT_INPUT.session, slots: [{ id: "a", startAt: 2, endAt: 1, jp: 1 }] } },
      /session\.slots\[0\]: must not end before it starts/,
    ],
    ["no policy", without(bare(), "policy"), /policy: /],
    [
      "a policy beyond bounds",
      { ...bare(), policy: { ...REPORT_INPUT.policy, minSlotShare: 10_001 } },
      /policy\.minSlotShare: /,
    ],
    ["a person without an id", { ...bare(), roster: [{ name: "Ana" }] }, /roster\[0\]\.enrolmentId: /],
    ["a row without a time", { ...bare(), events: [{ seq: 1, type: "class.opened" }] }, /events\[0\]\.at: /],
    [
      "a joined row without a connection",
      { ...bare(), events: [{ seq: 7, at: 1, type: "presence.joined" }] },
      /events\[0\] \(seq 7, presence\.joined\)\.connectionId: /,
    ],
    [
      "a mark of an unknown status",
      {
        ...bare(),
        events: [
          {
            seq: 7,
            at: 1,
            type: "attendance.marked",
            slotId: "a",
            enrolmentId: "b",
            status: "late",
            by: "c",
          },
        ],
      },
      /events\[0\] \(seq 7, attendance\.marked\)\.status: /,
    ],
  ];
  it.each(bad)("EV4 refuses %s in a sentence that names the place", async (_title, pack, sentence) => {
    const { status, stdout, stderr } = await run(["recompute", "p.json"], { "p.json": pack });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  it("EV4 says so when the file cannot be read, or the command line is wrong", async () => {
    expect(await run(["recompute", "nowhere"], {})).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("nowhere cannot be read"),
    });
    for (const argv of [
      [],
      ["recompute"],
      ["recompute", "a", "b"],
      ["recompute", "a", "--key", "k"],
      ["verify", "a", "--key"],
      ["burn", "a"],
      ["verify", "a", "--what"],
    ]) {
      expect(await run(argv, {})).toMatchObject({
        status: 2,
        stdout: "",
        stderr: expect.stringContaining("Usage"),
      });
    }
    expect(await run(["--help"], {})).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("evidence verify", () => {
  it("EV7 finds a signed pack good with its key, also through a JSON file with other spacing", async () => {
    const files = { p: JSON.stringify(await signed(), null, 4), k: pem };
    const { status, stdout } = await run(["verify", "p", "--key", "k"], files);
    expect(status).toBe(0);
    expect(stdout.match(/GOOD/g)).toHaveLength(3);
  });

  it("EV7 takes a key as JWK, a private one too", async () => {
    const p = await signed();
    for (const key of [keys.publicKey, keys.privateKey]) {
      expect(await run(["verify", "--key=k", "p"], { p, k: key.export({ format: "jwk" }) })).toMatchObject({
        status: 0,
      });
    }
  });

  it("EV7 without a key it says that there is none to trust, and by which key the pack says it is signed", async () => {
    const { status, stdout } = await run(["verify", "p"], { p: await signed() });
    expect(status).toBe(0);
    expect(stdout).toMatch(/signature +UNKNOWN +Signed by key .*, not checked: there is no key to trust/);
    expect(stdout).toContain(signer.keyId);
    expect((await run(["verify", "p"], { p: packOf() })).stdout).toMatch(
      /The pack is not signed: there is no key to trust/,
    );
  });

  it("EV7 another key, no signature or a broken one is bad", async () => {
    const p = await signed();
    expect(await run(["verify", "p", "--key", "k"], { p, k: otherPem })).toMatchObject({ status: 1 });
    expect((await run(["verify", "p", "--key", "k"], { p: packOf(), k: pem })).stdout).toContain(
      "The pack is not signed",
    );
    const broken = await run(["verify", "p", "--key", "k"], { p: { ...p, signature: "a.b.c" }, k: pem });
    expect(broken).toMatchObject({ status: 1, stdout: expect.stringContaining("not a detached JWS") });
    expect(await run(["verify", "p", "--key", "k"], { p, k: "hello" })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("k is no Ed25519 public key"),
    });
  });

  it("EV7 a field changed anywhere breaks the signature alone", async () => {
    const p = { ...(await signed()), note: "added" };
    const { status, stdout } = await run(["verify", "p", "--key", "k"], { p, k: pem });
    expect(status).toBe(1);
    expect(stdout).toMatch(/chain +GOOD[\s\S]*attendance +GOOD[\s\S]*signature +BAD/);
  });

  it("EV7 takes a signature with an unencoded payload (RFC 7797) too", async () => {
    const pack = packOf();
    const jws = await new FlattenedSign(new TextEncoder().encode(canonicalJson(pack)))
      .setProtectedHeader({ alg: "EdDSA", b64: false, crit: ["b64"] })
      .sign(keys.privateKey);
    const p = { ...pack, signature: `${jws.protected}..${jws.signature}` };
    expect(await run(["verify", "p", "--key", "k"], { p, k: pem })).toMatchObject({ status: 0 });
  });

  it("EV2 names the first bad row", async () => {
    const pack = packOf();
    const events = pack.events.map((row, i) => (i === 5 ? { ...row, at: row.at + 1 } : row));
    const { status, stdout } = await run(["verify", "p"], { p: { ...pack, events } });
    expect(status).toBe(1);
    expect(stdout).toContain(
      "The first bad row is events[5] (seq 6, presence.left): its hash does not match",
    );
  });

  it("EV2 chains rows of unknown types, with all their fields", async () => {
    const pack = packOf();
    const last = pack.events.at(-1);
    const more = chainRow(String(last?.hash), {
      seq: 90,
      at: Number(last?.at),
      type: "weather.changed",
      sky: { deep: [1] },
    });
    const p = { ...pack, events: [...pack.events, more] };
    expect((await run(["verify", "p"], { p })).stdout).toMatch(/chain +GOOD +13 rows/);
    const spoilt = { ...pack, events: [...pack.events, { ...more, sky: {} }] };
    expect((await run(["verify", "p"], { p: spoilt })).stdout).toContain(
      "events[12] (seq 90, weather.changed)",
    );
  });

  it("EV2 a pack without a chain is not verified", async () => {
    expect(await run(["verify", "p"], { p: { ...packOf(), events: EVENTS } })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("it has no prev or no hash"),
    });
  });

  it("EV7 names the slot where the stated attendance differs from the rows", async () => {
    const pack = packOf();
    const attendance = structuredClone(
      pack.attendance.map((person) => ({ ...person })),
    ) as typeof pack.attendance;
    const raised = attendance.map((person, i) =>
      i === 1
        ? { ...person, slots: person.slots.map((slot, j) => (j === 0 ? { ...slot, jp: 1 } : slot)) }
        : person,
    );
    const { status, stdout } = await run(["verify", "p"], { p: { ...pack, attendance: raised } });
    expect(status).toBe(1);
    expect(stdout).toContain("attendance[1].slots[0] (enr_budi) says");
    const total = attendance.map((person, i) => (i === 0 ? { ...person, jp: 3 } : person));
    expect((await run(["verify", "p"], { p: { ...pack, attendance: total } })).stdout).toContain(
      "attendance[0] (enr_ana) says",
    );
    for (const [wrong, why] of [
      [attendance.slice(1), "states 2 people, its roster has 3"],
      [[null, ...attendance.slice(1)], "attendance[0] (enr_ana) does not have the format's fields"],
      [undefined, "states no attendance"],
    ] as const) {
      expect(await run(["verify", "p"], { p: { ...pack, attendance: wrong } })).toMatchObject({
        status: 1,
        stdout: expect.stringContaining(why),
      });
    }
  });
});
