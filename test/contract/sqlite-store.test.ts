import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Store } from "../../server/ports.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { quietLog } from "./records.ts";
import { storeContract } from "./store-contract.ts";
import { twoDecidersContract } from "./two-deciders-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "balai-store-"));
const opened: Store[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true });
});

let files = 0;
storeContract("SQLite in memory", () => createSqliteStore({ file: ":memory:", log: quietLog }));
storeContract("SQLite in a file", () => {
  files += 1;
  return createSqliteStore({ file: join(folder, `${files}`, "balai.db"), log: quietLog });
});
twoDecidersContract("SQLite", async () => {
  // One process has an SQLite file: its two offices share the store.
  const store = await createSqliteStore({ file: ":memory:", log: quietLog });
  opened.push(store);
  return [store, store];
});
