import { setImmediate as nextTurn } from "node:timers/promises";
import { entryProblemsFrom } from "../domain/entry-problems.ts";
import { nipWarningOf } from "../domain/nip-warning.ts";
import type { Clock, EnrolmentFields, NewId, Store } from "../ports.ts";
import { type EnrolmentRow, enrolmentBodySchema } from "../protocol/api-records.ts";
import type { EntryCondition } from "../protocol/entry.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { ProgrammeId } from "../protocol/ids.ts";
import { csvRowsFrom } from "./enrolment-csv.ts";
import { rosterRowsFrom } from "./enrolment-table.ts";
import { startDateOf } from "./entry-start.ts";
import { fieldErrorsFrom } from "./field-refusal.ts";
import type { SheetReader } from "./sheets/create-sheet-reader.ts";

/** Rows checked before other requests get their turn: a class may be running in this process. */
const ROWS_PER_TURN = 250;

interface ImportParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sheets: SheetReader;
}

/** Rows as JSON, a CSV file's text, or a workbook's bytes. */
export type EnrolmentsBody = readonly unknown[] | string | Uint8Array;

type RowMessage = NonNullable<EnrolmentRow["errors"]>[number];
type CheckedRow =
  | { readonly fields: EnrolmentFields; readonly warnings: readonly RowMessage[] }
  | { readonly externalId: string | null; readonly errors: readonly RowMessage[] };

/** What a row is checked against. */
interface Rules {
  readonly conditions: readonly EntryCondition[];
  readonly startDate: string;
}

type Outcome = Pick<EnrolmentRow, "id" | "outcome">;

/**
 * Enrols people from JSON rows, a CSV file or a workbook: every good row counts, every bad one says why. The
 * second row with one externalId is refused, for it is more often another person than a correction.
 */
export async function importEnrolments(
  parts: ImportParts,
  programmeId: ProgrammeId,
  body: EnrolmentsBody,
): Promise<Result<readonly EnrolmentRow[]>> {
  const { store, clock, newId } = parts;
  const checked = await checkedRowsOf(parts, programmeId, body);
  if (!checked.ok) return checked;
  const good = checked.data.flatMap((row) =>
    "fields" in row ? [{ ...row.fields, newId: newId("enr") }] : [],
  );
  const put = good.length > 0 ? await store.enrolments.put(programmeId, good, clock.now()) : [];
  return accept(toldRowsFrom(checked.data, put));
}

/** What an import of the same body would answer now; writes nothing. */
export async function previewEnrolments(
  parts: ImportParts,
  programmeId: ProgrammeId,
  body: EnrolmentsBody,
): Promise<Result<readonly EnrolmentRow[]>> {
  const checked = await checkedRowsOf(parts, programmeId, body);
  if (!checked.ok) return checked;
  const roster = await parts.store.enrolments.roster(programmeId, null);
  const known = new Set(roster.map(({ externalId }) => externalId));
  const outcomes = checked.data.flatMap((row): readonly Outcome[] =>
    "fields" in row ? [{ outcome: known.has(row.fields.externalId) ? "updated" : "created" }] : [],
  );
  return accept(toldRowsFrom(checked.data, outcomes));
}

/** Each row with its outcome; `outcomes` has one for each good row, in order. */
function toldRowsFrom(checked: readonly CheckedRow[], outcomes: readonly Outcome[]): readonly EnrolmentRow[] {
  const remaining = outcomes.values();
  return checked.map((row, index): EnrolmentRow => {
    if (!("fields" in row)) {
      return { row: index + 1, externalId: row.externalId, outcome: "refused", errors: [...row.errors] };
    }
    const outcome = remaining.next().value;
    if (!outcome) throw new Error("the store answered for fewer rows than it was given");
    const { warnings } = row;
    const told = { row: index + 1, externalId: row.fields.externalId, ...outcome };
    return warnings.length > 0 ? { ...told, warnings: [...warnings] } : told;
  });
}

async function checkedRowsOf(
  { store, clock, sheets }: ImportParts,
  programmeId: ProgrammeId,
  body: EnrolmentsBody,
): Promise<Result<readonly CheckedRow[]>> {
  const rows = await rowsOf(sheets, body);
  if (!rows.ok) return rows;
  const { conditions } = await store.entry.find(programmeId);
  const roster = await store.enrolments.roster(programmeId, null);
  const known = new Map(roster.map((enrolment) => [enrolment.externalId, enrolment]));
  const startDate = await startDateOf(store, programmeId, clock.now());
  const checked: CheckedRow[] = [];
  const rowOfExternalId = new Map<string, number>();
  for (const [index, row] of rows.data.entries()) {
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
    checked.push(
      "fault" in row
        ? { externalId: null, errors: [{ field: "", message: row.fault }] }
        : checkRow(withKnownFields(row.cells, known), index + 1, rowOfExternalId, { conditions, startDate }),
    );
  }
  return accept(checked);
}

async function rowsOf(
  sheets: SheetReader,
  body: EnrolmentsBody,
): Promise<Result<readonly ({ readonly cells: unknown } | { readonly fault: string })[]>> {
  if (typeof body === "string") return csvRowsFrom(body);
  if (!(body instanceof Uint8Array)) return accept(body.map((row) => ({ cells: row })));
  const table = await sheets.read(body);
  return table.ok ? rosterRowsFrom(table.data) : table;
}

/** A field or column that is not given stays as it was; an empty one is cleared. */
function withKnownFields(cells: unknown, known: ReadonlyMap<string, EnrolmentFields>): unknown {
  if (typeof cells !== "object" || cells === null || !("externalId" in cells)) return cells;
  const before = typeof cells.externalId === "string" ? known.get(cells.externalId.trim()) : undefined;
  if (!before) return cells;
  const { email, institution, group, birthDate, education, assignmentLetter } = before;
  return { email, institution, group, birthDate, education, assignmentLetter, ...cells };
}

function checkRow(
  cells: unknown,
  row: number,
  rowOfExternalId: Map<string, number>,
  { conditions, startDate }: Rules,
): CheckedRow {
  const parsed = enrolmentBodySchema.safeParse(cells);
  if (!parsed.success) {
    const errors = fieldErrorsFrom(parsed.error.issues).map(({ path, message }) => ({
      field: path,
      message,
    }));
    return { externalId: externalIdIn(cells), errors };
  }
  const fields = parsed.data;
  const earlier = rowOfExternalId.get(fields.externalId);
  if (earlier !== undefined) {
    const message = `row ${earlier} has it too`;
    return { externalId: fields.externalId, errors: [{ field: "externalId", message }] };
  }
  rowOfExternalId.set(fields.externalId, row);
  const errors = entryProblemsFrom(fields, conditions, startDate).map(({ field, message }) => ({
    field,
    message,
  }));
  if (errors.length > 0) return { externalId: fields.externalId, errors };
  const warning = nipWarningOf(fields.externalId, fields.birthDate);
  return { fields, warnings: warning ? [{ field: "externalId", message: warning }] : [] };
}

/** What a refused row calls itself, as far as that can be shown. */
function externalIdIn(cells: unknown): string | null {
  if (typeof cells !== "object" || cells === null || !("externalId" in cells)) return null;
  return typeof cells.externalId === "string" ? cells.externalId.slice(0, 64) : null;
}
