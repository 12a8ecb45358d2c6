import { type ReadonlySignal, signal } from "@preact/signals";
import type { MediaLog } from "./media-command.ts";

/** A device to choose from; without permission the browser gives no label. */
export interface DeviceChoice {
  readonly deviceId: string;
  readonly label: string;
}

export interface DeviceChoices {
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  readonly speakers: readonly DeviceChoice[];
}

export interface DeviceList {
  readonly devices: ReadonlySignal<DeviceChoices>;
  /** Looks again: labels appear once permission is given. */
  refresh(): Promise<void>;
  close(): void;
}

const NONE: DeviceChoices = { microphones: [], cameras: [], speakers: [] };

/** The devices of this machine, followed as they come and go. */
export function createDeviceList(log: MediaLog): DeviceList {
  const devices = signal<DeviceChoices>(NONE);
  // Absent outside a secure context, whatever the types say.
  const source: MediaDevices | undefined = navigator.mediaDevices;

  async function refresh(): Promise<void> {
    if (!source) return;
    try {
      const all = await source.enumerateDevices();
      const of = (kind: MediaDeviceKind) =>
        all
          .filter((device) => device.kind === kind && device.deviceId !== "")
          .map(({ deviceId, label }) => ({ deviceId, label }));
      devices.value = {
        microphones: of("audioinput"),
        cameras: of("videoinput"),
        speakers: of("audiooutput"),
      };
    } catch (error) {
      log("devices could not be listed", error);
    }
  }

  const onChange = () => void refresh();
  source?.addEventListener("devicechange", onChange);
  void refresh();
  return { devices, refresh, close: () => source?.removeEventListener("devicechange", onChange) };
}
