import type { IdOf, IdPrefix, NewId } from "../../server/protocol/ids.ts";

/** Ids that count from 1 for each prefix: `rom_1`, `rom_2`, `msg_1`… */
export function countedIds(): NewId {
  const counts = new Map<IdPrefix, number>();
  return <Prefix extends IdPrefix>(prefix: Prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return `${prefix}_${count}` as IdOf[Prefix];
  };
}
