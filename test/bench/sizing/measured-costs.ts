/** What things cost on one core of the measured machine. Each says which bench it comes from. */
export interface MeasuredCosts {
  /** CPU of the media worker for a packet sent to one receiver, in microseconds. */
  readonly packetUs: number;
  /** CPU of the media worker for one join (two DTLS handshakes at most), in milliseconds. */
  readonly joinWorkerMs: number;
  /** CPU of the Node process for one join, in milliseconds. */
  readonly joinNodeMs: number;
  /** CPU of the Node process for one person who is in a class, in milliseconds a second. */
  readonly personNodeMs: number;
  /** CPU of recording one camera, microphone or share, as a share of a core. */
  readonly recordedTrackShare: number;
  /** Memory of both processes for one person, in bytes. */
  readonly personBytes: number;
  /** Memory of a node with nobody on it, in bytes. */
  readonly nodeBytes: number;
}

/**
 * Two cores of an Intel Xeon, Debian 12, Node 24, loopback, rounded up. `npm run bench -- forwarding`,
 * `congestion-control`, `signalling` and `recording` measure them again on another machine. A packet is that of a camera
 * in layers, whose line is estimated; others cost 9.
 */
export const MEASURED: MeasuredCosts = {
  packetUs: 13,
  joinWorkerMs: 6,
  joinNodeMs: 4,
  personNodeMs: 0.1,
  recordedTrackShare: 0.004,
  personBytes: 150_000,
  nodeBytes: 350_000_000,
};
