import type { LocalState } from "../media/local-state.ts";

/** What to say about camera and microphone before joining; null where all is well. */
export interface MediaWords {
  readonly key:
    | "join.media.asking"
    | "join.media.denied"
    | "join.media.missing"
    | "join.media.inUse"
    | "join.media.insecure"
    | "join.media.failed"
    | "join.media.noCamera"
    | "join.media.noMicrophone";
  readonly tone: "plain" | "wait";
  readonly canRetry: boolean;
}

const OF_PROBLEM = {
  denied: "join.media.denied",
  missing: "join.media.missing",
  "in-use": "join.media.inUse",
  unsupported: "join.media.failed",
  other: "join.media.failed",
} as const;

/** Never a reason to stay outside: each sentence says what still works. */
export function mediaWordsFrom(now: {
  readonly hasAsked: boolean;
  readonly camera: LocalState;
  readonly microphone: LocalState;
  readonly isSecure: boolean;
}): MediaWords | null {
  const { hasAsked, camera, microphone, isSecure } = now;
  if (!isSecure) return { key: "join.media.insecure", tone: "wait", canRetry: false };
  if (!hasAsked) return { key: "join.media.asking", tone: "plain", canRetry: false };
  if (microphone.status === "error" && camera.status === "error") {
    return { key: OF_PROBLEM[microphone.reason], tone: "wait", canRetry: true };
  }
  if (camera.status === "error") {
    return {
      key: camera.reason === "in-use" ? "join.media.inUse" : "join.media.noCamera",
      tone: "plain",
      canRetry: true,
    };
  }
  if (microphone.status === "error") {
    return {
      key: microphone.reason === "in-use" ? "join.media.inUse" : "join.media.noMicrophone",
      tone: "wait",
      canRetry: true,
    };
  }
  return null;
}
