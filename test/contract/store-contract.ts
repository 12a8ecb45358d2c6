import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { accountsContract } from "./accounts-contract.ts";
import { casesContract } from "./cases-contract.ts";
import { certificatesContract } from "./certificates-contract.ts";
import { classStoreContract } from "./class-store-contract.ts";
import { disputesContract } from "./disputes-contract.ts";
import { entryContract } from "./entry-contract.ts";
import { erasureContract } from "./erasure-contract.ts";
import { exportsContract } from "./exports-contract.ts";
import { idempotencyContract } from "./idempotency-contract.ts";
import { accessContract, peopleChangesContract, peopleContract } from "./people-contract.ts";
import { enrolmentsContract, programmesContract } from "./programme-contract.ts";
import { recordingsContract } from "./recordings-contract.ts";
import { resultsContract } from "./results-contract.ts";
import { decksContract, sessionsContract, settingsContract } from "./session-contract.ts";
import { sheetsContract } from "./sheets-contract.ts";
import { surveysContract } from "./surveys-contract.ts";
import { trailContract } from "./trail-contract.ts";

/** What every store must do; `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    programmesContract(() => store);
    entryContract(() => store);
    enrolmentsContract(() => store);
    peopleContract(() => store);
    accountsContract(() => store);
    sessionsContract(() => store);
    peopleChangesContract(() => store);
    accessContract(() => store);
    decksContract(() => store);
    resultsContract(() => store);
    certificatesContract(() => store);
    disputesContract(() => store);
    surveysContract(() => store);
    settingsContract(() => store);
    sheetsContract(() => store);
    recordingsContract(() => store);
    exportsContract(() => store);
    casesContract(() => store);
    classStoreContract(() => store);
    trailContract(() => store);
    erasureContract(() => store);
    idempotencyContract(() => store);

    it("ST1 answers a ping, closes twice, and throws with a cause afterwards", async () => {
      await store.ping();
      await Promise.all([store.close(), store.close()]);
      await expect(store.ping()).rejects.toMatchObject({ cause: expect.any(Error) });
      await expect(store.programmes.find("x")).rejects.toThrow();
    });
  });
}
