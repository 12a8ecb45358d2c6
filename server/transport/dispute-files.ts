import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type DisputeId, disputeIdSchema } from "../protocol/ids.ts";

/** Where the files of disputes lie: each under its dispute's id, whole or not there, for the server's user alone. */
export interface DisputeFiles {
  /** Durable once it resolves. */
  write(id: DisputeId, bytes: Uint8Array): Promise<void>;
  remove(id: DisputeId): Promise<void>;
  path(id: DisputeId): string;
}

export function createDisputeFiles(dataDir: string): DisputeFiles {
  const folder = join(resolve(dataDir), "disputes");
  // Parsed once more beside the type: it becomes a path.
  const path = (id: DisputeId) => join(folder, disputeIdSchema.parse(id));
  return {
    async write(id, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const target = path(id);
      await writeFile(`${target}.making`, bytes, { flag: "wx", mode: 0o600, flush: true });
      await rename(`${target}.making`, target);
    },
    async remove(id) {
      await rm(path(id), { force: true });
      await rm(`${path(id)}.making`, { force: true });
    },
    path,
  };
}
