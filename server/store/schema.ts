import type { Generated } from "kysely";
import type { ResultStatus } from "../protocol/completion.ts";
import type { ErrorCode } from "../protocol/errors.ts";
import type { SessionMode } from "../protocol/evidence.ts";
import type { ExportProblem, ExportStatus } from "../protocol/exports.ts";
import type {
  AccountId,
  AdjustmentId,
  ApiKeyId,
  BreakoutRoomId,
  CaseId,
  CertificateId,
  DeckId,
  DisputeId,
  EnrolmentId,
  ExportId,
  GroupPlanId,
  LinkId,
  PersonId,
  ProgrammeId,
  RecordingId,
  RecordingLinkId,
  ResultId,
  SessionId,
  SignInId,
  StaffId,
  SurveyAnswerId,
} from "../protocol/ids.ts";
import type { AccountRole, StaffRole } from "../protocol/people.ts";
import type { RecordingDeletionReason } from "../protocol/recording-office.ts";
import type { ConsentAnswer, RecordedRooms, RecordingEnd } from "../protocol/recordings.ts";
import type { SurveyKey } from "../protocol/surveys.ts";

/**
 * The tables as Kysely sees them. Times are epoch milliseconds; structured values are JSON text; `position`
 * rises with every row of its table and is what lists are ordered by.
 */
export interface Database {
  programmes: ProgrammeTable;
  programme_entries: ProgrammeEntryTable;
  enrolments: EnrolmentTable;
  staff: StaffTable;
  sessions: SessionTable;
  links: LinkTable;
  accounts: AccountTable;
  account_tokens: AccountTokenTable;
  sign_ins: SignInTable;
  second_factors: SecondFactorTable;
  recovery_codes: RecoveryCodeTable;
  api_keys: ApiKeyTable;
  decks: DeckTable;
  results: ResultTable;
  certificates: CertificateTable;
  certificate_numberings: CertificateNumberingTable;
  issuers: IssuerTable;
  issuer_logos: IssuerLogoTable;
  disputes: DisputeTable;
  dispute_proposals: DisputeProposalTable;
  idempotent_requests: IdempotentRequestTable;
  recordings: RecordingTable;
  consents: ConsentTable;
  captions: CaptionTable;
  recording_exports: RecordingExportTable;
  recording_settings: RecordingSettingsTable;
  recording_links: RecordingLinkTable;
  recording_removals: RecordingRemovalTable;
  sheets: SheetTable;
  cases: PreparedTable<CaseId>;
  group_plans: PreparedTable<GroupPlanId>;
  scores: ScoreTable;
  sheet_updates: SheetUpdateTable;
  sheet_authors: SheetAuthorTable;
  survey_settings: SurveySettingsTable;
  survey_returns: SurveyReturnTable;
  survey_answers: SurveyAnswerTable;
  settings: SettingTable;
  trail: TrailTable;
  trail_people: TrailPersonTable;
  trail_head: TrailHeadTable;
  ledger: LedgerTable;
  class_log: ClassLogTable;
  class_heads: ClassHeadTable;
  open_connections: OpenConnectionTable;
}

export interface ProgrammeTable {
  position: Generated<number>;
  id: ProgrammeId;
  code: string;
  title: string;
  units: string;
  policy: string;
  policy_version: number;
  policy_frozen_at: number | null;
  created_at: number;
}

interface ProgrammeEntryTable {
  programme_id: ProgrammeId;
  version: number;
  conditions: string;
}

export interface EnrolmentTable {
  position: Generated<number>;
  id: EnrolmentId;
  programme_id: ProgrammeId;
  external_id: string;
  name: string;
  email: string | null;
  institution: string | null;
  group_name: string | null;
  birth_date: string | null;
  education: string | null;
  assignment_letter: string | null;
  created_at: number;
  /** When the personal fields were erased. */
  erased_at: number | null;
  /** Calendar feeds with an earlier version no longer count; from 1. */
  calendar_version: Generated<number>;
}

export interface StaffTable {
  position: Generated<number>;
  id: StaffId;
  programme_id: ProgrammeId;
  name: string;
  email: string;
  /** The e-mail as it is compared: `emailKeyFrom`. */
  email_key: string;
  role: StaffRole;
  created_at: number;
}

export interface SessionTable {
  position: Generated<number>;
  id: SessionId;
  programme_id: ProgrammeId;
  unit: string;
  title: string;
  mode: SessionMode;
  group_name: string | null;
  time_zone: string;
  slots: string;
  /** JSON array of enrolment ids; null until the first closing. */
  fixed_roster: string | null;
  created_at: number;
  /** Rises with every change, from 0. */
  sequence: Generated<number>;
  updated_at: Generated<number | null>;
  /** Slots that were taken out, as JSON: calendars must hear of them. */
  removed_slots: Generated<string>;
  /** JSON `{at, by, reason}`; null while the session stands. */
  cancellation: Generated<string | null>;
}

