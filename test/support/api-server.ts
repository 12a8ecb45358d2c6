import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { Registry } from "prom-client";
import { createPlayback } from "../../recordings/create-playback.ts";
import { createRecordingFiles } from "../../recordings/create-recording-files.ts";
import { createDiskUse } from "../../recordings/disk-use.ts";
import { createExports } from "../../recordings/export/create-exports.ts";
import { openKeyFileSigner } from "../../server/key-file-signer.ts";
import { newId } from "../../server/new-id.ts";
import type { Log } from "../../server/ports.ts";
import { problemSchema } from "../../server/protocol/api.ts";
import type { RtpCapabilitiesJson } from "../../server/protocol/media.ts";
import { createSheets } from "../../server/sheets/create-sheets.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { createAuth } from "../../server/transport/auth.ts";
import { exportSourceReader } from "../../server/transport/export-source.ts";
import { createHttpApi, type HttpApiParts } from "../../server/transport/http-api.ts";
import { FakeClasses } from "./fake-classes.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeSlides } from "./fake-slides.ts";

/** Not where the server listens: addresses and origins must come from the setting. */
export const PUBLIC_URL = "https://balai.test";

export interface Call {
  readonly cookie?: string;
  readonly key?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with `type`. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body; null for others. */
  readonly json: unknown;
}

/** The real API on a real port with the real store, its own clock, and classes and slides that are told what to be. */
export async function serveApi(change: Partial<HttpApiParts> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "balai-api-"));
  const faults: object[] = [];
  const log = logInto(faults);
  const store = change.store ?? (await createSqliteStore({ file: ":memory:", log }));
  const clock = new FakeClock();
  const classes = new FakeClasses();
  const picture = join(dataDir, "picture.webp");
  await writeFile(picture, "RIFF");
  const slides = new FakeSlides(picture);
  const auth = createAuth({
    store,
    clock,
    newId,
    secret: "a secret of the tests",
    publicUrl: PUBLIC_URL,
    passwordCost: { logN: 4, r: 8, p: 1 },
  });
  const recordings = join(dataDir, "recordings");
  const programPath = process.env.PATH ?? "";
  const playback = await createPlayback({ dir: recordings, programPath });
  const exports = await createExports({
    dir: recordings,
    programPath,
    store: store.exports,
    slides,
    clock,
    newId,
    log,
    sourceOf: exportSourceReader({ store, slides, playback }),
    isClassOpen: () => false,
    roomLeft: async () => 10 ** 12,
  });
  const rtpCapabilities: RtpCapabilitiesJson = {
    codecs: [{ kind: "audio", mimeType: "audio/opus", preferredPayloadType: 100, clockRate: 48_000 }],
  };
  const media = { isReady: true };
  const disk = { freeBytes: 100_000_000_000 };
  /** What is being recorded now. */
  const recordingNow = new Set<string>();
  const api = createHttpApi({
    store,
    classes,
    slides,
    playback,
    exports,
    answerSheets: createSheets({ store: store.sheets, clock, log, send: () => undefined }),
    clock,
    newId,
    auth,
    log,
    signer: await openKeyFileSigner(dataDir),
    publicUrl: PUBLIC_URL,
    dataDir,
    rtpCapabilities,
    isMediaReady: () => media.isReady,
    isAccepting: () => true,
    recorderProblem: async () => null,
    metricSources: {
      liveCounts: () => ({ openClasses: 3, presentPeople: 41 }),
      activeRecordings: () => 2,
      workerCpu: async () => [{ worker: 0, seconds: 1.5 }],
    },
    recordingFiles: createRecordingFiles({
      dir: recordings,
      use: createDiskUse(recordings),
      recorder: { isRecording: (recordingId) => recordingNow.has(recordingId) },
      freeBytes: async () => disk.freeBytes,
    }),
    registry: new Registry(),
    ...change,
  });
  const server = createServer(express().use(api.router));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;

  /** Sends a request; what comes back must be what the route's schemas say, or problem details. */
  async function call(method: string, path: string, options: Call = {}): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: method.toUpperCase(),
      headers: headersFrom(options),
      body: options.json === undefined ? options.body : JSON.stringify(options.json),
      redirect: "manual",
    });
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    const json: unknown = type.includes("json") ? JSON.parse(text) : null;
    checkAnswer(method, path, response, json);
    return { status: response.status, headers: response.headers, text, json };
  }

  function checkAnswer(method: string, path: string, response: Response, json: unknown): void {
    if (response.status >= 400 && response.status !== 503) {
      if (!response.headers.get("content-type")?.startsWith("application/problem+json")) {
        throw new Error(`${method} ${path} answered ${response.status} without problem details`);
      }
      const problem = problemSchema.parse(json);
      if (problem.status !== response.status) throw new Error("the problem's status is another");
      return;
    }
    const route = api.routes.find(
      (known) =>
        known.method === method.toLowerCase() && patternOf(known.path).test(path.split("?")[0] ?? ""),
    );
    if (json !== null && route?.response.schema) route.response.schema.parse(json);
  }

  return {
    store,
    clock,
    classes,
    slides,
    exports,
    auth,
    api,
    media,
    rtpCapabilities,
    disk,
    recordingNow,
    recordingsDir: recordings,
    recordingKeeper: api.recordingKeeper,
    faults,
    dataDir,
    port,
    call,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      await exports.close();
      await api.close();
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
export type ApiServer = Awaited<ReturnType<typeof serveApi>>;

function headersFrom({ cookie, key, json, type, headers }: Call): Record<string, string> {
  const mediaType = type ?? (json === undefined ? undefined : "application/json");
  return {
    ...(mediaType ? { "content-type": mediaType } : {}),
    // As a browser does on our own pages.
    ...(cookie ? { cookie, origin: PUBLIC_URL } : {}),
    ...(key ? { authorization: `Bearer ${key}` } : {}),
    ...headers,
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replace(/:\w+/g, "[^/]+")}$`);
}

function logInto(faults: object[]): Log {
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (context, message) => faults.push({ ...context, message }),
    child: () => log,
  };
  return log;
}
