/** How a camera is captured and encoded. */
export interface CameraProfile {
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly frameRate: number;
  /** Smallest first: index 0 is spatial layer 0. */
  readonly encodings: readonly RTCRtpEncodingParameters[];
}

/** `scalabilityMode` is standard, and missing from the types. */
type LayeredEncoding = RTCRtpEncodingParameters & { readonly scalabilityMode: string };

function layer(scaleResolutionDownBy: number, maxBitrate: number): LayeredEncoding {
  return { scaleResolutionDownBy, maxBitrate, scalabilityMode: "L1T3" };
}

/** 180p, 360p and 720p. */
const FULL: CameraProfile = {
  width: 1280,
  height: 720,
  frameRate: 24,
  encodings: [layer(4, 120_000), layer(2, 400_000), layer(1, 1_300_000)],
};

/** 180p and 360p: three encoders and a class full of decoders are too much for two cores. */
const LIGHT: CameraProfile = {
  width: 640,
  height: 360,
  frameRate: 20,
  encodings: [layer(2, 120_000), layer(1, 450_000)],
};

/** The profile for a machine with so many logical cores. */
export function cameraProfileFrom(cores: number): CameraProfile {
  return cores <= 2 ? LIGHT : FULL;
}

/** A share is read, not watched: full resolution, few frames; temporal layers let a thin line take half. */
export const SCREEN_ENCODING = { maxBitrate: 2_500_000, maxFramerate: 15, scalabilityMode: "L1T3" } as const;
