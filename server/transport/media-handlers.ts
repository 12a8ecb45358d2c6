import type { PeerMedia } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { MediaSource, MediaStatus } from "../protocol/media.ts";
import { type Handlers, runIn } from "./class-handlers.ts";
import type { Session } from "./session.ts";

/** Media negotiation goes straight to the media server; only what comes of it is told to the class. */
export function mediaHandlers() {
  return {
    "media.capabilities": (session, { rtpCapabilities }) =>
      withPeer(session, (peer) => peer.setCapabilities(rtpCapabilities)),
    "media.transport": (session, { direction }) =>
      withPeer(session, (peer) => peer.createTransport(direction)),
    "media.connect": (session, { direction, dtlsParameters }) =>
      withPeer(session, (peer) => peer.connectTransport(direction, dtlsParameters)),
    "media.restart-ice": (session, { direction }) => withPeer(session, (peer) => peer.restartIce(direction)),
    "media.ready": (session, { consumerId }) => withPeer(session, (peer) => peer.consumerReady(consumerId)),
    "media.view": (session, view) =>
      withPeer(session, async (peer) => {
        peer.setView(view);
        return accept();
      }),
    "media.produce": (session, { source, rtpParameters, paused }) =>
      withPeer(session, async (peer) => {
        const produced = await peer.produce(source, rtpParameters, paused);
        if (!produced.ok) return produced;
        const told = await report(session, source, paused ? "paused" : "live");
        if (told.ok) return produced;
        await peer.stop(source);
        return told;
      }),
    "media.pause": (session, { source }) =>
      withPeer(session, (peer) => thenReport(session, source, "paused", peer.pause(source))),
    "media.resume": (session, { source }) =>
      withPeer(session, async (peer) => {
        const told = await thenReport(session, source, "live", peer.resume(source));
        if (!told.ok) await peer.pause(source);
        return told;
      }),
    "media.stop": (session, { source }) =>
      withPeer(session, (peer) => thenReport(session, source, "off", peer.stop(source))),
  } satisfies Partial<Handlers>;
}

async function withPeer(
  session: Session,
  use: (peer: PeerMedia) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const peer = session.peer();
  return peer ? use(peer) : refuse("not-present");
}

async function thenReport(
  session: Session,
  source: MediaSource,
  status: MediaStatus,
  done: Promise<Result>,
): Promise<Result<unknown>> {
  const result = await done;
  return result.ok ? report(session, source, status) : result;
}

function report(session: Session, source: MediaSource, status: MediaStatus): Promise<Result<unknown>> {
  const connectionId = session.place()?.entrant.connectionId;
  if (connectionId === undefined) return Promise.resolve(refuse("not-present"));
  return runIn(session, { type: "media.report", args: { connectionId, source, status } });
}
