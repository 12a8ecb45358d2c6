import { describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import type { ClassEvent, SequencedEvent } from "../../server/protocol/events.ts";
import type { EvidenceBody } from "../../server/protocol/evidence.ts";
import { breakoutRoomIdSchema } from "../../server/protocol/ids.ts";
import { closed, firstBadRow, joined, left, opened, said, sequenced } from "./class-events.ts";
import { sessionId } from "./records.ts";

const one = sessionId("1");

/** What every store must do with a class's log and its ledger. */
export function classStoreContract(store: () => Store): void {
  ledgerContract(store);
  orderContract(store);
  unfinishedContract(store);
  homesContract(store);
}

function ledgerContract(store: () => Store): void {
  describe("ledger", () => {
    it("LG1 chains evidence from the session's id and keeps only the fields of its type", async () => {
      const { classes } = store();
      const stray: ClassEvent = Object.assign(joined("1"), { staffId: undefined, secret: "x" });
      await classes.append(one, sequenced([opened, said("halo"), stray]));
      await classes.appendEvidence(one, [{ type: "presence.mark", at: 5_000 }]);
      const rows = await classes.evidence(one);
      expect(rows.map(({ prev, hash, ...row }) => row)).toEqual([
        { seq: 1, at: 1_000, type: "class.opened", by: "stf_1" },
        {
          seq: 2,
          at: 1_002,
          type: "presence.joined",
          connectionId: "con_1",
          enrolmentId: "enr_1",
          device: "Firefox é 💻",
          room: "main",
        },
        { seq: 3, at: 5_000, type: "presence.mark" },
      ]);
      expect(rows[0]?.prev).toBe("46bf2fa87b4820eabd28fa94f4fa05e629c2c41e5a37f59ce44f6882c3447c36");
      expect(firstBadRow(one, rows)).toBeNull();
      expect(await classes.evidence(sessionId("2"))).toEqual([]);
    });

    it("LG1 keeps evidence of every kind that is no class event", async () => {
      const adjustment = { adjustmentId: "adj_1", slotId: "slt_1", enrolmentId: "enr_1", reason: "listrik" };
      const bodies: EvidenceBody[] = [
        { type: "attendance.marked", slotId: "slt_1", enrolmentId: "enr_1", status: "sick", by: "stf_1" },
        { type: "adjustment.proposed", ...adjustment, jp: 0.75, by: "adm_1" },
        { type: "adjustment.rejected", adjustmentId: "adj_1", by: "adm_2" },
        { type: "attendance.adjusted", ...adjustment, jp: 1, by: "adm_1", approvedBy: "" },
      ];
      const rows = bodies.map((body) => ({ ...body, at: 7_000 }));
      await store().classes.appendEvidence(one, rows);
      const stored = await store().classes.evidence(one);
      expect(stored.map(({ prev, hash, seq, ...row }) => row)).toEqual(rows);
      expect(firstBadRow(one, stored)).toBeNull();
      expect(await store().classes.replay(one)).toEqual([]);
    });

    it("LG2 refuses, alone and whole, an append whose time lies before the last row's", async () => {
      const { classes } = store();
      await classes.append(one, sequenced([opened], 1, 9_000));
      const outcomes = await Promise.allSettled([
        classes.append(one, sequenced([said("a"), joined("1")], 2, 9_000)),
        classes.appendEvidence(one, [
          { type: "presence.mark", at: 9_002 },
          { type: "presence.mark", at: 9_001 },
        ]),
        classes.append(sessionId("2"), sequenced([opened])),
        classes.appendEvidence(one, [{ type: "presence.mark", at: 9_001 }]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        "fulfilled",
        "rejected",
        "fulfilled",
        "fulfilled",
      ]);
      const rows = await classes.evidence(one);
      expect(rows.map(({ at }) => at)).toEqual([9_000, 9_001, 9_001]);
      expect(firstBadRow(one, rows)).toBeNull();
    });

    it("LG3 rejects a malformed event or row and writes nothing of its append", async () => {
      const { classes } = store();
      const bad = { type: "presence.left", connectionId: "con_1" } as ClassEvent;
      await expect(classes.append(one, sequenced([opened, bad]))).rejects.toThrow();
      const odd = { type: "no.such", at: 1 } as unknown as EvidenceBody & { at: number };
      await expect(classes.appendEvidence(one, [odd])).rejects.toThrow();
      await expect(classes.append(one, [{ ...odd, seq: 1 } as unknown as SequencedEvent])).rejects.toThrow();
      expect(await classes.evidence(one)).toEqual([]);
      await classes.append(one, sequenced([opened]));
    });

    it("LG3 writes a text that is no well-formed Unicode with its flaw replaced", async () => {
      const flawed = { ...joined("1"), device: "a\ud800b" } as ClassEvent;
      await store().classes.append(one, sequenced([opened, flawed]));
      const rows = await store().classes.evidence(one);
      expect(rows[1]).toMatchObject({ device: "a\ufffdb" });
      expect(firstBadRow(one, rows)).toBeNull();
    });
  });
}

function orderContract(store: () => Store): void {
  describe("class log", () => {
    it("LG4 replays evidence and the rest in the order of the class", async () => {
      const { classes } = store();
      const events = sequenced([said("satu"), opened, joined("1"), said("dua\u0000 💬"), left("1"), closed]);
      await classes.append(one, events.slice(0, 2));
      await classes.appendEvidence(one, [{ type: "presence.mark", at: 1_001 }]);
      await classes.append(one, events.slice(2));
      await classes.append(one, []);
      expect(await classes.replay(one)).toEqual(events);
      expect(await classes.replay(sessionId("2"))).toEqual([]);
    });

    it("LG4 refuses an event that does not follow the last one", async () => {
      const { classes } = store();
      await expect(classes.append(one, sequenced([opened], 2))).rejects.toThrow("event 2");
      await classes.append(one, sequenced([opened]));
      await expect(classes.append(one, sequenced([said("lagi")], 1))).rejects.toThrow("event 1");
      await expect(classes.append(one, sequenced([said("lubang")], 3))).rejects.toThrow("event 3");
      expect(await classes.replay(one)).toHaveLength(1);
    });

    it("LG5 keeps the order of 100 appends made at once over five classes", async () => {
      const { classes } = store();
      const ids = ["a", "b", "c", "d", "e"].map(sessionId);
      const events = sequenced([opened, ...Array.from({ length: 19 }, (_, n) => joined(`${n}`))]);
      const acks: string[] = [];
      await Promise.all(
        events.flatMap((event) =>
          ids.map((id) => classes.append(id, [event]).then(() => acks.push(`${id} ${event.seq}`))),
        ),
      );
      for (const id of ids) {
        expect(await classes.replay(id)).toEqual(events);
        const rows = await classes.evidence(id);
        expect(rows).toHaveLength(20);
        expect(firstBadRow(id, rows)).toBeNull();
        expect(acks.filter((ack) => ack.startsWith(id))).toEqual(events.map(({ seq }) => `${id} ${seq}`));
      }
    });

    it("LG5 takes 1,100 joins in one append", async () => {
      const events = sequenced([opened, ...Array.from({ length: 1_100 }, (_, n) => joined(`${n}`))]);
      await store().classes.append(one, events);
      expect(await store().classes.replay(one)).toEqual(events);
      expect(firstBadRow(one, await store().classes.evidence(one))).toBeNull();
    });
  });
}

function unfinishedContract(store: () => Store): void {
  describe("unfinished classes", () => {
    const recovered: ClassEvent = { type: "server.recovered", lastAliveAt: 1_000 };
    const cases: readonly [string, readonly ClassEvent[], boolean][] = [
      ["opened and not closed", [opened], true],
      ["opened and closed", [opened, closed], false],
      ["opened again", [opened, closed, opened], true],
      ["recovered but open", [opened, recovered], true],
      ["joined before it opens", [joined("1")], true],
      ["closed with somebody in it", [opened, joined("1"), joined("2"), closed, left("1")], true],
      ["closed and everybody left", [opened, joined("1"), closed, left("1")], false],
      ["left twice, joined twice", [joined("1"), joined("1"), left("1"), left("1")], false],
      ["left one that never joined", [left("1")], false],
      ["joined again after leaving", [joined("1"), left("1"), joined("1")], true],
      ["closed, recovered since", [opened, joined("1"), closed, recovered], false],
      ["recovered, then joined", [joined("1"), recovered, joined("2")], true],
      ["only chat", [said("halo")], false],
    ];
    it.each(cases)("LG6 %s", async (_title, events, isUnfinished) => {
      const { classes } = store();
      await classes.append(one, sequenced(events));
      // The same, one append each: what a transaction sums up must not depend on what shares it.
      for (const event of sequenced(events)) await classes.append(sessionId("2"), [event]);
      expect(await classes.unfinished()).toEqual(isUnfinished ? [one, sessionId("2")] : []);
    });

    it("LG7 knows the greatest time ever written, in both tables", async () => {
      const { classes } = store();
      expect(await classes.lastAt()).toBe(0);
      await classes.append(one, sequenced([opened], 1, 5_000));
      await classes.append(sessionId("2"), sequenced([opened], 1, 4_000));
      expect(await classes.lastAt()).toBe(5_000);
      await classes.append(one, sequenced([said("halo")], 2, 6_000));
      expect(await classes.lastAt()).toBe(6_000);
      await classes.appendEvidence(sessionId("2"), [{ type: "presence.mark", at: 7_000 }]);
      expect(await classes.lastAt()).toBe(7_000);
    });
  });
}

function homesContract(store: () => Store): void {
  describe("homes", () => {
    it("CN1 what a node writes into a class that another has taken since is refused, and nothing of it is there", async () => {
      const { classes, sheets } = store();
      const first = await classes.takeHome(one, "node-a");
      await classes.append(one, sequenced([opened]), first);
      const second = await classes.takeHome(one, "node-b");
      expect(second).toBe(first + 1);
      const outcomes = await Promise.allSettled([
        classes.append(one, sequenced([joined("1")], 2, 2_000), first),
        classes.appendEvidence(one, [{ type: "presence.mark", at: 2_000 }], first),
        classes.append(one, sequenced([joined("2")], 2, 2_000), second),
        // The office writes beside the class, from any node.
        classes.appendEvidence(one, [{ type: "presence.mark", at: 3_000 }]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        "rejected",
        "rejected",
        "fulfilled",
        "fulfilled",
      ]);
      expect(outcomes[0]).toMatchObject({ reason: { name: "FencedError" } });
      expect((await classes.evidence(one)).map(({ type, at }) => [type, at])).toEqual([
        ["class.opened", 1_000],
        ["presence.joined", 2_000],
        ["presence.mark", 3_000],
      ]);

      const roomId = breakoutRoomIdSchema.parse("rom_1");
      const write = { sessionId: one, roomId, update: new Uint8Array([0, 0]), authors: [], at: 1 };
      await expect(sheets.append({ ...write, epoch: first })).rejects.toThrow();
      await expect(sheets.compact(write, write.update, 1, first)).rejects.toThrow();
      expect((await sheets.content(write)).updates).toEqual([]);
    });

    it("CN1 knows who has a class until it is given back, and tells what came after an event", async () => {
      const { classes } = store();
      expect(await classes.homeNode(one)).toBeNull();
      const first = await classes.takeHome(one, "node-a");
      expect(await classes.homeNode(one)).toBe("node-a");
      const second = await classes.takeHome(one, "node-b");
      await classes.leaveHome(one, first);
      expect(await classes.homeNode(one)).toBe("node-b");
      await classes.leaveHome(one, second);
      expect(await classes.homeNode(one)).toBeNull();
      const events = sequenced([opened, said("halo"), joined("1")]);
      await classes.append(one, events);
      expect(await classes.replay(one, 1)).toEqual(events.slice(1));
      expect(await classes.unfinished()).toEqual([one]);
    });
  });
}
