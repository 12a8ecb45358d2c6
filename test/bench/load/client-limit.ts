import { median } from "../evidence/measured.ts";
import type { SideWindow } from "./windows.ts";

/** What the load client could have carried by itself, as a sentence for the page. */
export function clientLimitNote(windows: readonly SideWindow[]): string {
  const usPerPacket = median(windows.map((one) => (1e6 * one.clientShare) / one.packetsPerS));
  const most = Math.max(...windows.map((one) => one.clientShare));
  const drops = windows.at(-1)?.socketDrops ?? 0;
  return (
    `The load client spent ${usPerPacket.toFixed(2)} µs on a packet, so that its core ends at ` +
    `${(1 / usPerPacket).toFixed(2)} million packets/s; it used at most ${(100 * most).toFixed(0)} % of it and lost ` +
    `${drops} packets in its own socket.`
  );
}

/** How quiet the machine was. */
export function machineNote(windows: readonly SideWindow[]): string {
  const idle = median(windows.map((one) => one.idleShare));
  const steal = median(windows.map((one) => one.stealShare));
  return (
    `In the median window the machine was idle for ${(100 * idle).toFixed(0)} % of its time and its host took ` +
    `${(100 * steal).toFixed(1)} %.`
  );
}
