import { Device } from "mediasoup-client";
import type { RtpCapabilities } from "mediasoup-client/types";

/** Devices of mediasoup-client, loaded before they are needed: that takes the browser some 20 to 100 ms. */
export interface PreparedDevices<Loaded> {
  /** Begins to load one for these capabilities, unless one is there or on its way (FF1). */
  prepare(rtpCapabilities: unknown): void;
  /** The one that was prepared for them, each once; else a new one. Throws where the browser cannot. */
  take(rtpCapabilities: unknown): Promise<Loaded>;
}

export function createPreparedDevices<Loaded>(
  load: (rtpCapabilities: unknown) => Promise<Loaded>,
): PreparedDevices<Loaded> {
  let prepared: { readonly key: string; readonly device: Promise<Loaded> } | null = null;
  return {
    prepare(rtpCapabilities) {
      const key = JSON.stringify(rtpCapabilities);
      if (prepared?.key === key) return;
      const device = load(rtpCapabilities);
      prepared = { key, device };
      // Whoever has taken it is told; whoever comes later tries again.
      device.catch(() => {
        if (prepared?.device === device) prepared = null;
      });
    },
    take(rtpCapabilities) {
      const known = prepared;
      prepared = null;
      return known?.key === JSON.stringify(rtpCapabilities) ? known.device : load(rtpCapabilities);
    },
  };
}

export async function loadDevice(rtpCapabilities: unknown): Promise<Device> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: rtpCapabilities as RtpCapabilities });
  return device;
}
