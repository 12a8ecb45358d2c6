import { workerData } from "node:worker_threads";
import { z } from "zod";

/**
 * The entry of a thread of the rasteriser that kills its own process: over its memory, over its time, or when
 * the server that started it is gone. A thread, because the file may keep the main one busy for ever.
 */
const { maxResidentBytes, deckMs, parentPid } = z
  .strictObject({ maxResidentBytes: z.int(), deckMs: z.int(), parentPid: z.int() })
  .parse(workerData);

const CHECK_EVERY_MS = 50;
// The server's own timer comes first and can say which page it was.
const endsAt = performance.now() + deckMs * 1.1;

setInterval(() => {
  const isOver = process.memoryUsage.rss() > maxResidentBytes || performance.now() > endsAt;
  if (isOver || process.ppid !== parentPid) process.kill(process.pid, "SIGKILL");
}, CHECK_EVERY_MS);
