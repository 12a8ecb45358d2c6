import { describe, expect, it } from "vitest";
import {
  ASK_EVERY_MS,
  COMMAND_TIMEOUT_MS,
  LEASE_MS,
  LOOK_EVERY_MS,
  NODE_LIVES_MS,
  PATIENCE,
  RECONNECT_AT_MOST_MS,
  RENEW_EVERY_MS,
  SILENT_MS,
  STEADY_MS,
} from "../../server/cluster/cluster-times.ts";

const WITHIN_MS = 15_000;
/** Replaying a large class takes milliseconds; a busy machine with forty of them gets this. */
const TAKING_UP_MS = 2_000;
/** The looks until whoever sees a class may take it, each with an answer of Redis that comes just in time. */
const LOOKED_MS = (PATIENCE + 1) * LOOK_EVERY_MS + COMMAND_TIMEOUT_MS;

describe("the times of a cluster", () => {
  it("CN8 the classes of a killed node are taken up within 15 s, also where the one they fall to does not", () => {
    const isDeadMs = Math.max(LEASE_MS, NODE_LIVES_MS);
    expect(isDeadMs + LOOKED_MS + TAKING_UP_MS).toBeLessThanOrEqual(WITHIN_MS);
  });

  it("CN8 those of a node that died while Redis was gone, within 15 s of its return", () => {
    expect(RECONNECT_AT_MOST_MS + STEADY_MS + LOOKED_MS).toBeLessThanOrEqual(WITHIN_MS);
  });

  it("CN3 whoever lives has renewed its leases before anybody who saw Redis come back takes one", () => {
    expect(RECONNECT_AT_MOST_MS + RENEW_EVERY_MS + COMMAND_TIMEOUT_MS).toBeLessThan(STEADY_MS);
  });

  it("CN3 a break of Redis that a lease does not outlive is noticed", () => {
    expect(ASK_EVERY_MS + SILENT_MS).toBeLessThan(LEASE_MS - RENEW_EVERY_MS);
  });
});
