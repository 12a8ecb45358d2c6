import type { PendingMark } from "./mark-queue.ts";

const STATUSES: ReadonlySet<unknown> = new Set(["present", "excused", "sick", "absent"]);

/** Marks that could not be sent, kept in this browser under the link's name. */
export function createKeptMarks(linkId: string) {
  const name = `balai.roll-call.${linkId}`;
  return {
    read(): readonly PendingMark[] {
      try {
        const kept: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
        return Array.isArray(kept) ? kept.filter(isMark) : [];
      } catch {
        return [];
      }
    },
    write(marks: readonly PendingMark[]): void {
      try {
        if (marks.length === 0) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(marks));
      } catch {
        // Without storage they last as long as the page.
      }
    },
  };
}

function isMark(mark: unknown): mark is PendingMark {
  const { slotId, enrolmentId, status } = (mark ?? {}) as Partial<PendingMark>;
  return typeof slotId === "string" && typeof enrolmentId === "string" && STATUSES.has(status);
}
