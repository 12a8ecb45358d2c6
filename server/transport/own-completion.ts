import type { Clock, Programme, Store } from "../ports.ts";
import type { CompletionItem, CompletionReport } from "../protocol/completion.ts";
import type { EnrolmentId, ProgrammeId } from "../protocol/ids.ts";
import { completionReportOf } from "./programme-completion.ts";

/** At the end of a class everybody asks at once: within this time one computation answers all. */
const SHARED_FOR_MS = 10_000;

interface OwnCompletionReader {
  /** One person's decision, at most ten seconds old; null for somebody who came onto the roster since. */
  read(
    programme: Programme,
    enrolmentId: EnrolmentId,
  ): Promise<{ readonly report: CompletionReport; readonly own: CompletionItem | null }>;
}

interface Computed {
  readonly at: number;
  readonly policyVersion: number;
  readonly report: Promise<CompletionReport>;
}

export function createOwnCompletionReader({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): OwnCompletionReader {
  const computed = new Map<ProgrammeId, Computed>();

  function shared(programme: Programme): Promise<CompletionReport> {
    const now = clock.now();
    for (const [id, { at }] of computed) if (now - at >= SHARED_FOR_MS) computed.delete(id);
    const known = computed.get(programme.id);
    if (known?.policyVersion === programme.policyVersion) return known.report;
    const report = completionReportOf(store, programme, now);
    computed.set(programme.id, { at: now, policyVersion: programme.policyVersion, report });
    report.catch(() => computed.delete(programme.id));
    return report;
  }

  return {
    async read(programme, enrolmentId) {
      const report = await shared(programme);
      return { report, own: report.items.find((item) => item.enrolmentId === enrolmentId) ?? null };
    },
  };
}
