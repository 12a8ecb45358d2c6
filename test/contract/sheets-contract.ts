import { beforeEach, describe, expect, it } from "vitest";
import type { Sheet, Store } from "../../server/ports.ts";
import type { BreakoutRoomId } from "../../server/protocol/ids.ts";
import type { SheetAuthors } from "../../server/protocol/sheets.ts";
import { sampleCase } from "../support/sample-case.ts";
import { enrolmentId, programme, session, sessionId } from "./records.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

export function sheetsContract(store: () => Store): void {
  describe("answer sheets", () => {
    const one = programme("A1");
    const sheet = (room: string, change: Partial<Sheet> = {}): Sheet => ({
      sessionId: sessionId("1"),
      roomId: room as BreakoutRoomId,
      case: sampleCase,
      createdAt: 1_000,
      ...change,
    });
    const authors: SheetAuthors = [[7, enrolmentId("a")]];
    const write = (room: string, update: Uint8Array, by: SheetAuthors = []) =>
      store().sheets.append({ ...sheet(room), update, authors: by, at: 2_000 });
    const contentOf = async (room: string) => {
      const { updates, authors: by } = await store().sheets.content(sheet(room));
      return { updates: updates.map((update) => [...update]), by };
    };

    beforeEach(async () => {
      await store().programmes.create(one);
      await store().sessions.create(session(one, "1"));
      await store().sessions.create(session(one, "2"));
      await store().sheets.create([sheet("rom_1"), sheet("rom_2")]);
    });

    it("SH6 keeps a room's sheet with the case as it was first", async () => {
      await store().sheets.create([
        sheet("rom_1", { case: { ...sampleCase, title: "Lain" } }),
        sheet("rom_3"),
      ]);
      await store().sheets.create([]);
      expect(await store().sheets.find(sheet("rom_1"))).toEqual(sheet("rom_1"));
      expect(await store().sheets.find(sheet("rom_4"))).toBeNull();
      expect(await store().sheets.find(sheet("rom_1", { sessionId: sessionId("2") }))).toBeNull();
      const listed = await store().sheets.list(sessionId("1"));
      expect(listed.map(({ roomId }) => roomId)).toEqual(["rom_1", "rom_2", "rom_3"]);
      expect(await store().sheets.list(sessionId("2"))).toEqual([]);
    });

    it("SH6 keeps the updates of each sheet in their order, and whose they are", async () => {
      await Promise.all([
        write("rom_1", bytes(1, 2), authors),
        write("rom_2", bytes(9)),
        write("rom_1", bytes(0, 255)),
      ]);
      await write("rom_1", bytes(3), [[4_294_967_295, enrolmentId("b")]]);
      expect(await contentOf("rom_1")).toEqual({
        updates: [[1, 2], [0, 255], [3]],
        by: [
          [7, "enr_a"],
          [4_294_967_295, "enr_b"],
        ],
      });
      expect(await contentOf("rom_2")).toEqual({ updates: [[9]], by: [] });
    });

    it("SH7 puts one update for all of a sheet, and goes on after it", async () => {
      await write("rom_1", bytes(1), authors);
      await write("rom_1", bytes(2));
      await write("rom_2", bytes(9));
      await store().sheets.compact(sheet("rom_1"), bytes(1, 2), 3_000);
      await write("rom_1", bytes(3));
      expect(await contentOf("rom_1")).toEqual({ updates: [[1, 2], [3]], by: [[7, "enr_a"]] });
      expect((await contentOf("rom_2")).updates).toEqual([[9]]);
    });

    it("SH7 writes nothing of a group in which one fails", async () => {
      const outcomes = await Promise.allSettled([write("rom_1", bytes(1)), write("rom_unknown", bytes(2))]);
      expect(outcomes).toMatchObject([
        { status: "rejected", reason: { cause: expect.any(Error) } },
        { status: "rejected" },
      ]);
      await write("rom_1", bytes(3));
      expect((await contentOf("rom_1")).updates).toEqual([[3]]);
    });
  });
}
