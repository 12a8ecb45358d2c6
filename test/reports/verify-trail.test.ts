import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { programmeIdSchema } from "../../server/protocol/ids.ts";
import type { TrailEntry, TrailRow } from "../../server/protocol/trail.ts";
import { chainFirst, chainRow } from "../../server/reports/chain.ts";
import { verifyTrail } from "../../server/reports/verify-trail.ts";

const entries = fc.array(
  fc.record<Omit<TrailEntry, "at">>({
    actor: fc.record({
      kind: fc.constantFrom("account", "key", "anonymous"),
      id: fc.option(fc.string({ unit: "grapheme", maxLength: 64 })),
    }),
    action: fc.constantFrom("roster.read", "link.created", "of-later.versions"),
    subject: fc.record({ kind: fc.constant("programme"), id: fc.option(fc.string({ unit: "grapheme" })) }),
    people: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }),
    programmeId: fc.option(fc.constant(programmeIdSchema.parse("prg_a"))),
    sessionId: fc.constant(null),
    detail: fc.dictionary(fc.constantFrom("created", "format", "fields"), fc.nat()),
  }),
  { minLength: 1, maxLength: 20 },
);

function chained(list: readonly Omit<TrailEntry, "at">[]): TrailRow[] {
  let prev = chainFirst("trail");
  return list.map((entry, index) => {
    const row = chainRow(prev, { ...entry, seq: index + 1, at: index * 10 });
    prev = row.hash;
    return row;
  });
}

const readerOf = (rows: readonly TrailRow[]) => async (seq: number, limit: number) =>
  rows.filter((row) => row.seq > seq).slice(0, limit);
const headOf = (rows: readonly TrailRow[]) => rows.at(-1) ?? null;

describe("verifying the trail", () => {
  it("TR7 accepts any chain, and names the row where anything of it was changed", async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.nat(), async (list, which) => {
        const rows = chained(list);
        expect(await verifyTrail(readerOf(rows), headOf(rows), null)).toEqual({
          ok: true,
          rows: rows.length,
        });
        const index = which % rows.length;
        const changed = rows.map((row, at) => (at === index ? { ...row, action: "roster.imported" } : row));
        const check = await verifyTrail(readerOf(changed), headOf(rows), null);
        expect(check).toMatchObject({ ok: false, seq: index + 1 });
      }),
      { numRuns: 100 },
    );
  });

  const rows = chained(
    Array.from({ length: 5 }, (_, index) => ({
      actor: { kind: "account" as const, id: `adm_${index}` },
      action: "roster.read",
      subject: { kind: "programme", id: "prg_a" },
      people: [],
      programmeId: null,
      sessionId: null,
      detail: {},
    })),
  );

  it.each([
    ["a row is missing", rows.filter(({ seq }) => seq !== 3), 4],
    ["the first is missing", rows.slice(1), 2],
    ["two rows changed places", [rows[0], rows[2], rows[1], rows[3], rows[4]], 3],
    ["the end is cut off", rows.slice(0, 3), 3],
    ["all is gone", [], 0],
  ] as const)("TR7 finds that %s", async (_name, bad, seq) => {
    const given = bad.flatMap((row) => row ?? []);
    const reader = async (after: number, limit: number) => {
      const from = given.findIndex((row) => row.seq === after) + 1;
      return given.slice(after === 0 ? 0 : from, (after === 0 ? 0 : from) + limit);
    };
    expect(await verifyTrail(reader, headOf(rows), null)).toMatchObject({ ok: false, seq });
  });

  it("TR7 names a malformed row, and a trail that was written anew since an export", async () => {
    const broken = async (seq: number, limit: number) => {
      const more = rows.filter((row) => row.seq > seq).slice(0, limit);
      if (more.some((row) => row.seq === 4)) throw new Error("malformed");
      return more;
    };
    expect(await verifyTrail(broken, headOf(rows), null)).toMatchObject({ ok: false, seq: 4 });
    const anew = chained(
      rows.slice(0, 4).map(({ seq, at, prev, hash, ...row }) => ({ ...row, people: ["x"] })),
    );
    expect(await verifyTrail(readerOf(anew), headOf(anew), null)).toMatchObject({ ok: true });
    expect(await verifyTrail(readerOf(anew), headOf(anew), rows[1] ?? null)).toMatchObject({
      ok: false,
      seq: 2,
    });
    expect(await verifyTrail(readerOf(anew), headOf(anew), rows[4] ?? null)).toMatchObject({ ok: false });
  });
});
