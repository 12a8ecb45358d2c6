import { z } from "zod";

/**
 * Every id is a three-letter prefix, an underscore and random base-62 characters. The prefix says what
 * the id names, so that an id in the wrong place is refused at the boundary.
 */
function idOf<Prefix extends string>(prefix: Prefix) {
  return z
    .string()
    .max(64)
    .regex(new RegExp(`^${prefix}_[0-9A-Za-z]{1,48}$`), `must be an id that begins with ${prefix}_`)
    .brand(prefix);
}

export const programmeIdSchema = idOf("prg");
export const sessionIdSchema = idOf("ses");
export const slotIdSchema = idOf("slt");
export const enrolmentIdSchema = idOf("enr");
export const staffIdSchema = idOf("stf");
/** An account's id keeps the prefix of the administrators' that accounts grew out of. */
export const accountIdSchema = idOf("adm");
export const signInIdSchema = idOf("sgn");
export const deviceIdSchema = idOf("dev");
export const linkIdSchema = idOf("lnk");
export const apiKeyIdSchema = idOf("key");
export const connectionIdSchema = idOf("con");
export const breakoutRoomIdSchema = idOf("rom");
export const deckIdSchema = idOf("dck");
export const messageIdSchema = idOf("msg");
export const resultIdSchema = idOf("res");
export const certificateIdSchema = idOf("crt");
export const adjustmentIdSchema = idOf("adj");
export const disputeIdSchema = idOf("dsp");
export const caseIdSchema = idOf("cas");
export const questionIdSchema = idOf("qst");
export const criterionIdSchema = idOf("cri");
export const attachmentIdSchema = idOf("att");
export const surveyAnswerIdSchema = idOf("ans");
export const groupPlanIdSchema = idOf("pln");
export const recordingIdSchema = idOf("rec");
export const exportIdSchema = idOf("exp");
export const recordingLinkIdSchema = idOf("rlk");

export type ProgrammeId = z.infer<typeof programmeIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
export type SlotId = z.infer<typeof slotIdSchema>;
export type EnrolmentId = z.infer<typeof enrolmentIdSchema>;
export type StaffId = z.infer<typeof staffIdSchema>;
export type AccountId = z.infer<typeof accountIdSchema>;
export type SignInId = z.infer<typeof signInIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type LinkId = z.infer<typeof linkIdSchema>;
export type ApiKeyId = z.infer<typeof apiKeyIdSchema>;
export type ConnectionId = z.infer<typeof connectionIdSchema>;
export type BreakoutRoomId = z.infer<typeof breakoutRoomIdSchema>;
export type DeckId = z.infer<typeof deckIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type ResultId = z.infer<typeof resultIdSchema>;
export type CertificateId = z.infer<typeof certificateIdSchema>;
export type AdjustmentId = z.infer<typeof adjustmentIdSchema>;
export type DisputeId = z.infer<typeof disputeIdSchema>;
export type CaseId = z.infer<typeof caseIdSchema>;
export type QuestionId = z.infer<typeof questionIdSchema>;
export type CriterionId = z.infer<typeof criterionIdSchema>;
export type AttachmentId = z.infer<typeof attachmentIdSchema>;
export type SurveyAnswerId = z.infer<typeof surveyAnswerIdSchema>;
export type GroupPlanId = z.infer<typeof groupPlanIdSchema>;
export type RecordingId = z.infer<typeof recordingIdSchema>;
export type ExportId = z.infer<typeof exportIdSchema>;
export type RecordingLinkId = z.infer<typeof recordingLinkIdSchema>;

/** The room everybody is in while no breakout rooms are open. */
export const MAIN_ROOM = "main";
export const roomIdSchema = z.union([z.literal(MAIN_ROOM), breakoutRoomIdSchema]);
/** `main` or a breakout room's id. */
export type RoomId = z.infer<typeof roomIdSchema>;

/** Whoever can be in a class: a participant by their enrolment, or a member of the staff. */
export const personIdSchema = z.union([enrolmentIdSchema, staffIdSchema]);
export type PersonId = z.infer<typeof personIdSchema>;

/** What each prefix names. */
export interface IdOf {
  prg: ProgrammeId;
  ses: SessionId;
  slt: SlotId;
  enr: EnrolmentId;
  stf: StaffId;
  adm: AccountId;
  sgn: SignInId;
  dev: DeviceId;
  lnk: LinkId;
  key: ApiKeyId;
  con: ConnectionId;
  rom: BreakoutRoomId;
  dck: DeckId;
  msg: MessageId;
  res: ResultId;
  adj: AdjustmentId;
  dsp: DisputeId;
  ans: SurveyAnswerId;
  crt: CertificateId;
  cas: CaseId;
  qst: QuestionId;
  cri: CriterionId;
  att: AttachmentId;
  pln: GroupPlanId;
  rec: RecordingId;
  exp: ExportId;
  rlk: RecordingLinkId;
}
export type IdPrefix = keyof IdOf;

/** Makes a new, unguessable id; tests count instead. */
export type NewId = <Prefix extends IdPrefix>(prefix: Prefix) => IdOf[Prefix];
