import { breakoutsAfter } from "../../server/protocol/breakouts-view.ts";
import type { BreakoutRoom, ClassEvent } from "../../server/protocol/events.ts";
import type { BreakoutsView } from "../../server/protocol/views.ts";

type Planned = Extract<ClassEvent, { type: "breakouts.planned" }>;

/** A plan's event, with all that is not named left at its default. */
export function plannedFor(rooms: readonly BreakoutRoom[], rest: Partial<Planned> = {}): Planned {
  return {
    type: "breakouts.planned",
    rooms: [...rooms],
    assignment: {},
    placing: { kind: "listed" },
    case: null,
    slides: null,
    minutes: null,
    by: "stf_ina",
    ...rest,
  };
}

/** Open rooms, as a client sees them. */
export function breakoutsOf(
  rooms: readonly BreakoutRoom[],
  assignment: Planned["assignment"] = {},
): BreakoutsView {
  const planned = breakoutsAfter(null, plannedFor(rooms, { assignment }), 1);
  const open = breakoutsAfter(planned, { type: "breakouts.opened", endsAt: null, by: "stf_ina" }, 2);
  if (!open) throw new Error("rooms that were planned are open");
  return open;
}
