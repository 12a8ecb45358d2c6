import { statfs } from "node:fs/promises";

/** Less than this, and the records of classes could be the next that finds no room. */
export const FLOOR_BYTES = 512 * 1024 * 1024;

/** What the disk of a folder has free. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
