import { expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Requests with an Idempotency-Key. */
export function idempotencyContract(store: () => Store): void {
  const begin = (id: string, fingerprint: string, at: number) =>
    store().idempotency.begin({
      id,
      fingerprint,
      at,
      forgetBefore: at - DAY_MS,
      abandonedBefore: at - MINUTE_MS,
    });

  it("ID1 knows a request that runs, one that was answered, and another one with its key", async () => {
    const { idempotency } = store();
    expect(await begin("a", "one", DAY_MS)).toEqual({ kind: "new" });
    expect(await begin("a", "one", DAY_MS)).toEqual({ kind: "running" });
    await idempotency.finish("a", "yes");
    expect(await begin("a", "one", 2 * DAY_MS)).toEqual({ kind: "answered", answer: "yes" });
    expect(await begin("a", "two", 2 * DAY_MS)).toEqual({ kind: "other" });
    expect(await begin("b", "two", DAY_MS)).toEqual({ kind: "new" });
    await idempotency.forget("b");
    expect(await begin("b", "two", DAY_MS)).toEqual({ kind: "new" });
  });

  it("ID3 forgets after a day, and what never ended after a minute", async () => {
    const { idempotency } = store();
    await begin("a", "one", DAY_MS);
    await begin("b", "one", DAY_MS);
    await idempotency.finish("a", "yes");
    expect(await begin("b", "one", DAY_MS + MINUTE_MS)).toEqual({ kind: "running" });
    expect(await begin("b", "one", DAY_MS + MINUTE_MS + 1)).toEqual({ kind: "new" });
    expect(await begin("a", "one", 2 * DAY_MS + 1)).toEqual({ kind: "new" });
  });
}
