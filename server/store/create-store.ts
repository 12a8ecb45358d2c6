import { type Kysely, sql } from "kysely";
import type { Log, Store } from "../ports.ts";
import { accountsIn } from "./accounts.ts";
import { apiKeysIn } from "./api-keys.ts";
import { createAppendQueue } from "./append-queue.ts";
import { type AppendWriter, appendWriterOver } from "./append-writer.ts";
import { captionsIn } from "./captions.ts";
import { casesIn, groupPlansIn, scoresIn } from "./cases.ts";
import { certificatesIn } from "./certificates.ts";
import { classStoreIn } from "./class-store.ts";
import { consentsIn } from "./consents.ts";
import { decksIn } from "./decks.ts";
import type { DialectSteps } from "./dialect.ts";
import { disputesIn } from "./disputes.ts";
import { enrolmentsIn } from "./enrolments.ts";
import { entryIn } from "./entry.ts";
import { erasureIn } from "./erasure.ts";
import { exportsIn } from "./exports.ts";
import { idempotencyIn } from "./idempotency.ts";
import { issuerIn } from "./issuer.ts";
import { linksIn } from "./links.ts";
import { programmesIn } from "./programmes.ts";
import { recordingLinksIn } from "./recording-links.ts";
import { recordingRemovalsIn } from "./recording-removals.ts";
import { recordingSettingsIn } from "./recording-settings.ts";
import { recordingsIn } from "./recordings.ts";
import { resultsIn } from "./results.ts";
import type { Database } from "./schema.ts";
import { secondFactorsIn } from "./second-factors.ts";
import { sessionsIn } from "./sessions.ts";
import { settingsIn } from "./settings.ts";
import { sheetsIn } from "./sheets.ts";
import { signInsIn } from "./sign-ins.ts";
import { staffIn } from "./staff.ts";
import { surveysIn } from "./surveys.ts";
import { trailIn } from "./trail.ts";

/** The store over a database that has this version's tables. Owns `db`; `write` may be faster for one kind of it. */
export function createStore({
  db,
  steps,
  log,
  write = appendWriterOver(db),
  clocksApartMs = 0,
}: {
  readonly db: Kysely<Database>;
  readonly steps: DialectSteps;
  readonly log: Log;
  readonly write?: AppendWriter;
  /** How far the clocks of those who write may be apart. */
  readonly clocksApartMs?: number;
}): Store {
  const queue = createAppendQueue(write, log, clocksApartMs);
  const sheets = sheetsIn(db, log);
  let closing: Promise<void> | null = null;
  return {
    programmes: programmesIn(db),
    entry: entryIn(db),
    enrolments: enrolmentsIn(db),
    staff: staffIn(db),
    sessions: sessionsIn(db),
    links: linksIn(db),
    results: resultsIn(db),
    certificates: certificatesIn(db),
    accounts: accountsIn(db),
    signIns: signInsIn(db),
    secondFactors: secondFactorsIn(db),
    issuer: issuerIn(db),
    disputes: disputesIn(db),
    surveys: surveysIn(db),
    apiKeys: apiKeysIn(db),
    decks: decksIn(db),
    cases: casesIn(db),
    groupPlans: groupPlansIn(db),
    scores: scoresIn(db),
    recordings: recordingsIn(db),
    consents: consentsIn(db),
    captions: captionsIn(db),
    exports: exportsIn(db),
    recordingLinks: recordingLinksIn(db),
    recordingRemovals: recordingRemovalsIn(db),
    recordingSettings: recordingSettingsIn(db),
    idempotency: idempotencyIn(db),
    sheets,
    settings: settingsIn(db),
    classes: classStoreIn(db, queue),
    trail: trailIn(db),
    erasure: erasureIn(db, steps),
    async ping() {
      try {
        await sql`select 1`.execute(db);
      } catch (cause) {
        throw new Error("The database does not answer", { cause });
      }
    },
    close() {
      closing ??= Promise.all([queue.close(), sheets.close()]).then(() => db.destroy());
      return closing;
    },
  };
}
