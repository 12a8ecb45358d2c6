import { lastGroupsFrom, type WorkedRoom as Worked, workedRoomsFrom } from "../domain/worked-rooms.ts";
import type { SavedCase, Session, Sheets, Store } from "../ports.ts";
import type { GroupWork, Preparation, RoomWork, Score, WorkedRoom } from "../protocol/case-work.ts";
import type { CaseQuestion } from "../protocol/cases.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import {
  type BreakoutRoomId,
  type CaseId,
  enrolmentIdSchema,
  type SessionId,
  staffIdSchema,
} from "../protocol/ids.ts";
import type { SheetAnswer } from "../protocol/sheets.ts";
import { everyPageOf } from "./every-page-of.ts";

/** A case of this session; another session's is as unknown as none. */
export async function caseOf(store: Store, sessionId: SessionId, id: CaseId): Promise<Result<SavedCase>> {
  const found = await store.cases.find(id);
  return found?.sessionId === sessionId ? accept(found) : refuse("case-unknown");
}

/** The rooms of a session that worked on a case, with names, roles and scores. */
export async function workedRooms(store: Store, session: Session): Promise<readonly WorkedRoom[]> {
  const rooms = workedRoomsFrom(await store.classes.replay(session.id)).filter((room) => room.case !== null);
  const scores = new Map((await store.scores.list(session.id)).map((score) => [score.roomId, score]));
  const nameOf = namesIn(store);
  return await Promise.all(rooms.map((room) => toWorkedRoom(room, scores.get(room.roomId) ?? null, nameOf)));
}

async function toWorkedRoom(
  room: Worked,
  score: Score | null,
  nameOf: (id: string) => Promise<string>,
): Promise<WorkedRoom> {
  const work = room.case;
  if (!work) throw new Error(`${room.roomId} worked on no case`);
  return {
    roomId: room.roomId,
    title: room.title,
    caseId: work.caseId as CaseId,
    members: await Promise.all(
      room.members.map(async (enrolmentId) => ({ enrolmentId, name: await nameOf(enrolmentId) })),
    ),
    roles: await Promise.all(
      work.roles.map(async ({ code, title }) => {
        const holder = room.roles[code];
        return { code, title, name: holder === undefined ? null : await nameOf(holder) };
      }),
    ),
    score,
  };
}

function namesIn(store: Store): (id: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const find = async (id: string) => {
    const enrolmentId = enrolmentIdSchema.safeParse(id).data;
    if (enrolmentId) return (await store.enrolments.find(enrolmentId))?.name ?? "";
    return (await store.staff.find(staffIdSchema.parse(id)))?.name ?? "";
  };
  return (id) => {
    const name = known.get(id) ?? find(id);
    known.set(id, name);
    return name;
  };
}

/** CW2: the groups of this session's last rooms, or of the latest session before it that had any. */
export async function lastGroups(store: Store, session: Session) {
  const sessions = [];
  for (let cursor: string | null = null; ; ) {
    const page = await store.sessions.list(session.programmeId, { limit: 1000, cursor });
    sessions.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  const startOf = (one: Session) => Math.min(...one.slots.map((slot) => slot.startAt));
  const earlier = sessions
    .filter((one) => one.id !== session.id && startOf(one) <= startOf(session))
    .toSorted((a, b) => startOf(b) - startOf(a));
  for (const one of [session, ...earlier]) {
    const groups = lastGroupsFrom(await store.classes.replay(one.id));
    if (groups.length > 0) return { from: { sessionId: one.id, title: one.title }, groups };
  }
  return { from: null, groups: [] };
}

/** CW7: one room's answers beside its case; refuses `room-unknown`. */
export async function roomWork(
  store: Store,
  sheets: Pick<Sheets, "answers">,
  key: { readonly sessionId: SessionId; readonly roomId: BreakoutRoomId },
): Promise<Result<RoomWork>> {
  const sheet = await store.sheets.find(key);
  if (!sheet) return refuse("room-unknown");
  const written = new Map((await sheets.answers(key))?.map((one) => [one.questionId, one.answer]));
  return accept({
    roomId: key.roomId,
    case: sheet.case,
    answers: sheet.case.questions.map(({ questionId }) => ({
      questionId,
      answer: written.get(questionId) || null,
    })),
  });
}

const ASSIGNMENT = "assignment:";

/** CW8: what staff need beside cases and plans. */
export async function preparation(store: Store, session: Session): Promise<Preparation> {
  const { programmeId } = session;
  const [roster, sessions, programme] = await Promise.all([
    store.enrolments.roster(programmeId, session.group),
    everyPageOf((page) => store.sessions.list(programmeId, page)),
    store.programmes.find(programmeId),
  ]);
  const startOf = ({ slots }: Session) => Math.min(...slots.map(({ startAt }) => startAt));
  return {
    people: roster.map(({ id: enrolmentId, externalId, name, institution }) => {
      return { enrolmentId, externalId, name, institution };
    }),
    sessions: sessions
      .filter(({ id }) => id !== session.id)
      .toSorted((a, b) => startOf(a) - startOf(b))
      .map((one) => ({ sessionId: one.id, title: one.title, startAt: startOf(one), timeZone: one.timeZone })),
    assignments: (programme?.policy.requirements ?? [])
      .filter(({ code }) => code.startsWith(ASSIGNMENT))
      .map(({ code }) => code.slice(ASSIGNMENT.length)),
  };
}

/** CW5: everything the groups of a session wrote, with roles and scores. */
export async function groupWork(
  store: Store,
  session: Session,
  answersOf: (roomId: WorkedRoom["roomId"]) => Promise<readonly SheetAnswer[] | null>,
): Promise<GroupWork> {
  const sheets = new Map((await store.sheets.list(session.id)).map((sheet) => [sheet.roomId, sheet.case]));
  const rooms = await workedRooms(store, session);
  return {
    session: { id: session.id, title: session.title },
    rooms: await Promise.all(
      rooms.map(async (room) => {
        const work = sheets.get(room.roomId);
        const answers = new Map(
          (await answersOf(room.roomId))?.map(({ questionId, answer }) => [questionId, answer]),
        );
        const points = new Map(room.score?.points.map((one) => [one.criterionId, one.points]));
        return {
          ...room,
          case: { title: work?.title ?? "", requirement: work?.requirement ?? null },
          answers: (work?.questions ?? []).map((question) => ({
            questionId: question.questionId,
            title: question.title,
            answer: answerInWords(question, answers.get(question.questionId)),
          })),
          criteria: (work?.rubric ?? []).map(({ criterionId, title, maxPoints }) => ({
            title,
            maxPoints,
            points: points.get(criterionId) ?? null,
          })),
        };
      }),
    ),
  };
}

/** A choice in its option's words: whoever reads the export has no codes beside it. */
function answerInWords({ form }: CaseQuestion, answer: string | undefined): string | null {
  if (!answer) return null;
  if (form.kind === "text") return answer;
  return form.options.find(({ code }) => code === answer)?.title ?? answer;
}
