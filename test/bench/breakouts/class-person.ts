import { MAIN_ROOM, type RoomId } from "../../../server/protocol/ids.ts";
import type { Snapshot } from "../../../server/protocol/views.ts";
import { connect } from "../../support/class-client.ts";
import { capabilitiesFrom, DTLS, OPUS } from "../../support/rtp-samples.ts";

/** One person of the class: a real socket, with transports and a microphone in the real media worker. */
export interface ClassPerson {
  readonly personId: string;
  readonly connectionId: string;
  room(): RoomId;
  /** When the room was shown (performance.now()), for the last one. */
  movedAt(): number;
  /** Whose media this person has a consumer of now: connection ids. */
  hears(): readonly string[];
  command: Awaited<ReturnType<typeof connect>>["command"];
  close(): void;
}

export async function joinClass(link: string, number: number): Promise<ClassPerson> {
  const client = await connect(link);
  let room: RoomId = MAIN_ROOM;
  let movedAt = 0;
  const consumers = new Map<string, string>();
  client.socket.on("snapshot", (snapshot: Snapshot) => {
    room = snapshot.you.room;
    movedAt = performance.now();
  });
  client.socket.on("media", (signal) => {
    if (signal.type === "consumer.opened") {
      consumers.set(signal.consumerId, signal.connectionId);
      // One that is under way when the bench is over has no answer.
      void client.command("media.ready", { consumerId: signal.consumerId }).catch(() => undefined);
    }
    if (signal.type === "consumer.closed") consumers.delete(signal.consumerId);
  });
  const entered = await client.enter(`bench-device-${number}`);
  const you = entered.kind === "snapshot" ? entered.snapshot.you : entered.you;
  const rtpCapabilities = capabilitiesFrom(entered.rtpCapabilities);
  await client.command("media.capabilities", { rtpCapabilities });
  for (const direction of ["send", "receive"] as const) {
    await client.command("media.transport", { direction });
    await client.command("media.connect", { direction, dtlsParameters: DTLS });
  }
  const rtpParameters = { ...OPUS, encodings: [{ ssrc: 100_000 + number }], rtcp: { cname: `c${number}` } };
  await client.command("media.produce", { source: "microphone", rtpParameters, paused: true });
  return {
    personId: you.personId,
    connectionId: you.connectionId,
    room: () => room,
    movedAt: () => movedAt,
    hears: () => [...consumers.values()],
    command: client.command,
    close: client.close,
  };
}
