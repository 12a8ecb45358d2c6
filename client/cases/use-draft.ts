import { useEffect, useMemo, useState } from "preact/hooks";
import { createKeptDraft } from "./kept-draft.ts";

interface DraftOf<Draft> {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly isDirty: boolean;
  /** Whether what is shown was found in this browser, not on the server. */
  readonly isRestored: boolean;
  /** What the server has now; `shown` is what was sent, so that letters typed meanwhile stay. */
  readonly saved: (stored: Draft, sent: Draft) => void;
  readonly discard: () => void;
}

/** Something that is written and saved by a button. Until then it is kept in this browser, and leaving the page warns. */
export function useDraft<Draft extends object>(
  name: string,
  stored: Draft,
  first: Draft = stored,
): DraftOf<Draft> {
  const kept = useMemo(() => createKeptDraft<Draft>(name), [name]);
  const found = useMemo(() => kept.read(), []);
  const [draft, setDraft] = useState<Draft>(found ?? first);
  const [base, setBase] = useState(stored);
  const [isRestored, setRestored] = useState(found !== null);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(base);
  useEffect(() => {
    if (isDirty) kept.write(draft);
    else kept.forget();
  }, [kept, draft, isDirty]);
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isDirty]);
  return {
    draft,
    change: (change) => setDraft((now) => ({ ...now, ...change })),
    isDirty,
    isRestored: isRestored && isDirty,
    saved(now, sent) {
      kept.forget();
      setBase(now);
      setRestored(false);
      setDraft((shown) => (shown === sent ? now : shown));
    },
    discard() {
      setRestored(false);
      setDraft(base);
    },
  };
}
