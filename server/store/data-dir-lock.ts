import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes a folder for this process alone, or with other nodes of its cluster, by a lock that the operating system gives back when the process
 * ends, however it ends.
 * @throws when another process has it
 */
export function lockDataDir(dataDir: string, sharing: "alone" | "nodes" = "alone"): { close(): void } {
  const file = new DatabaseSync(join(dataDir, "server.lock"));
  try {
    file.exec("PRAGMA busy_timeout = 0");
    file.exec(sharing === "alone" ? "BEGIN EXCLUSIVE" : "BEGIN; SELECT count(*) FROM sqlite_schema");
  } catch (cause) {
    file.close();
    throw new Error(`another Balai server is using the folder ${dataDir}`, { cause });
  }
  let isOpen = true;
  return {
    close() {
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}
