import type { CommandName } from "../protocol/commands.ts";
import type { ClassRole } from "../protocol/people.ts";

/** How far a client must have come: a socket, a snapshot, or presence in the class. */
export type Stage = "connected" | "entered" | "present";

export interface Permission {
  readonly roles: readonly ClassRole[];
  readonly needs: Stage;
}

const EVERYBODY: readonly ClassRole[] = ["instructor", "facilitator", "participant"];
const STAFF: readonly ClassRole[] = ["instructor", "facilitator"];

const everybody = (needs: Stage): Permission => ({ roles: EVERYBODY, needs });
const staff: Permission = { roles: STAFF, needs: "present" };

/** Who may send what, and when. A command without a row does not compile. */
export const PERMISSIONS: Readonly<Record<CommandName, Permission>> = {
  "class.enter": everybody("connected"),
  "presence.confirm": everybody("entered"),
  "presence.leave": everybody("entered"),
  "class.open": staff,
  "class.close": staff,
  "hand.raise": everybody("present"),
  "hand.lower": everybody("present"),
  "hand.call": staff,
  "hands.clear": staff,
  "chat.post": everybody("present"),
  // In a breakout room everybody; the class decides (PG4).
  "deck.show": everybody("present"),
  "deck.hide": everybody("present"),
  "page.turn": everybody("present"),
  "breakouts.plan": staff,
  "breakouts.assign": staff,
  "breakouts.open": staff,
  "breakouts.extend": staff,
  "breakouts.recall": staff,
  "breakouts.close": staff,
  "breakouts.discard": staff,
  "room.enter": everybody("present"),
  "room.choose": everybody("present"),
  "role.take": everybody("present"),
  "role.leave": everybody("present"),
  "help.ask": everybody("present"),
  "help.cancel": everybody("present"),
  "broadcast.post": staff,
  "broadcast.voice": staff,
  "sheet.present": everybody("present"),
  "sheet.hide": everybody("present"),
  "sheet.open": everybody("present"),
  "sheet.update": everybody("present"),
  "sheet.awareness": everybody("present"),
  "recording.start": staff,
  "recording.pause": staff,
  "recording.resume": staff,
  "recording.stop": staff,
  "recording.answer": everybody("entered"),
  "media.capabilities": everybody("present"),
  "media.transport": everybody("present"),
  "media.connect": everybody("present"),
  "media.restart-ice": everybody("present"),
  "media.produce": everybody("present"),
  "media.pause": everybody("present"),
  "media.resume": everybody("present"),
  "media.stop": everybody("present"),
  "media.view": everybody("present"),
  "media.ready": everybody("present"),
  "media.silence": staff,
  "media.silence-all": staff,
};
