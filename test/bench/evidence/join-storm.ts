import { join } from "node:path";
import { newId } from "../../../server/new-id.ts";
import type { Store } from "../../../server/ports.ts";
import type { SequencedEvent } from "../../../server/protocol/events.ts";
import { createSqliteStore } from "../../../server/store/store.ts";
import { createQuietLog } from "../../support/quiet-log.ts";
import { quantile } from "./measured.ts";

const GROUPS = 100;
const WARM_UP = 5;

/** How long (ms, p99 of a hundred) until everybody of a group who joined in one turn is durably in. */
export async function joinStorm(folder: string, people: number): Promise<number> {
  const store = await createSqliteStore({ file: join(folder, "joins.db"), log: createQuietLog().log });
  const times: number[] = [];
  for (let group = 0; group < GROUPS + WARM_UP; group++) {
    const ms = await stormOf(store, people);
    if (group >= WARM_UP) times.push(ms);
  }
  await store.close();
  return quantile(times, 0.99);
}

async function stormOf(store: Store, people: number): Promise<number> {
  const sessionId = newId("ses");
  const joins = Array.from({ length: people }, (_, index) => joinOf(index, Date.now()));
  const startedAt = performance.now();
  await Promise.all(joins.map((events) => store.classes.append(sessionId, events)));
  return performance.now() - startedAt;
}

/** What a person's join writes: who was admitted, and the connection. */
function joinOf(index: number, at: number): SequencedEvent[] {
  const personId = newId("enr");
  const person = { personId, name: `Peserta ${index}`, institution: "Dinas", role: "participant" as const };
  const connectionId = newId("con");
  return [
    { seq: 2 * index + 1, at, type: "person.admitted", person },
    {
      seq: 2 * index + 2,
      at,
      type: "presence.joined",
      connectionId,
      enrolmentId: personId,
      device: "device-of-a-browser-tab",
      room: "main",
    },
  ];
}