export interface LinkTable {
  position: Generated<number>;
  id: LinkId;
  session_id: SessionId;
  enrolment_id: EnrolmentId | null;
  staff_id: StaffId | null;
  token_hash: string;
  expires_at: number;
  revoked_at: number | null;
  created_at: number;
}

export interface AccountTable {
  position: Generated<number>;
  id: AccountId;
  email: string;
  /** The e-mail as it is compared: `emailKeyFrom`. */
  email_key: string;
  name: string;
  role: AccountRole;
  /** With its parameters and salt; null for who never set one. */
  password_hash: string | null;
  disabled_at: number | null;
  created_at: number;
}

interface AccountTokenTable {
  token_hash: string;
  account_id: AccountId;
  /** What its link is for. */
  purpose: "sign-in" | "password";
  expires_at: number;
}

export interface SignInTable {
  id: SignInId;
  account_id: AccountId;
  token_hash: string;
  via: "link" | "password";
  device: string;
  created_at: number;
  expires_at: number;
}

/** Counts only once it is confirmed. */
interface SecondFactorTable {
  account_id: AccountId;
  /** Base32, RFC 4648. */
  secret: string;
  confirmed_at: number | null;
  /** The time step of the last code that was taken. */
  last_step: number | null;
}

/** A code that was used is deleted. */
interface RecoveryCodeTable {
  account_id: AccountId;
  code_hash: string;
}

export interface ApiKeyTable {
  position: Generated<number>;
  id: ApiKeyId;
  name: string;
  scopes: string;
  key_hash: string;
  /** Whose key it is; null for one of nobody's. */
  owner_id: AccountId | null;
  revoked_at: number | null;
  created_at: number;
}

export interface DeckTable {
  position: Generated<number>;
  id: DeckId;
  session_id: SessionId;
  title: string;
  status: "processing" | "ready" | "failed";
  failure: ErrorCode | null;
  page_count: number;
  created_at: number;
}

export interface ResultTable {
  position: Generated<number>;
  id: ResultId;
  programme_id: ProgrammeId;
  enrolment_id: EnrolmentId;
  requirement: string;
  score: number | null;
  status: ResultStatus | null;
  taken_at: number;
  source: string;
  created_at: number;
  updated_at: number;
}

export interface CertificateTable {
  position: Generated<number>;
  id: CertificateId;
  programme_id: ProgrammeId;
  enrolment_id: EnrolmentId;
  sequence: number;
  number: string;
  code: string;
  /** JSON of what it shows. */
  facts: string;
  credential: string;
  issued_by: string;
  created_at: number;
  revoked_at: number | null;
  revoked_by: string | null;
  revoked_reason: string | null;
  erased_at: number | null;
}

export interface DisputeTable {
  position: Generated<number>;
  id: DisputeId;
  session_id: SessionId;
  slot_id: string;
  enrolment_id: EnrolmentId;
  reason: string;
  /** JSON of the file's name, type, bytes and hash; null where none came. */
  file: string | null;
  created_at: number;
  answer: string | null;
  answered_by: string | null;
  answered_at: number | null;
}

interface DisputeProposalTable {
  position: Generated<number>;
  dispute_id: DisputeId;
  adjustment_id: AdjustmentId;
}

interface CertificateNumberingTable {
  programme_id: ProgrammeId;
  template: string;
}

interface IssuerTable {
  /** The installation has one. */
  id: 1;
  issuer: string;
}

interface IssuerLogoTable {
  /** SHA-256 of the picture, in hex. */
  hash: string;
  type: string;
  /** In base64, as all databases keep text. */
  content: string;
  created_at: number;
}

interface IdempotentRequestTable {
  /** SHA-256 of who sent it, where to, and its key. */
  id: string;
  fingerprint: string;
  started_at: number;
  /** Encrypted; null while it runs. */
  answer: string | null;
}

interface RecordingTable {
  id: RecordingId;
  session_id: SessionId;
  rooms: RecordedRooms;
  has_chat: number;
  started_at: number;
  started_by: string;
  ended_at: number | null;
  end_reason: RecordingEnd | null;
  kept_days: Generated<number>;
  kept_until: number | null;
  kept_reason: string | null;
  kept_by: string | null;
  kept_changed_at: number | null;
  warned_at: number | null;
  captured_bytes: number | null;
  deletion_at: number | null;
  deletion_reason: RecordingDeletionReason | null;
  deletion_note: string | null;
  deletion_by: string | null;
  deleted_at: number | null;
}

/** `scope` is `installation` or a programme's id; null where nothing is set. */
interface RecordingSettingsTable {
  scope: string;
  kept_days: number | null;
  budget_bytes: number | null;
}

export interface RecordingLinkTable {
  id: RecordingLinkId;
  recording_id: RecordingId;
  label: string;
  token_hash: string;
  expires_at: number;
  created_at: number;
  created_by: string;
  revoked_at: number | null;
  view_count: Generated<number>;
  last_viewed_at: number | null;
}

