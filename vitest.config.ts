import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { cacheDir } from "./setup/cache-dir.mjs";

/** Tests start the server a hundred times: with its compiled code kept, in half the time. */
process.env.NODE_COMPILE_CACHE ??= join(cacheDir(), "compiled");

/** Vitest leaves one core idle by itself; of two, that is half of the machine. */
const EVERY_CORE = "100%";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "test/{architecture,sizing,domain,live,sheets,contract,reports,client,protocol,setup}/**/*.test.ts",
          ],
          testTimeout: 30_000,
          // Nothing here leaves anything behind; a process for each file would cost more than the tests.
          isolate: false,
          maxWorkers: EVERY_CORE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/{integration,fuzz}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: EVERY_CORE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // A class in browsers mostly waits for its people; more than two at once would wait for the machine.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
