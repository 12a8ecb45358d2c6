import type { BreakoutPlan } from "../domain/class-command.ts";
import type { SavedCase, Store } from "../ports.ts";
import type { CommandArgs } from "../protocol/commands.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { BreakoutSlides } from "../protocol/events.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { HandlerParts } from "./class-handlers.ts";
import type { Session } from "./session.ts";

type PlanArgs = CommandArgs<"breakouts.plan">;

/**
 * BR11, CW4: looks up what a plan names (its case and slides, who is still on the roster), gives every room its
 * sheet, and then plans. The sheets come first: a plan that is in the log has them, whatever stops the server.
 * Answers with how many of the named people are on the roster no more.
 */
export async function planRooms(
  { store, sheets, newId }: HandlerParts,
  session: Session,
  { caseId, groups, ...rule }: PlanArgs,
): Promise<Result<{ readonly skipped: number }>> {
  const place = session.place();
  if (!place) return refuse("not-entered");
  if (place.live.state().breakouts?.status === "open") return refuse("breakouts-open");
  const { sessionId } = session.visitor;
  const work = caseId ? await store.cases.find(caseId) : null;
  if (caseId && work?.sessionId !== sessionId) return refuse("case-unknown");
  const known = groups ? await knownGroups(store, place.live.session, groups) : null;
  const roomIds = Array.from({ length: rule.count }, () => newId("rom"));
  if (work) await sheets.make(sessionId, roomIds, caseFrom(work));
  const plan: BreakoutPlan = {
    ...rule,
    minutes: rule.minutes ?? work?.minutes,
    roomIds,
    groups: known?.groups,
    case: work && { caseId: work.caseId, title: work.title, roles: work.roles },
    slides: work && (await slidesFrom(store, sessionId, work)),
  };
  const result = await place.live.run({ type: "breakouts.plan", args: plan }, session.actor());
  return result.ok ? accept({ skipped: known?.skipped ?? 0 }) : result;
}

function caseFrom({ sessionId: _session, updatedAt: _updated, ...work }: SavedCase) {
  return work;
}

/** A deck that is not ready, or of another session, stays away: the rooms do without slides. */
async function slidesFrom(
  store: Pick<Store, "decks">,
  sessionId: SessionId,
  { slides }: SavedCase,
): Promise<BreakoutSlides | null> {
  const deck = slides && (await store.decks.find(slides.deckId));
  if (!slides || deck?.sessionId !== sessionId || deck.status !== "ready") return null;
  const { id: deckId, title, pageCount } = deck;
  return { deck: { deckId, title, pageCount }, from: slides.fromPage, to: slides.toPage };
}

async function knownGroups(
  store: Pick<Store, "enrolments">,
  {
    programmeId,
    group,
  }: { readonly programmeId: Parameters<Store["enrolments"]["roster"]>[0]; readonly group: string | null },
  groups: NonNullable<PlanArgs["groups"]>,
) {
  const roster = new Set((await store.enrolments.roster(programmeId, group)).map((person) => person.id));
  const seen = new Set<string>();
  const kept = groups.map(({ title, personIds }) => ({
    title,
    personIds: personIds.filter((id) => {
      if (!roster.has(id) || seen.has(id)) return false;
      seen.add(id);
      return true;
    }),
  }));
  const named = groups.reduce((sum, { personIds }) => sum + personIds.length, 0);
  return { groups: kept, skipped: named - seen.size };
}
