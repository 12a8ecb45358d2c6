import { setImmediate as nextTurn } from "node:timers/promises";
import { nipWarningOf } from "../domain/nip-warning.ts";
import type { Clock, EnrolmentFields, NewId, Store } from "../ports.ts";
import { type EnrolmentRow, enrolmentBodySchema } from "../protocol/api-records.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { ProgrammeId } from "../protocol/ids.ts";
import { csvRowsFrom } from "./enrolment-csv.ts";
import { fieldErrorsFrom } from "./field-refusal.ts";

/** Rows checked before other requests get their turn: a class may be running in this process. */
const ROWS_PER_TURN = 250;

type RowMessage = NonNullable<EnrolmentRow["errors"]>[number];
type CheckedRow =
  | { readonly fields: EnrolmentFields; readonly warnings: readonly RowMessage[] }
  | { readonly externalId: string | null; readonly errors: RowMessage[] };

/**
 * Enrols people from JSON rows or a CSV file: every good row counts, every bad one says why. The second
 * row with one externalId is refused, for it is more often another person than a correction.
 */
export async function importEnrolments(
  { store, clock, newId }: { readonly store: Store; readonly clock: Clock; readonly newId: NewId },
  programmeId: ProgrammeId,
  body: readonly unknown[] | string,
): Promise<Result<readonly EnrolmentRow[]>> {
  const rows = typeof body === "string" ? csvRowsFrom(body) : accept(body.map((row) => ({ cells: row })));
  if (!rows.ok) return rows;
  const checked: CheckedRow[] = [];
  const rowOfExternalId = new Map<string, number>();
  for (const [index, row] of rows.data.entries()) {
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
    checked.push(
      "fault" in row
        ? { externalId: null, errors: [{ field: "", message: row.fault }] }
        : checkRow(row.cells, index + 1, rowOfExternalId),
    );
  }
  const good = checked.flatMap((row) => ("fields" in row ? [{ ...row.fields, newId: newId("enr") }] : []));
  const put = good.length > 0 ? await store.enrolments.put(programmeId, good, clock.now()) : [];
  const outcomes = put.values();
  return accept(
    checked.map((row, index): EnrolmentRow => {
      if (!("fields" in row)) return { row: index + 1, ...row, outcome: "refused" };
      const outcome = outcomes.next().value;
      if (!outcome) throw new Error("the store answered for fewer rows than it was given");
      const { warnings } = row;
      const told = { row: index + 1, externalId: row.fields.externalId, ...outcome };
      return warnings.length > 0 ? { ...told, warnings: [...warnings] } : told;
    }),
  );
}

function checkRow(cells: unknown, row: number, rowOfExternalId: Map<string, number>): CheckedRow {
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
  const warning = nipWarningOf(fields.externalId, fields.birthDate);
  return { fields, warnings: warning ? [{ field: "externalId", message: warning }] : [] };
}

/** What a refused row calls itself, as far as that can be shown. */
function externalIdIn(cells: unknown): string | null {
  if (typeof cells !== "object" || cells === null || !("externalId" in cells)) return null;
  return typeof cells.externalId === "string" ? cells.externalId.slice(0, 64) : null;
}
