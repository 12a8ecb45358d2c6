/**
 * The times by which nodes know of each other, together, because they depend on each other: a test adds them up to the
 * time within which the classes of a dead node go on (CN8).
 */

/** A lease of a class that was not renewed for so long is over. */
export const LEASE_MS = 6_000;
export const RENEW_EVERY_MS = 2_000;

/** A node that said nothing for so long is dead to the others. */
export const NODE_LIVES_MS = 6_000;
export const ANNOUNCE_EVERY_MS = 2_000;

/** How often each node looks for classes that no node runs. */
export const LOOK_EVERY_MS = 1_000;
/** A class that still lies there after so many looks is taken by whoever sees it, not only by whom it falls to. */
export const PATIENCE = 3;

/** A command that Redis does not answer for so long has failed: nobody in a class waits for it. */
export const COMMAND_TIMEOUT_MS = 2_000;
/**
 * A connection on which nothing came for so long although it was asked is broken, whatever TCP believes. With the time
 * between two questions it is shorter than what is left of a lease: a break that a lease does not outlive is noticed.
 */
export const SILENT_MS = 3_000;
export const ASK_EVERY_MS = 500;
/** How long after a failure Redis is tried again, at most. */
export const RECONNECT_AT_MOST_MS = 1_000;

/**
 * For so long must a node have seen Redis without a break before it takes a class that somebody did not give back:
 * whoever lives has come back to Redis and renewed its leases by then, also where Redis came back empty.
 */
export const STEADY_MS = LEASE_MS + 1_000;

/** A request that is older has been given up by who asked: Redis may have stood still with it. */
export const ANSWER_WITHIN_MS = 8_000;
