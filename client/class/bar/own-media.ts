import type { Result } from "../../../server/protocol/errors.ts";
import { errorText, t } from "../../i18n/t.ts";
import type { LocalState } from "../../media/local-state.ts";
import type { MediaClient } from "../../media/media-client.ts";
import { showToast } from "../../ui/toasts.tsx";

/** Switches one's own microphone on or off and says so when it cannot. */
export async function toggleMicrophone(media: MediaClient): Promise<void> {
  const isLive = media.microphone.state.peek().status === "live";
  const result = isLive ? await media.microphone.mute() : await media.microphone.unmute();
  tellProblem(result, media.microphone.state.peek());
}

export async function toggleCamera(media: MediaClient): Promise<void> {
  const isLive = media.camera.state.peek().status === "live";
  const result = isLive ? await media.camera.mute() : await media.camera.unmute();
  tellProblem(result, media.camera.state.peek());
  if (result.ok) void media.refreshDevices();
}

/** Must be called from a click or a key. Somebody who only closes the browser's question hears nothing of it. */
export async function toggleShare(media: MediaClient): Promise<void> {
  if (media.screen.state.peek().status === "live") {
    await media.screen.stop();
    return;
  }
  const result = await media.screen.start({ withAudio: true });
  const state = media.screen.state.peek();
  if (state.status !== "error" || state.reason !== "denied") tellProblem(result, state);
}

/** Phones have no way to share their screen. */
export function canShare(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

function tellProblem(result: Result, state: LocalState): void {
  if (result.ok) return;
  showToast({
    tone: "trouble",
    text: state.status === "error" ? deviceText(state.reason) : errorText(result.code),
  });
}

/** What is wrong with a device, and what to do about it. */
function deviceText(problem: Extract<LocalState, { status: "error" }>["reason"]): string {
  switch (problem) {
    case "denied":
      return t("device.denied");
    case "missing":
      return t("device.missing");
    case "in-use":
      return t("device.inUse");
    case "unsupported":
      return t("device.unsupported");
    case "other":
      return t("device.failed");
  }
}
