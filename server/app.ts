import { mkdir, readFile } from "node:fs/promises";
import { createServer, type Server as HttpServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import express from "express";
import { Registry as MetricsRegistry } from "prom-client";
import { Server as SocketIoServer } from "socket.io";
import { createPlayback } from "../recordings/create-playback.ts";
import { createRecorder } from "../recordings/create-recorder.ts";
import { createRecordingFiles } from "../recordings/create-recording-files.ts";
import { createDiskUse } from "../recordings/disk-use.ts";
import { createExports } from "../recordings/export/create-exports.ts";
import { createMediaServer } from "../sfu/media-server.ts";
import { admissionFor, membershipOf } from "./cluster-membership.ts";
import type { Config } from "./config.ts";
import { type DemoLinks, prepareDemo } from "./demo/demo.ts";
import { leftBytesFrom } from "./domain/recording-forecast.ts";
import { authOf, openInstallation, publicUrlFrom } from "./installation.ts";
import { openKeyFileSigner } from "./key-file-signer.ts";
import { classesOf } from "./live/classes.ts";
import { recoverClasses } from "./live/recovery.ts";
import { createRegistry } from "./live/registry.ts";
import { createUpkeep } from "./live/upkeep.ts";
import { newId } from "./new-id.ts";
import type { Log } from "./ports.ts";
import { createSheets } from "./sheets/create-sheets.ts";
import { createSlides } from "./slides/create-slides.ts";
import { lockDataDir } from "./store/data-dir-lock.ts";
import { lockPostgres } from "./store/postgres-locks.ts";
import { clientPages } from "./transport/client-pages.ts";
import { createDispatch } from "./transport/dispatch.ts";
import { exportSourceReader } from "./transport/export-source.ts";
import { createHttpApi } from "./transport/http-api.ts";
import { iceServersFrom } from "./transport/ice-servers.ts";
import { createMemoryCounts } from "./transport/memory-counts.ts";
import { serveSockets, socketServerOptions } from "./transport/socket-server.ts";
import { socketsOf } from "./transport/sockets.ts";

/** A deck that is still being drawn, or a recording still being finished, after so long was on a node that stopped. */
const LONGEST_WORK_MS = 30 * 60_000;

export interface App {
  readonly url: string;
  /** What a first visitor opens; null where the demo is off or real programmes are here. */
  readonly links: DemoLinks | null;
  close(): Promise<void>;
}

/**
 * The whole server, listening. Classes that a stop interrupted are taken up before anybody can join.
 * `onLockLost` is called when another process has taken the installation over: this one must end at once.
 * @throws a sentence, with `cause`, when a part cannot start or the installation is in use
 */
export async function createApp(
  config: Config,
  log: Log,
  onLockLost: (why: string) => void = (why) => {
    throw new Error(why);
  },
): Promise<App> {
  const { dataDir } = config;
  await mkdir(dataDir, { recursive: true });
  const nodeName = config.redis ? config.nodeName : null;
  const sharing = config.redis ? "nodes" : "alone";
  const lock = lockDataDir(dataDir, sharing);
  const databaseLock = config.database ? await lockPostgres(config.database, log, onLockLost, sharing) : null;
  const admission = await admissionFor(config, log);
  const installation = await openInstallation(config, log, admission?.clocks);
  // Makes the key where there is none: not before all that could be wrong has been looked at.
  const signer = await openKeyFileSigner(dataDir);
  const { store, clock } = installation;
  // Other nodes may be drawing slides now.
  await store.decks.failInterrupted(clock.now() - (admission ? LONGEST_WORK_MS : 0));
  const cluster = admission ? await membershipOf(admission, config, installation, log) : null;
  const slides = createSlides({ dataDir, nodeName, log });
  const mediaServer = await createMediaServer({
    ...(config.rtc.workerBin === null ? {} : { workerBin: config.rtc.workerBin }),
    ...(config.rtc.announcedAddress === null ? {} : { announcedAddress: config.rtc.announcedAddress }),
    workers: config.rtc.workers ?? availableParallelism(),
    listenIp: config.rtc.listenIp,
    port: config.rtc.port,
    ...(config.rtc.streamsPerWorker === null ? {} : { consumersPerRouter: config.rtc.streamsPerWorker }),
    ...(cluster ? { cluster: { nodes: cluster.edges, ...betweenNodes(config) } } : {}),
    log,
  });

  const use = createDiskUse(config.recordingsDir);
  const io = new SocketIoServer(socketServerOptions(cluster?.nodes ?? null));
  const sheets = createSheets({
    store: store.sheets,
    clock,
    log,
    send: socketsOf(io).send,
    epochOf: (sessionId) => cluster?.epochOf(sessionId),
  });
  const recorder = await createRecorder({
    dir: config.recordingsDir,
    maxTracks: config.recordingTracks,
    programPath: config.programPath,
    clock,
    log,
    budget: { bytes: async () => (await store.recordingSettings.get()).budgetBytes, used: use.total },
    // What another node records now is not finished for it; what was cut off is, when its class is taken up.
    mayTidy: async (recordingId) => {
      if (!cluster) return true;
      const recording = await store.recordings.find(recordingId);
      return recording?.endedAt != null && recording.endedAt < clock.now() - LONGEST_WORK_MS;
    },
  });
  const playback = await createPlayback({ dir: config.recordingsDir, programPath: config.programPath });
  const recordingFiles = createRecordingFiles({ dir: config.recordingsDir, use, recorder });
  const registry = createRegistry({
    store,
    mediaServer,
    recorder,
    clock,
    newId,
    sockets: socketsOf(io),
    log,
    sheetProgress: sheets.progress,
    ...(cluster ? { homes: cluster.homes } : {}),
    onGone: sheets.forget,
  });
  if (!cluster) await recoverClasses({ registry, classes: store.classes, clock, log });
  const exports = await createExports({
    dir: config.recordingsDir,
    programPath: config.programPath,
    store: store.exports,
    slides,
    clock,
    newId,
    log,
    sourceOf: exportSourceReader({ store, slides, playback }),
    isClassOpen: () => registry.counts().openClasses > 0,
    ...(cluster ? { claim: (exportId) => cluster.claimWork(exportId) } : {}),
    roomLeft: async () =>
      leftBytesFrom({ ...(await recordingFiles.space()), ...(await store.recordingSettings.get()) }),
  });
  const upkeep = createUpkeep({ registry, clock, log });

  const own = createMemoryCounts(clock);
  const counts = cluster?.countsOver(own) ?? own;
  const http = await listeningServer(config);
  const ownUrl = publicUrlFrom(config, (http.address() as AddressInfo).port);
  const url = config.publicUrl ?? admission?.me.url ?? ownUrl;
  const auth = authOf(installation, url, counts);
  const dispatch = createDispatch({
    registry,
    store,
    newId,
    sheets,
    recorder,
    clock,
    log,
    iceServersFor: (personId) => iceServersFrom(config.turn, personId, clock.now()),
  });
  const sockets = serveSockets({ io, auth, dispatch, log });
  const local = classesOf(registry, sockets.endLink);
  const classes = cluster
    ? await cluster.serve({
        registry,
        local,
        carrier: mediaServer,
        sockets: io,
        links: sockets.links,
        endLink: sockets.endLink,
      })
    : local;
  const api = createHttpApi({
    store,
    classes,
    nodes: cluster?.nodes ?? null,
    counts,
    nodeName,
    slides,
    playback,
    exports,
    answerSheets: sheets,
    clock,
    newId,
    auth,
    log,
    signer,
    publicUrl: url,
    dataDir,
    rtpCapabilities: mediaServer.rtpCapabilities,
    isMediaReady: () => mediaServer.isReady(),
    isAccepting: () => !cluster?.isDraining(),
    recorderProblem: recorder.problem,
    metricSources: {
      liveCounts: registry.counts,
      activeRecordings: recorder.activeCount,
      workerCpu: mediaServer.workerCpu,
    },
    recordingFiles,
    registry: new MetricsRegistry(),
  });
  const pages = express();
  pages.disable("x-powered-by");
  // A TLS proxy says who it asks for; nobody else is believed.
  pages.set("trust proxy", config.trustedProxies);
  pages.use(api.router, clientPages(), api.handleFault);
  http.on("request", pages);
  io.attach(http);
  const links = config.isDemo ? await prepareDemo({ store, auth, slides, dataDir, clock, newId, log }) : null;

  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    // Where there is nobody else, classes stay open in the records, as at the stop of a server alone.
    await cluster?.drain();
    sockets.close();
    upkeep.close();
    await upkeep.markAll();
    await recorder.close();
    await exports.close();
    registry.close();
    await cluster?.close();
    await io.close();
    await sheets.close();
    http.closeAllConnections();
    await playback.close();
    await slides.close();
    await api.close();
    await mediaServer.close();
    await store.close();
    await databaseLock?.close();
    lock.close();
  }
  return {
    url,
    links,
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

function betweenNodes({ rtc }: Config) {
  const { address, ports } = rtc.betweenNodes;
  return { ports, ...(address === null ? {} : { address }) };
}

async function listeningServer({ host, port, tls }: Config): Promise<HttpServer> {
  const server = tls
    ? createSecureServer({ cert: await readFile(tls.cert), key: await readFile(tls.key) })
    : createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      reject(new Error(`nothing can listen at HOST ${host}, PORT ${port}`, { cause }));
    });
    server.listen(port, host, () => resolve(server));
  });
}
