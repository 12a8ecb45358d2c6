import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../http/request-json.ts";

type Failure = Extract<Answer<unknown>, { ok: false }>;

/** What a page was asked for: with data it stays shown while newer data are asked for, or could not be had. */
export interface Resource<Data> {
  readonly data: Data | null;
  /** Why the last request gave nothing. */
  readonly failure: Failure | null;
  /** When the data came (epoch ms, this browser's clock). */
  readonly loadedAt: number | null;
  readonly reload: () => Promise<void>;
}

interface Loaded<Data> {
  readonly key: string;
  readonly data: Data | null;
  readonly failure: Failure | null;
  readonly loadedAt: number | null;
}

/** Loads what `key` names, anew when the key changes; an answer for an earlier key is dropped. */
export function useResource<Data>(key: string, load: () => Promise<Answer<Data>>): Resource<Data> {
  const empty: Loaded<Data> = { key, data: null, failure: null, loadedAt: null };
  const [loaded, setLoaded] = useState(empty);
  const latest = useRef({ key, load });
  latest.current = { key, load };
  const reload = useCallback(async () => {
    const asked = latest.current;
    const answer = await asked.load();
    if (latest.current.key !== asked.key) return;
    setLoaded((before) => {
      if (answer.ok) return { key: asked.key, data: answer.data, failure: null, loadedAt: Date.now() };
      const kept = before.key === asked.key ? before : { data: null, loadedAt: null };
      return { ...kept, key: asked.key, failure: answer };
    });
  }, []);
  useEffect(() => void reload(), [key, reload]);
  const { data, failure, loadedAt } = loaded.key === key ? loaded : empty;
  return { data, failure, loadedAt, reload };
}

/** Calls `run` every so often while `isOn` and the page is seen, and at once when it is seen again. */
export function usePolling(run: () => void, everyMs: number, isOn: boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!isOn) return;
    const runIfSeen = () => {
      if (document.visibilityState === "visible") latest.current();
    };
    const timer = setInterval(runIfSeen, everyMs);
    document.addEventListener("visibilitychange", runIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", runIfSeen);
    };
  }, [everyMs, isOn]);
}

/** Several answers as one: all of their data, or the first refusal. */
export function allOf<Parts extends readonly unknown[]>(
  answers: readonly [...{ [Index in keyof Parts]: Answer<Parts[Index]> }],
): Answer<Parts> {
  const refusal = answers.find((answer) => !answer.ok);
  if (refusal && !refusal.ok) return refusal;
  return { ok: true, data: answers.map((answer) => answer.ok && answer.data) as unknown as Parts };
}
