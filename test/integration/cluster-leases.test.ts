import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusalOf } from "../../server/cluster/admission.ts";
import { admitNode } from "../../server/cluster/admit-node.ts";
import { type ClassLeases, createClassLeases } from "../../server/cluster/class-leases.ts";
import { openBus } from "../../server/cluster/cluster-bus.ts";
import { joinDirectory, type NodeDirectory } from "../../server/cluster/node-directory.ts";
import { leastLoaded, type NodeEntry, type NodeFacts } from "../../server/cluster/node-entry.ts";
import { redisAddressFrom } from "../../server/cluster/redis-address.ts";
import { createRedisCounts } from "../../server/cluster/redis-counts.ts";
import { connectRedis, type RedisLink } from "../../server/cluster/redis-link.ts";
import { chosenFor } from "../../server/cluster/takeover.ts";
import type { Store } from "../../server/ports.ts";
import { accept } from "../../server/protocol/errors.ts";
import type { SessionId } from "../../server/protocol/ids.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { createMemoryCounts } from "../../server/transport/memory-counts.ts";
import { createSignInGuard, type SignInGuard } from "../../server/transport/sign-in-guard.ts";
import { quietLog, sessionId } from "../contract/records.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { freePort } from "../support/free-port.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";

const one = sessionId("1");
let redis: RedisServer;
let store: Store;
beforeAll(async () => {
  redis = await startRedis({ password: "sandi-uji" });
  store = await createSqliteStore({ file: ":memory:", log: quietLog });
});
beforeEach(() => redis.client.flushall());
afterAll(async () => {
  await redis?.close();
  await store?.close();
});

const addressOf = (url: string) => {
  const address = redisAddressFrom(url);
  if (!address) throw new Error(`${url} is none`);
  return address;
};

function factsOf(name: string, change: Partial<NodeFacts> = {}): NodeFacts {
  return {
    name,
    id: `${name}/1`,
    url: `http://${name}.example`,
    linkUrl: "http://127.0.0.1:3000",
    clockAheadMs: 0,
    version: "022",
    signingKeyId: "key",
    secretMark: "mark",
    startedAt: 1,
    ...change,
  };
}

const entryOf = (name: string, load: Partial<NodeEntry>): NodeEntry => ({
  ...factsOf(name),
  classes: 0,
  people: 0,
  carried: 0,
  isDraining: false,
  seenAt: 1,
  ...load,
});

interface Member {
  readonly leases: ClassLeases;
  readonly directory: NodeDirectory;
  readonly clock: FakeClock;
  readonly lost: SessionId[];
  leave(): Promise<void>;
  /** Gone without a word. */
  die(): void;
}

/** A node as far as leases go, with its own clock; `steadyMs` is for how long it believes to have seen Redis. */
async function member(name: string, steadyMs = 60_000): Promise<Member> {
  const link: RedisLink = {
    ...(await connectRedis(addressOf(redis.url), quietLog)),
    steadyMs: () => steadyMs,
  };
  const clock = new FakeClock();
  const lost: SessionId[] = [];
  const load = () => ({ classes: 0, people: 0, carried: 0, isDraining: false });
  const directory = await joinDirectory({ redis: link, me: factsOf(name), clock, log: quietLog, load });
  const leases = createClassLeases({
    redis: link,
    directory,
    classes: store.classes,
    clock,
    log: quietLog,
    onLost: (id) => lost.push(id),
  });
  return {
    leases,
    directory,
    clock,
    lost,
    async leave() {
      await leases.close();
      await directory.close();
      link.close();
    },
    die: () => link.close(),
  };
}

async function forget(name: string): Promise<void> {
  await redis.client.del(`balai:class:${one}`, `balai:node:${name}`);
}

