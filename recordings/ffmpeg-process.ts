import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import os from "node:os";
import { createInterface } from "node:readline";
import { captureSdp } from "./capture-sdp.ts";
import type { Programs } from "./find-programs.ts";

/** How long a segment is, if a keyframe comes when it is asked for. */
export const SEGMENT_MS = 10_000;
/** What a fault may cost of a segment under way. */
const CLUSTER_MS = 100;
/** Retransmitted packets come late: how long the others wait for them. */
const REORDER_US = 1_000_000;
/** A keyframe of a share is a burst: as much as the system allows waits in the socket. */
const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;
/** Media and sockets go first; but what is not taken from the socket in time is lost. */
const NICENESS = 5;
/** ffmpeg sees a signal with the next packet. Where none comes any more it is killed, and its segment is salvaged. */
const KILLED_AFTER_MS = 250;
/** What waits in its socket is taken first, for at most so long. */
const DRAIN_MS = 2_000;
const DRAIN_LOOK_MS = 50;

export interface FfmpegOrder {
  readonly programs: Programs;
  readonly kind: "audio" | "video";
  /** It listens here, and to nothing of use on the next. */
  readonly port: number;
  /** An empty folder, where segments come to be: 000000.webm and on. */
  readonly folder: string;
  /** Packets are missing for good. */
  onMissed(): void;
  /** Seconds after the first packet that came, whether or not anything could be made of it. */
  onSegmentBegun(number: number, startSeconds: number): void;
  onSegmentEnded(number: number, startSeconds: number, endSeconds: number): void;
}

export interface FfmpegProcess {
  readonly pid: number;
  /** False when it ended before it listened. */
  readonly listening: Promise<boolean>;
  /** Resolves once it has ended and all it said was heard. */
  readonly ended: Promise<void>;
  /** Lets it finish its segment. */
  stop(): void;
  kill(): void;
  /** Whether it was stopped (SIGSTOP) and does nothing. */
  isHalted(): Promise<boolean>;
}

function argumentsFor({ folder }: FfmpegOrder): string[] {
  return [
    ...["-nostats", "-loglevel", "level+verbose", "-protocol_whitelist", "pipe,udp,rtp,file"],
    // Codecs are known from the description, sizes from the first keyframe: nothing is waited for.
    ...["-fpsprobesize", "0", "-analyzeduration", "1000000", "-max_delay", String(REORDER_US)],
    ...[
      "-buffer_size",
      String(SOCKET_BUFFER_BYTES),
      "-f",
      "sdp",
      "-localaddr",
      "127.0.0.1",
      "-i",
      "pipe:0",
      "-map",
      "0",
      "-c",
      "copy",
    ],
    ...["-f", "segment", "-segment_time", String(SEGMENT_MS / 1000), "-segment_format", "webm"],
    ...["-segment_format_options", `cluster_time_limit=${CLUSTER_MS}:flush_packets=1`],
    ...["-reset_timestamps", "1", "-segment_list", "pipe:1", "-segment_list_type", "csv"],
    `${folder}/%06d.webm`,
  ];
}

/** Starts ffmpeg on one medium, which it copies as it is. Never throws: a failed start is an end. */
export function startFfmpeg(order: FfmpegOrder): FfmpegProcess {
  const { ffmpeg, setpriv } = order.programs;
  const args = argumentsFor(order);
  const child = setpriv
    ? spawn(setpriv, ["--pdeathsig", "KILL", ffmpeg, ...args], { env: {} })
    : spawn(ffmpeg, args, { env: {} });
  lowerPriority(child.pid);
  child.stdin.on("error", () => undefined);
  child.stdin.end(captureSdp(order.kind, order.port));
  return watched(child, order);
}

function watched(child: ChildProcess, order: FfmpegOrder): FfmpegProcess {
  const listening = Promise.withResolvers<boolean>();
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  // It counts from the first picture that is whole, and says how long after the first packet that was.
  let skippedSeconds = 0;
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = /^(\d{6})\.webm,([\d.]+),([\d.]+)$/.exec(line);
      if (!said) return;
      const [number = 0, start = 0, end = 0] = said.slice(1).map(Number);
      order.onSegmentEnded(number, skippedSeconds + start, skippedSeconds + end);
    });
  }
  if (child.stderr) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      skippedSeconds = Number(/Duration: N\/A, start: ([\d.]+)/.exec(line)?.[1] ?? skippedSeconds);
      if (line.includes("RTP: missed")) order.onMissed();
      // Said after the sockets were opened.
      if (line.includes("setting jitter buffer")) listening.resolve(true);
      const begun = /\/(\d{6})\.webm' starts with packet .* pts_time:([\d.]+)/.exec(line);
      if (begun) order.onSegmentBegun(Number(begun[1]), skippedSeconds + Number(begun[2]));
    });
  }
  const end = () => {
    isOver = true;
    listening.resolve(false);
    ended.resolve();
  };
  child.once("error", end);
  child.once("close", end);
  const signal = (name: NodeJS.Signals) => {
    if (!isOver) child.kill(name);
  };
  return {
    pid: child.pid ?? 0,
    listening: listening.promise,
    ended: ended.promise,
    stop() {
      void drained(order.port).then(() => {
        signal("SIGTERM");
        const timer = setTimeout(() => signal("SIGKILL"), KILLED_AFTER_MS);
        void ended.promise.then(() => clearTimeout(timer));
      });
    },
    kill: () => signal("SIGKILL"),
    async isHalted() {
      if (isOver || child.pid === undefined) return false;
      const stat = await readFile(`/proc/${child.pid}/stat`, "latin1").catch(() => "");
      return /\) [Tt] /.test(stat);
    },
  };
}

/** Waits until nothing waits in a UDP socket of this machine. */
async function drained(port: number): Promise<void> {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  for (let waitedMs = 0; waitedMs < DRAIN_MS; waitedMs += DRAIN_LOOK_MS) {
    const sockets = await readFile("/proc/net/udp", "latin1").catch(() => "");
    const socket = sockets.split("\n").find((line) => line.includes(address));
    if (!socket || / [0-9A-F]{8}:00000000 /.test(socket)) return;
    await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS));
  }
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) os.setPriority(pid, NICENESS);
  } catch {
    // It may have ended already, or the system may not allow it.
  }
}
