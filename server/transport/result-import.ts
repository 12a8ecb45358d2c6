import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock, NewId, Programme, ResultFields, Store } from "../ports.ts";
import { type ResultRow, resultBodySchema } from "../protocol/completion.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { EnrolmentId } from "../protocol/ids.ts";
import { fieldErrorsFrom } from "./field-refusal.ts";
import { resultRowsFrom } from "./result-csv.ts";

/** Rows checked before other requests get their turn: a class may be running in this process. */
const ROWS_PER_TURN = 250;

type Refused = { readonly externalId: string | null; readonly errors: ResultRow["errors"] };
type Checked =
  | { readonly externalId: string; readonly fields: ResultFields }
  /** The same result a second time in one request. */
  | { readonly externalId: string; readonly again: true }
  | Refused;

interface Known {
  readonly units: ReadonlySet<string>;
  readonly enrolmentOf: ReadonlyMap<string, EnrolmentId>;
  /** The rows so far by what makes a result one: their number, and what they say. */
  readonly seen: Map<string, { readonly row: number; readonly says: string }>;
}

/**
 * Records results from JSON rows or a CSV file: every good row counts, every bad one says why. The same
 * result again changes nothing.
 */
export async function importResults(
  { store, clock, newId }: { readonly store: Store; readonly clock: Clock; readonly newId: NewId },
  programme: Programme,
  body: readonly unknown[] | string,
): Promise<Result<readonly ResultRow[]>> {
  const rows = typeof body === "string" ? resultRowsFrom(body) : accept(body.map((row) => ({ cells: row })));
  if (!rows.ok) return rows;
  const known = await knownIn(store, programme);
  const checked: Checked[] = [];
  for (const [index, row] of rows.data.entries()) {
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
    checked.push("fault" in row ? refused(null, "", row.fault) : checkRow(row.cells, index + 1, known));
  }
  const good = checked.flatMap((row) => ("fields" in row ? [{ ...row.fields, newId: newId("res") }] : []));
  const put = good.length > 0 ? await store.results.put(programme.id, good, clock.now()) : [];
  const outcomes = put.values();
  return accept(
    checked.map((row, index): ResultRow => {
      const { externalId } = row;
      if ("errors" in row) return { row: index + 1, externalId, outcome: "refused", errors: row.errors };
      if ("again" in row) return { row: index + 1, externalId, outcome: "unchanged" };
      const outcome = outcomes.next().value;
      if (!outcome) throw new Error("the store answered for fewer rows than it was given");
      return { row: index + 1, externalId, outcome };
    }),
  );
}

async function knownIn(store: Store, programme: Programme): Promise<Known> {
  const roster = await store.enrolments.roster(programme.id, null);
  return {
    units: new Set(programme.units.map(({ code }) => code)),
    enrolmentOf: new Map(roster.map(({ externalId, id }) => [externalId, id])),
    seen: new Map(),
  };
}

function checkRow(cells: unknown, row: number, known: Known): Checked {
  const parsed = resultBodySchema.safeParse(cells);
  if (!parsed.success) {
    const errors = fieldErrorsFrom(parsed.error.issues).map(({ path, message }) => ({
      field: path,
      message,
    }));
    return { externalId: externalIdIn(cells), errors };
  }
  const { externalId, ...result } = parsed.data;
  const enrolmentId = known.enrolmentOf.get(externalId);
  if (!enrolmentId) return refused(externalId, "externalId", "is nobody of this programme");
  const unit = /^self-study:(.*)$/.exec(result.requirement)?.[1];
  if (unit !== undefined && !known.units.has(unit)) {
    return refused(externalId, "requirement", `the programme has no unit ${unit}`);
  }
  const key = JSON.stringify([enrolmentId, result.requirement, result.takenAt, result.source]);
  const says = JSON.stringify([result.score, result.status]);
  const earlier = known.seen.get(key);
  if (earlier?.says === says) return { externalId, again: true };
  if (earlier) return refused(externalId, "", `row ${earlier.row} says something else about the same result`);
  known.seen.set(key, { row, says });
  return { externalId, fields: { enrolmentId, ...result } };
}

function refused(externalId: string | null, field: string, message: string): Refused {
  return { externalId, errors: [{ field, message }] };
}

/** What a refused row calls itself, as far as that can be shown. */
function externalIdIn(cells: unknown): string | null {
  if (typeof cells !== "object" || cells === null || !("externalId" in cells)) return null;
  return typeof cells.externalId === "string" ? cells.externalId.slice(0, 64) : null;
}