/** Somebody who is to be taken out of a recording; `done_at` is null until the files have lost them. */
interface RecordingRemovalTable {
  recording_id: RecordingId;
  person_id: PersonId;
  asked_at: number;
  asked_by: string;
  done_at: number | null;
}

/** Captions of a recording in one language; `cues` is JSON. */
interface CaptionTable {
  recording_id: RecordingId;
  language: string;
  cue_count: number;
  cues: string;
  updated_at: number;
}

/** One answer; `class_seq` is its event's place in the class. */
interface ConsentTable {
  session_id: SessionId;
  class_seq: number;
  person_id: PersonId;
  is_given: number;
  text_version: number;
  language: ConsentAnswer["language"];
  text_hash: string;
  at: number;
  kept_days: number | null;
}

interface RecordingExportTable {
  position: Generated<number>;
  id: ExportId;
  recording_id: RecordingId;
  session_id: SessionId;
  status: ExportStatus;
  language: ConsentAnswer["language"];
  requested_at: number;
  requested_by: string;
  ended_at: number | null;
  done_ms: number;
  total_ms: number;
  bytes: number | null;
  failure: ExportProblem | null;
}

interface SheetTable {
  position: Generated<number>;
  session_id: SessionId;
  room_id: BreakoutRoomId;
  /** JSON of the case as it was when the room was planned. */
  case_snapshot: string;
  created_at: number;
}

/** A sheet's content: the Yjs updates in their order, of which the first may be many in one. */
interface SheetUpdateTable {
  position: Generated<number>;
  session_id: SessionId;
  room_id: BreakoutRoomId;
  bytes: Uint8Array;
  at: number;
}

/** Whose each Yjs client of a sheet is. */
interface SheetAuthorTable {
  session_id: SessionId;
  room_id: BreakoutRoomId;
  client_id: number;
  person_id: PersonId;
}

interface SurveySettingsTable {
  programme_id: ProgrammeId;
  version: number;
  /** JSON of what is set. */
  chosen: string;
}

/** Who has answered which form: no time, and nothing of the answer. */
export interface SurveyReturnTable {
  programme_id: ProgrammeId;
  enrolment_id: EnrolmentId;
  survey: SurveyKey;
}

/** The answers: no person and no time. Rows lie in the order of their ids, which are random. */
export interface SurveyAnswerTable {
  id: SurveyAnswerId;
  programme_id: ProgrammeId;
  survey: SurveyKey;
  batch: number;
  content: string;
}

interface SettingTable {
  name: string;
  value: string;
}

/** Who saw or changed what: append-only, like the ledger. */
export interface TrailTable {
  seq: number;
  at: number;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  programme_id: ProgrammeId | null;
  session_id: SessionId | null;
  /** JSON of the row's other fields, without `prev` and `hash`. */
  body: string;
  prev: string;
  hash: string;
}

interface TrailPersonTable {
  person_id: string;
  seq: number;
}

/** One row: where the trail ends. */
interface TrailHeadTable {
  id: number;
  seq: number;
  at: number;
  hash: string;
}

/** What staff prepared, whole as one JSON. */
interface PreparedTable<Id extends string> {
  position: Generated<number>;
  id: Id;
  session_id: SessionId;
  body: string;
  updated_at: number;
}

interface ScoreTable {
  session_id: SessionId;
  room_id: string;
  body: string;
}

/** The evidence: append-only, also for whoever has the database's password and nothing else. */
export interface LedgerTable {
  session_id: SessionId;
  seq: number;
  at: number;
  type: string;
  /** JSON of the row's other fields, without `prev` and `hash`. */
  body: string;
  prev: string;
  hash: string;
  /** The place among the class's events; null for evidence that is none. */
  class_seq: number | null;
}

export interface ClassLogTable {
  session_id: SessionId;
  class_seq: number;
  at: number;
  type: string;
  body: string;
}

/** Where each class stands, written in the transaction of the rows it sums up. */
export interface ClassHeadTable {
  session_id: SessionId;
  ledger_seq: number;
  ledger_hash: string;
  ledger_at: number;
  class_seq: number;
  /** The greatest `at` of both tables. */
  last_at: number;
  /** 1 from `class.opened` to `class.closed`. */
  is_open: number;
  /** How often a node of a cluster has taken the class; what it appends must carry this. */
  home_epoch: Generated<number>;
  /** The node that runs it; null while none does, and where there is no cluster; empty where a stop cut it off. */
  home_node: string | null;
  /** How many turns of the office are over: what it decides is written only where nobody was faster. */
  office_turn: Generated<number>;
}

/** Connections with a `presence.joined` that nothing has ended yet. */
interface OpenConnectionTable {
  session_id: SessionId;
  connection_id: string;
}
