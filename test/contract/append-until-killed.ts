import { databaseAddressFrom } from "../../server/store/database-address.ts";
import { createPostgresStore } from "../../server/store/postgres-store.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { joined, opened, sequenced } from "./class-events.ts";
import { quietLog, sessionId } from "./records.ts";

/**
 * Run as a process of its own: appends to three classes at once and prints each class and the place of its
 * last acknowledged event, until it is killed. The store is a file of SQLite, or PostgreSQL by its URL.
 */
const place = process.argv[2];
if (place === undefined) throw new Error("Which file, or which URL?");
const address = databaseAddressFrom(place);
const store = address
  ? await createPostgresStore({ address, log: quietLog })
  : await createSqliteStore({ file: place, log: quietLog });

async function appendForEver(name: string): Promise<void> {
  for (let seq = 1; ; seq += 3) {
    const first = seq === 1 ? opened : joined(`${seq}`);
    const events = sequenced([first, joined(`${seq + 1}`), joined(`${seq + 2}`)], seq, 1_000 + seq);
    await store.classes.append(sessionId(name), events);
    process.stdout.write(`${name} ${seq + 2}\n`);
  }
}
await Promise.all(["a", "b", "c"].map(appendForEver));
