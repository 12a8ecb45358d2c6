import type { Preparation } from "../../server/protocol/case-work.ts";
import type { EnrolmentId } from "../../server/protocol/ids.ts";

export interface PasteProblem {
  /** From 1. */
  readonly row: number;
  readonly why: "shape" | "unknown" | "several" | "twice";
  readonly who: string;
}

export interface PastedGroups {
  readonly groups: readonly { readonly title: string; readonly enrolmentIds: readonly EnrolmentId[] }[];
  readonly problems: readonly PasteProblem[];
}

type People = Preparation["people"];

/**
 * CW11: groups from lines of `group;name or number`, also with a tab or a comma between; in the order in which
 * they are first named. Names are compared without case, accents and doubled spaces, a number only as a whole.
 */
export function groupsFromPaste(text: string, people: People): PastedGroups {
  const groups = new Map<string, { title: string; enrolmentIds: EnrolmentId[] }>();
  const problems: PasteProblem[] = [];
  const seen = new Set<EnrolmentId>();
  const find = finderOf(people);
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const row = at + 1;
    const parts = splitLine(line);
    if (!parts) {
      problems.push({ row, why: "shape", who: line.trim() });
      continue;
    }
    const [title, who] = parts;
    const group = groups.get(plain(title)) ?? { title, enrolmentIds: [] };
    groups.set(plain(title), group);
    const found = find(who);
    const [only] = found;
    if (!only) problems.push({ row, why: "unknown", who });
    else if (found.length > 1) problems.push({ row, why: "several", who });
    else if (seen.has(only)) problems.push({ row, why: "twice", who });
    else {
      seen.add(only);
      group.enrolmentIds.push(only);
    }
  }
  return { groups: [...groups.values()], problems };
}

function splitLine(line: string): readonly [string, string] | null {
  // A name may have commas of its own: degrees stand behind them.
  const separator = [";", "\t", ","].find((one) => line.includes(one));
  if (separator === undefined) return null;
  const at = line.indexOf(separator);
  const title = unquoted(line.slice(0, at));
  const who = unquoted(line.slice(at + 1));
  return title && who ? [title.slice(0, 60), who] : null;
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();
}

function finderOf(people: People): (who: string) => readonly EnrolmentId[] {
  const byNumber = new Map(people.map(({ externalId, enrolmentId }) => [externalId, enrolmentId]));
  const byName = Map.groupBy(people, ({ name }) => plain(name));
  return (who) => {
    const number = byNumber.get(who) ?? byNumber.get(who.replace(/^'|\s/g, ""));
    if (number) return [number];
    return byName.get(plain(who))?.map(({ enrolmentId }) => enrolmentId) ?? [];
  };
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim().toLowerCase();
}
