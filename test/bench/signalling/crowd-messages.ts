import type { DtlsParametersJson, ViewTile } from "../../../server/protocol/media.ts";

/** What the bench asks of a crowd, a process that holds some of the class's people. */
export type CrowdOrder =
  | {
      readonly type: "join";
      readonly links: readonly string[];
      readonly first: number;
      readonly spreadMs: number;
      /** With these everybody opens a receive transport too, and takes what it is sent. */
      readonly dtlsParameters: DtlsParametersJson | null;
    }
  /** Everybody shows these pictures. */
  | { readonly type: "view"; readonly tiles: readonly ViewTile[] }
  | { readonly type: "raise"; readonly people: number }
  /** What arrived since the last look. */
  | { readonly type: "look" }
  | { readonly type: "leave" };

/** Times are epoch milliseconds with fractions: all processes of one machine share that clock. */
export type CrowdAnswer =
  | { readonly type: "joined"; readonly tookMs: readonly number[]; readonly lastAt: number }
  /** Not an answer: somebody's receive transport, to be connected. */
  | { readonly type: "transport"; readonly offer: unknown }
  | { readonly type: "viewed" }
  | { readonly type: "raised"; readonly sentAt: Readonly<Record<string, number>> }
  | { readonly type: "seen"; readonly receipts: readonly Receipt[]; readonly knows: readonly number[] }
  | { readonly type: "left" };

/** One event that reached one screen: a raised hand (by whom) or a turned page (which). */
export interface Receipt {
  readonly what: string;
  readonly at: number;
}

/** Epoch milliseconds with fractions. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();
