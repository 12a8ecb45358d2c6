/** Sender reports that count: enough to see past the network's delays, few enough to follow a drifting clock. */
const REPORTS_KEPT = 10;

export interface RtpTimes {
  /** The timestamp of the first packet: a recorder counts from it. */
  begin(rtpTimestamp: number, atMs: number): void;
  /** A packet with this timestamp would have passed at this time. */
  report(rtpTimestamp: number, atMs: number): void;
  /** When something passed that is so many seconds after the first packet; null before `begin`. */
  timeOf(seconds: number): number | null;
}

/**
 * What time an RTP timestamp stands for (RFC 3550 section 6.4.1), on the clock of `atMs`. A sender's own clock drifts,
 * and packets are delayed but never early: of the last reports the one with the least delay counts.
 */
export function createRtpTimes(clockRate: number): RtpTimes {
  let firstTimestamp: number | null = null;
  let offsets: number[] = [];

  function secondsFrom(rtpTimestamp: number, first: number, nearSeconds: number): number {
    // 32 bits wrap (after 13 hours of pictures): the turn nearest to where the time is.
    const turn = 2 ** 32 / clockRate;
    const seconds = (rtpTimestamp - first) / clockRate;
    return seconds + Math.round((nearSeconds - seconds) / turn) * turn;
  }

  function add(offset: number): void {
    offsets = [...offsets.slice(1 - REPORTS_KEPT), offset];
  }

  return {
    begin(rtpTimestamp, atMs) {
      firstTimestamp = rtpTimestamp;
      offsets = [atMs];
    },
    report(rtpTimestamp, atMs) {
      if (firstTimestamp === null) return;
      const near = (atMs - Math.min(...offsets)) / 1000;
      add(atMs - 1000 * secondsFrom(rtpTimestamp, firstTimestamp, near));
    },
    timeOf(seconds) {
      return firstTimestamp === null ? null : Math.min(...offsets) + 1000 * seconds;
    },
  };
}
