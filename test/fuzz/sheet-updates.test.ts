import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { ERRORS } from "../../server/protocol/errors.ts";
import { createSheetDoc } from "../../server/sheets/sheet-doc.ts";
import { idOf } from "../support/class-story.ts";
import { sampleCase } from "../support/sample-case.ts";
import { sheetWriter } from "../support/sheet-people.ts";

const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
const ani = idOf("ani");

/** A sheet with a history, and a real update that it does not have yet. */
function sheetAndUpdate() {
  const sheet = createSheetDoc(sampleCase, { updates: [], authors: [] });
  const [one, two] = [sheetWriter(1), sheetWriter(2)];
  one.type("qst_risk", 0, "Data warga bocor");
  one.choose("qst_go", "no");
  const first = one.sent();
  two.learn(first);
  two.erase("qst_risk", 5, 6);
  sheet.take(ani, first);
  sheet.take(idOf("budi"), two.sent());
  one.type("qst_risk", 4, " pribadi");
  one.choose("qst_go", "yes");
  one.erase("qst_risk", 0, 2);
  return { sheet, update: one.sent() };
}

const { update: REAL } = sheetAndUpdate();
const damaged = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.nat(REAL.length).map((length) => REAL.slice(0, length)),
  fc.array(fc.tuple(fc.nat(REAL.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }).map((changes) => {
    const bytes = REAL.slice();
    for (const [index, value] of changes) bytes[index] = value;
    return bytes;
  }),
  fc.tuple(fc.nat(REAL.length), fc.uint8Array({ maxLength: 8 })).map(([index, inserted]) => {
    return Uint8Array.from([...REAL.slice(0, index), ...inserted, ...REAL.slice(index)]);
  }),
);

describe("damaged updates", () => {
  it("SH18 the rest of a known item goes on where that item is (once seed 2067054035)", () => {
    const { sheet } = sheetAndUpdate();
    const [honest, liar] = [sheetWriter(7), sheetWriter(7)];
    honest.choose("qst_go", "later");
    expect(sheet.take(ani, honest.sent())).toMatchObject({ ok: true });
    // The same number and clock say a text of two letters; the first is known as the choice.
    liar.type("qst_motto", 0, "xi");
    const before = sheet.since(undefined);
    expect(sheet.take(ani, liar.sent())).toMatchObject({ ok: false, code: "sheet-malformed" });
    expect(sheet.since(undefined)).toEqual(before);
  });

  it(`SH18 never throw, and change a sheet only into a valid one (FUZZ_SEED=${SEED})`, () => {
    let taken = 0;
    const { sheet: shared } = sheetAndUpdate();
    fc.assert(
      fc.property(damaged, (update) => {
        const before = shared.since(undefined);
        const result = shared.take(ani, update);
        const after = shared.since(undefined);
        if (!after.ok) throw new Error(after.code);
        if (result.ok && result.data) {
          taken += 1;
          const copy = new Y.Doc();
          Y.applyUpdate(copy, after.data);
          // Nothing waits for what is missing, and only the sheet's own roots hold anything.
          expect(copy.store.pendingStructs).toBeNull();
          expect(copy.store.pendingDs).toBeNull();
          const roots = [...copy.share.keys()];
          expect(roots.every((root) => ["q:qst_risk", "q:qst_motto", "choices"].includes(root))).toBe(true);
          expect(["yes", "later", "no", undefined]).toContain(copy.getMap("choices").get("qst_go"));
          expect(
            copy
              .getText("q:qst_risk")
              .toDelta()
              .every(({ attributes }: { attributes?: object }) => !attributes),
          ).toBe(true);
        } else {
          if (!result.ok) expect(ERRORS).toHaveProperty(result.code);
          expect(after).toEqual(before);
        }
      }),
      { seed: SEED, numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(0);
  });

  it(`SH18 state vectors that are none are refused (FUZZ_SEED=${SEED})`, () => {
    const { sheet } = sheetAndUpdate();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (vector) => {
        const result = sheet.since(vector);
        if (!result.ok) expect(result.code).toBe("sheet-malformed");
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });
});