describe("who runs a class", () => {
  it("CN2 one node has a class until it gives it back", async () => {
    const [a, b] = [await member("a"), await member("b")];
    const taken = await a.leases.take(one);
    if (!taken.ok) throw new Error(taken.code);
    expect(taken.data.isInterrupted).toBe(false);
    expect(await b.leases.take(one)).toMatchObject({ ok: false, code: "class-elsewhere" });
    expect(await b.leases.ownerOf(one)).toBe("a/1");
    expect(await b.leases.ownerless([one, sessionId("2")])).toEqual([sessionId("2")]);
    await taken.data.leave();
    const next = await b.leases.take(one);
    expect(next).toMatchObject({
      ok: true,
      data: { isInterrupted: false, epoch: (taken.data.epoch ?? 0) + 1 },
    });
    await b.leave();
    expect(await a.leases.take(one)).toMatchObject({ ok: true, data: { isInterrupted: true } });
    await a.leave();
  });

  it("CN2 a lease that Redis lost is renewed by whoever has the class, and taken by nobody meanwhile", async () => {
    const [a, b] = [await member("a"), await member("b")];
    expect((await a.leases.take(one)).ok).toBe(true);
    await redis.client.del(`balai:class:${one}`);
    expect(await b.leases.take(one)).toMatchObject({ code: "class-elsewhere" });
    a.clock.advance(2_000);
    await expect.poll(() => b.leases.ownerOf(one)).toBe("a/1");
    await a.leave();
    await b.leave();
  });

  it("CN3 the class of a node that is gone is taken only by one that has seen Redis for long enough", async () => {
    const [a, fresh, b] = [await member("a"), await member("fresh", 6_000), await member("b")];
    const before = await a.leases.take(one);
    a.die();
    await forget("a");
    await Promise.all([fresh.directory.announce(), b.directory.announce()]);
    expect(await fresh.leases.take(one)).toMatchObject({ ok: false, code: "unavailable" });
    const taken = await b.leases.take(one);
    expect(taken).toMatchObject({ ok: true, data: { isInterrupted: true } });
    expect(before.ok && taken.ok && taken.data.epoch === (before.data.epoch ?? 0) + 1).toBe(true);
    await Promise.all([fresh.leave(), b.leave()]);
  });

  it("CN3 a node whose class another has taken is told at its next renewal", async () => {
    const [a, b] = [await member("a"), await member("b")];
    await a.leases.take(one);
    await forget("a");
    await b.directory.announce();
    expect((await b.leases.take(one)).ok).toBe(true);
    a.clock.advance(2_000);
    await expect.poll(() => a.lost).toEqual([one]);
    await Promise.all([a.leave(), b.leave()]);
  });

  it("CN3 while Redis is gone nobody takes a class", async () => {
    const a = await member("a");
    await redis.stop();
    expect(await a.leases.take(sessionId("9"))).toMatchObject({ ok: false, code: "unavailable" });
    await redis.start();
    await a.leave();
  });

  it("CN14 a Redis that stands still is as good as gone, and counts from its return", async () => {
    const link = await connectRedis(addressOf(redis.url), quietLog);
    expect(link.steadyMs()).toBeGreaterThan(0);
    redis.pause();
    await expect.poll(() => link.steadyMs(), { timeout: 10_000 }).toBe(0);
    // Nobody waits for it any more.
    await expect(link.commands.get("balai:installation")).rejects.toThrow(/enableOfflineQueue/);
    redis.goOn();
    await expect.poll(() => link.steadyMs(), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(link.steadyMs()).toBeLessThan(5_000);
    link.close();
  });

  it("CN14 what another node asked for longer ago than it waits is not done", async () => {
    const link = await connectRedis(addressOf(redis.url), quietLog);
    const clock = new FakeClock();
    const asked: string[] = [];
    const bus = await openBus({
      ...{ redis: link, nodeId: "a/1", clock, log: quietLog, onNotice: () => undefined },
      async onRequest(request) {
        asked.push(request.kind === "take" ? request.sessionId : request.kind);
        return accept(true);
      },
    });
    const ask = (id: string, askedAt: number) => {
      const request = { kind: "take", sessionId: sessionId(id) };
      const letter = { type: "request", id, from: "b/1", askedAt, request };
      return redis.client.publish("balai:to:a/1", JSON.stringify(letter));
    };
    await ask("1", clock.now() - 60_000);
    await ask("2", clock.now() - 1_000);
    await expect.poll(() => asked).toEqual([sessionId("2")]);
    expect(await bus.ask("a/1", { kind: "resume" })).toEqual(accept(true));
    await bus.close();
    link.close();
  });

  it("CN10 a new class goes to the least loaded node that is not being drained; orphans are spread", () => {
    const nodes = [
      entryOf("a", { people: 30, classes: 1 }),
      entryOf("b", { people: 0, classes: 3 }),
      entryOf("c", { people: 0, classes: 0, isDraining: true }),
    ];
    expect(leastLoaded(nodes)?.name).toBe("b");
    expect(leastLoaded(nodes.slice(2))?.name).toBe("c");
    expect(leastLoaded([])).toBeNull();
    const chosen = Array.from({ length: 60 }, (_, n) => chosenFor(sessionId(`${n}`), nodes)?.name);
    expect(new Set(chosen)).toEqual(new Set(["a", "b"]));
    expect(chosen.filter((name) => name === "a").length).toBeGreaterThan(15);
  });
});

describe("who guesses, on two nodes", () => {
  const PER_ADDRESS = { accountId: null, deviceId: null, address: "192.0.2.7" };
  const attempt = (emailKey: string) => ({ ...PER_ADDRESS, emailKey });

  it("CN16 failed sign-ins count on all nodes together, many at once too, and on each alone while Redis is gone", async () => {
    const clock = new FakeClock();
    const links = [
      await connectRedis(addressOf(redis.url), quietLog),
      await connectRedis(addressOf(redis.url), quietLog),
    ];
    const guards = links.map((link) =>
      createSignInGuard(clock, createRedisCounts(link, createMemoryCounts(clock))),
    );
    const [a, b] = guards as [SignInGuard, SignInGuard];
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? a : b).begin(attempt("ani@contoh.go.id"))),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await b.begin(attempt("ani@contoh.go.id"))).toMatchObject({ ok: false, code: "sign-in-wait" });
    clock.advance(30_000);
    const right = await a.begin(attempt("ani@contoh.go.id"));
    if (!right.ok) throw new Error(right.code);
    await right.data.succeeded();
    expect((await b.begin(attempt("ani@contoh.go.id"))).ok).toBe(true);
    // Names are nowhere to be read.
    const keys = await redis.client.keys("balai:count:*");
    expect(keys.sort().map((key) => key.split("/")[0])).toEqual([
      "balai:count:address",
      "balai:count:stranger",
    ]);
    const texts = await Promise.all(keys.map((key) => redis.client.get(key)));
    expect(`${keys} ${texts}`).not.toContain("contoh");
    for (const key of keys) expect(await redis.client.pttl(key)).toBeGreaterThan(0);

    await redis.stop();
    for (let count = 0; count < 5; count++)
      expect((await a.begin(attempt("budi@contoh.go.id"))).ok).toBe(true);
    expect((await a.begin(attempt("budi@contoh.go.id"))).ok).toBe(false);
    expect((await b.begin(attempt("budi@contoh.go.id"))).ok).toBe(true);
    await redis.start();
    for (const link of links) link.close();
  });

  it("CN16 wrong tokens of an address count on all nodes together, for as long as the first says", async () => {
    const links = [
      await connectRedis(addressOf(redis.url), quietLog),
      await connectRedis(addressOf(redis.url), quietLog),
    ];
    const clock = new FakeClock();
    const counts = links.map((link) => createRedisCounts(link, createMemoryCounts(clock)));
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, n) => counts[n % 2]?.add("wrong-tokens/192.0.2.7", 1, 600_000)),
    );
    expect(added.map((one) => one?.value).sort((x = 0, y = 0) => x - y)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ]);
    expect(added[0]?.endsInMs).toBeGreaterThan(590_000);
    expect(await counts[0]?.add("wrong-tokens/192.0.2.7", -1, 600_000)).toMatchObject({ value: 9 });
    expect(await counts[1]?.add("wrong-tokens/192.0.2.8", -1, 600_000)).toMatchObject({ value: 0 });
    for (const link of links) link.close();
  });
});

