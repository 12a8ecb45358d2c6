import type { CameraProfile } from "./camera-profile.ts";

/** Why a device gives nothing, as far as a person can do something about it. */
export type DeviceProblem = "denied" | "missing" | "in-use" | "unsupported" | "other";

export type DeviceAccess =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly problem: DeviceProblem };

const PROBLEMS: Readonly<Record<string, DeviceProblem>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "in-use",
  AbortError: "in-use",
  NotSupportedError: "unsupported",
  TypeError: "unsupported",
};

/** What `getUserMedia` or `getDisplayMedia` threw, in terms a person understands (Media Capture, 10.2). */
export function deviceProblemFrom(error: unknown): DeviceProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return PROBLEMS[name] ?? "other";
}

/** One microphone, with the browser's echo and noise treatment; `deviceId` null takes the default. */
export function openMicrophone(deviceId: string | null): Promise<DeviceAccess> {
  return open("audio", {
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    channelCount: { ideal: 1 },
  });
}

/** One camera in at most the profile's size; `deviceId` null takes the default. */
export function openCamera(deviceId: string | null, profile: CameraProfile): Promise<DeviceAccess> {
  return open("video", {
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    width: { ideal: profile.width },
    height: { ideal: profile.height },
    frameRate: { ideal: profile.frameRate, max: 30 },
  });
}

async function open(kind: "audio" | "video", constraints: MediaTrackConstraints): Promise<DeviceAccess> {
  // Absent outside a secure context, whatever the types say.
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, problem: "unsupported" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ [kind]: constraints });
    const [track] = stream.getTracks();
    return track ? { ok: true, track } : { ok: false, problem: "missing" };
  } catch (error) {
    return { ok: false, problem: deviceProblemFrom(error) };
  }
}
