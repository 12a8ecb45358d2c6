import { useEffect, useState } from "preact/hooks";
import type { Attendee } from "../attendees.ts";

const LINGER_MS = 300;

/** The people to show: newcomers at once, leavers for 300 ms more, so that a reload does not shuffle the tiles. */
export function useLingering(present: readonly Attendee[]): readonly Attendee[] {
  const [shown, setShown] = useState(present);
  useEffect(() => {
    const here = new Set(present.map(({ person }) => person.personId));
    const hasLeavers = shown.some(({ person }) => !here.has(person.personId));
    if (!hasLeavers) return setShown(present);
    const timer = setTimeout(() => setShown(present), LINGER_MS);
    return () => clearTimeout(timer);
  }, [present]);
  return merged(present, shown);
}

/** Leavers keep their place among those who stay, with what is newest about everybody. */
function merged(present: readonly Attendee[], shown: readonly Attendee[]): readonly Attendee[] {
  const here = new Set(present.map(({ person }) => person.personId));
  const result = [...present];
  shown.forEach((attendee, index) => {
    if (!here.has(attendee.person.personId)) result.splice(Math.min(index, result.length), 0, attendee);
  });
  return result;
}