describe("a node that may not join", () => {
  const me = factsOf("me");
  it.each<[string, Partial<NodeFacts>, Partial<NodeFacts>, RegExp]>([
    [
      "the same name",
      {},
      { name: "me" },
      /^NODE_NAME: the node me at http:\/\/b.example runs under this name/,
    ],
    [
      "the same address",
      {},
      { url: me.url },
      /^NODE_URL: the node b at http:\/\/me.example has this address/,
    ],
    ["a clock behind the database's", { clockAheadMs: -5_600 }, {}, /5\.6 s behind the database's/],
    ["clocks apart", { clockAheadMs: 3_000 }, { clockAheadMs: -3_000 }, /6\.0 s ahead of that of the node b/],
    ["another version", {}, { version: "023" }, /is of version 023, this one of 022/],
    ["another folder", {}, { signingKeyId: "other" }, /DATA_DIR is not the folder of the node b/],
    ["another secret", {}, { secretMark: "other" }, /SESSION_SECRET is not that of the node b/],
  ])("CN9 %s", (_title, mine, theirs, sentence) => {
    expect(refusalOf({ ...me, ...mine }, [factsOf("b", theirs)])).toMatch(sentence);
  });
  it("CN9 all is well", () => {
    expect(refusalOf({ ...me, clockAheadMs: 2_000 }, [factsOf("b", { clockAheadMs: -2_000 })])).toBeNull();
  });

  it("CN9 a Redis that cannot be reached, refuses the password, or has another installation's keys, stays as it is", async () => {
    await redis.client.set("balai:installation", "theirs");
    const closed = `redis://127.0.0.1:${await freePort()}`;
    const wrong: [string, RegExp][] = [
      [closed, /^REDIS_URL: Redis at 127.0.0.1:\d+ cannot be reached/],
      [redis.url.replace("sandi-uji", "sandi-salah"), /refuses the user or the password/],
      [redis.url.replace(":sandi-uji@", ""), /refuses the user or the password/],
      [`${redis.url}/99`, /there is no such database/],
      [redis.url, /belongs to another installation/],
    ];
    for (const [url, sentence] of wrong) {
      const admitted = admitNode({ address: addressOf(url), me, installationId: "ours", log: quietLog });
      await expect(admitted, url).rejects.toThrow(sentence);
      await expect(admitted).rejects.not.toThrow(/sandi-/);
    }
    expect(await redis.client.keys("*")).toEqual(["balai:installation"]);
  });
});
