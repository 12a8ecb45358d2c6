import { Device } from "mediasoup-client";
import type { RtpCapabilities } from "mediasoup-client/types";

/** Devices of mediasoup-client, loaded before they are needed: that takes the browser some 20 to 100 ms. */
export interface PreparedDevices {
  /** Begins to load one for these capabilities. */
  prepare(rtpCapabilities: unknown): void;
  /** The one that was prepared for them, each once; else a new one. Throws where the browser cannot. */
  take(rtpCapabilities: unknown): Promise<Device>;
}

export function createPreparedDevices(): PreparedDevices {
  let prepared: { readonly key: string; readonly device: Promise<Device> } | null = null;
  return {
    prepare(rtpCapabilities) {
      const device = loaded(rtpCapabilities);
      // Whoever takes it is told.
      device.catch(() => undefined);
      prepared = { key: JSON.stringify(rtpCapabilities), device };
    },
    take(rtpCapabilities) {
      const known = prepared;
      prepared = null;
      return known?.key === JSON.stringify(rtpCapabilities) ? known.device : loaded(rtpCapabilities);
    },
  };
}

async function loaded(rtpCapabilities: unknown): Promise<Device> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: rtpCapabilities as RtpCapabilities });
  return device;
}
