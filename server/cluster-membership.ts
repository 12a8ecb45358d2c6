import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MAX_CLOCKS_APART_MS } from "./cluster/admission.ts";
import { admitNode } from "./cluster/admit-node.ts";
import { type ClusterView, openClusterView } from "./cluster/cluster-view.ts";
import { type Cluster, joinCluster } from "./cluster/create-cluster.ts";
import type { NodeFacts } from "./cluster/node-entry.ts";
import type { RedisLink } from "./cluster/redis-link.ts";
import type { Config } from "./config.ts";
import { type ClockAgreement, type Installation, publicUrlFrom } from "./installation.ts";
import { openKeyFileSigner, SIGNING_KEY_FILE } from "./key-file-signer.ts";
import { newId } from "./new-id.ts";
import type { Log } from "./ports.ts";
import { NEWEST_MIGRATION } from "./store/migrate.ts";
import { INSTALLATION_ID } from "./store/move/move-installation.ts";
import { glanceAt } from "./store/postgres-glance.ts";

/** Where the records say which key all nodes sign evidence with: that of the DATA_DIR they share. */
const SIGNING_KEY_ID = "cluster-signing-key";

/** A node that may join, and has written nothing yet. */
export interface Admission {
  readonly clocks: ClockAgreement;
  readonly redis: RedisLink;
  readonly me: NodeFacts;
}

/**
 * Looks whether this server may be a node of the cluster that REDIS_URL and DATABASE_URL name; null without them.
 * @throws a sentence that says what is wrong; nothing was touched
 */
export async function admissionFor(config: Config, log: Log): Promise<Admission | null> {
  if (!config.redis || !config.database) return null;
  const { clockAheadMs, settings } = await glanceAt(config.database);
  const signingKeyId = await signingKeyIdOf(config.dataDir, settings.get(SIGNING_KEY_ID) ?? null);
  const url = config.nodeUrl ?? publicUrlFrom({ ...config, publicUrl: null }, config.port);
  const me: NodeFacts = {
    name: config.nodeName,
    id: `${config.nodeName}/${newId("dev").slice(4)}`,
    url,
    linkUrl: config.nodeLinkUrl ?? url,
    clockAheadMs,
    version: NEWEST_MIGRATION,
    signingKeyId,
    secretMark: markOf(config.sessionSecret),
    startedAt: Date.now() - clockAheadMs,
  };
  const installationId = settings.get(INSTALLATION_ID) ?? null;
  const redis = await admitNode({ address: config.redis, me, installationId, log });
  return { redis, me, clocks: { aheadMs: clockAheadMs, apartAtMostMs: MAX_CLOCKS_APART_MS } };
}

/** Joins, with the records open. */
export async function membershipOf(
  admission: Admission,
  config: Config,
  { store, clock, secret }: Installation,
  log: Log,
): Promise<Cluster> {
  const { redis, me } = admission;
  if (!config.redis) throw new Error("there is no REDIS_URL to join by");
  const { keyId } = await openKeyFileSigner(config.dataDir);
  await store.settings.putIfAbsent(SIGNING_KEY_ID, keyId);
  const installationId = await store.settings.putIfAbsent(INSTALLATION_ID, crypto.randomUUID());
  return joinCluster({
    redis,
    address: config.redis,
    me: { ...me, signingKeyId: keyId },
    installationId,
    secret,
    store,
    clock,
    log,
  });
}

/**
 * The cluster of this configuration, to look at from beside it; null without REDIS_URL.
 * @throws a sentence that says what is wrong
 */
export async function clusterViewFor({ redis, database }: Config, log: Log): Promise<ClusterView | null> {
  if (!redis || !database) return null;
  const { clockAheadMs, settings } = await glanceAt(database);
  const installationId = settings.get(INSTALLATION_ID) ?? null;
  return openClusterView({ address: redis, installationId, clockAheadMs, log });
}

/** The key in the folder, or that of the nodes before where there is neither yet. */
async function signingKeyIdOf(dataDir: string, expected: string | null): Promise<string> {
  const has = existsSync(join(dataDir, SIGNING_KEY_FILE));
  const found = has ? (await openKeyFileSigner(dataDir)).keyId : null;
  if (expected !== null && found !== expected) {
    throw new Error(
      `DATA_DIR ${dataDir} is not the folder that the nodes of this cluster share: ` +
        (found === null ? `${SIGNING_KEY_FILE} is missing there` : `its ${SIGNING_KEY_FILE} is another`),
    );
  }
  return found ?? "";
}

/** Tells whether two secrets are the same, and nothing of them. */
function markOf(sessionSecret: string | null): string {
  if (sessionSecret === null) return "of-the-records";
  return createHmac("sha256", sessionSecret).update("balai-node").digest("base64url").slice(0, 16);
}
