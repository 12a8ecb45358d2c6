import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createSqliteStore } from "../../server/store/store.ts";
import { quietLog } from "./records.ts";
import { storeContract } from "./store-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "balai-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
storeContract("SQLite in memory", () => createSqliteStore({ file: ":memory:", log: quietLog }));
storeContract("SQLite in a file", () => {
  files += 1;
  return createSqliteStore({ file: join(folder, `${files}`, "balai.db"), log: quietLog });
});
