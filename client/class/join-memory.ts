/**
 * What a tab remembers of the class it is in, so that a reload returns straight into it: sessionStorage, because
 * another tab is another device.
 */
export interface JoinMemory {
  readonly isCameraOn: boolean;
  readonly isMicrophoneOn: boolean;
}

const joinedKey = (linkId: string) => `balai.joined.${linkId}`;
const DEVICE = "balai.device";

export function recallJoin(linkId: string): JoinMemory | null {
  const stored = sessionStorage.getItem(joinedKey(linkId));
  if (stored === null) return null;
  const flags = stored.split(" ");
  return { isCameraOn: flags.includes("camera"), isMicrophoneOn: flags.includes("microphone") };
}

export function rememberJoin(linkId: string, { isCameraOn, isMicrophoneOn }: JoinMemory): void {
  const flags = ["joined", isCameraOn ? "camera" : "", isMicrophoneOn ? "microphone" : ""];
  sessionStorage.setItem(joinedKey(linkId), flags.filter(Boolean).join(" "));
}

export function forgetJoin(linkId: string): void {
  sessionStorage.removeItem(joinedKey(linkId));
}

/** This tab's name towards the server: random, the same after a reload, of the shape `class.enter` takes. */
export function tabDevice(): string {
  const known = sessionStorage.getItem(DEVICE);
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const device = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(DEVICE, device);
  return device;
}
