import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, it } from "vitest";
import { createMemoryCounts } from "../../server/transport/memory-counts.ts";
import { createRateLimits } from "../../server/transport/rate-limits.ts";
import { FakeClock } from "../support/fake-clock.ts";

it("HT6 lets a whole office in that comes in the same moment, and refuses it after wrong tokens", async () => {
  const app = express();
  const limits = { requestsPerMinute: 100, wrongTokensPerTenMinutes: 2 };
  const { guess } = createRateLimits(limits, createMemoryCounts(new FakeClock()));
  let allIn = () => {};
  const together = new Promise<void>((resolve) => {
    allIn = resolve;
  });
  let waiting = 0;
  app.get("/right", ...guess, async (_request, response) => {
    waiting += 1;
    if (waiting === 5) allIn();
    await together;
    response.end();
  });
  app.get("/wrong", ...guess, (_request, response) => void response.status(401).end());
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const get = async (path: string) => {
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}/${path}`)).status;
  };
  expect(await Promise.all(Array.from({ length: 5 }, () => get("right")))).toEqual([200, 200, 200, 200, 200]);
  expect([await get("wrong"), await get("right"), await get("wrong")]).toEqual([401, 200, 401]);
  expect([await get("wrong"), await get("right")]).toEqual([429, 429]);
  server.closeAllConnections();
  server.close();
});
