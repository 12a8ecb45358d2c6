import type { RecordingAnswer } from "./domain/class-command.ts";
import type { SheetAccess } from "./domain/sheet-access.ts";
import type { CaptionCue } from "./protocol/caption-file.ts";
import type { SavedGroupPlan, Score } from "./protocol/case-work.ts";
import type { Case } from "./protocol/cases.ts";
import type { CertificateFacts } from "./protocol/certificates.ts";
import type { ResultStatus } from "./protocol/completion.ts";
import type { EntryCondition } from "./protocol/entry.ts";
import type { ErrorCode, Result } from "./protocol/errors.ts";
import type { SequencedEvent } from "./protocol/events.ts";
import type { ChainedRow, EvidenceBody, Policy, SessionMode, Slot } from "./protocol/evidence.ts";
import type { ExportList, RecordingExport } from "./protocol/exports.ts";
import type {
  AccountId,
  AdjustmentId,
  ApiKeyId,
  BreakoutRoomId,
  CaseId,
  CertificateId,
  ConnectionId,
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
  RoomId,
  SessionId,
  SignInId,
  SlotId,
  StaffId,
  SurveyAnswerId,
} from "./protocol/ids.ts";
import type { IssuerFacts } from "./protocol/issuer.ts";
import type {
  DtlsParametersJson,
  MediaSignal,
  MediaSource,
  MediaView,
  RtpCapabilitiesJson,
  RtpParametersJson,
  TransportDirection,
  TransportOffer,
} from "./protocol/media.ts";
import type { AccountRole, StaffRole } from "./protocol/people.ts";
import type { PlaybackTimeline, RecordedTimeline, SoundQuality } from "./protocol/playback.ts";
import type { RecordingDeletionReason, RecordingSettings } from "./protocol/recording-office.ts";
import type { ManifestLine, RecordedRooms, RecordingEnd } from "./protocol/recordings.ts";
import type { OpenedSheet, SheetAnswer, SheetAuthors } from "./protocol/sheets.ts";
import type { SurveyContent, SurveyKey, SurveySettings } from "./protocol/surveys.ts";
import type { TrailEntry, TrailFilter, TrailRow } from "./protocol/trail.ts";
import type { ClassStatus, RecordingView, SheetProgress } from "./protocol/views.ts";

/**
 * What the inside of Balai needs of the outside: time, ids, stores, the media server, slides. Adapters live
 * in store/, sfu/ and slides/; tests have their own.
 */

/** Epoch milliseconds, from a monotonic clock anchored at start: it never goes back. */
export interface Clock {
  now(): number;
  /** Calls back once after `ms`; the result cancels. */
  after(ms: number, callback: () => void): () => void;
}

export type { NewId } from "./protocol/ids.ts";

/** A logger's shape, as pino has it: context first, then the sentence. */
export interface Log {
  debug(context: object, message: string): void;
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
  child(context: object): Log;
}

// ---------------------------------------------------------------- records

export interface Unit {
  readonly code: string;
  readonly title: string;
  readonly jp: number;
  readonly selfStudyJp: number;
}

export interface Programme {
  readonly id: ProgrammeId;
  readonly code: string;
  readonly title: string;
  readonly units: readonly Unit[];
  readonly policy: Policy;
  /** From 1; rises with every change until the policy is frozen. */
  readonly policyVersion: number;
  /** When the programme's first class opened (or first mark was made); null while it may change. */
  readonly policyFrozenAt: number | null;
  readonly createdAt: number;
}

export interface EnrolmentFields {
  /** The person's number at their employer (NIP, NIK…): text, never a number, never a key of ours. */
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  readonly institution: string | null;
  readonly group: string | null;
  /** ISO date, YYYY-MM-DD. */
  readonly birthDate: string | null;
  readonly education: string | null;
  readonly assignmentLetter: string | null;
}

export interface Enrolment extends EnrolmentFields {
  readonly id: EnrolmentId;
  readonly programmeId: ProgrammeId;
  readonly createdAt: number;
  /** When the personal fields were erased; null for who is still known. */
  readonly erasedAt: number | null;
}

export interface Staff {
  readonly id: StaffId;
  readonly programmeId: ProgrammeId;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly createdAt: number;
}

/** A session as it is planned at first. */
export interface PlannedSession {
  readonly id: SessionId;
  readonly programmeId: ProgrammeId;
  /** The unit's code. */
  readonly unit: string;
  readonly title: string;
  readonly mode: SessionMode;
  /** Only the enrolments of this group are its roster; null: the whole programme. */
  readonly group: string | null;
  /** IANA name, such as Asia/Jakarta. */
  readonly timeZone: string;
  readonly slots: readonly SessionSlot[];
  readonly createdAt: number;
}

export type SessionSlot = Slot & { readonly id: SlotId };

/** A session with what became of it since. */
export interface Session extends PlannedSession {
  /** Rises with every change, from 0: what calendars know a newer version by. */
  readonly sequence: number;
  readonly updatedAt: number | null;
  /** Slots that were taken out, which calendars must be told of. */
  readonly removedSlots: readonly SessionSlot[];
  /** Null while the session stands. */
  readonly cancellation: Cancellation | null;
}

export interface Cancellation {
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}

/** A personal join link. Only the SHA-256 of its token is kept. */
export interface JoinLink {
  readonly id: LinkId;
  readonly sessionId: SessionId;
  readonly enrolmentId: EnrolmentId | null;
  readonly staffId: StaffId | null;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly createdAt: number;
}

/** Somebody who signs in. Passwords and second factors stay in the store, but whether there are any. */
export interface Account {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly disabledAt: number | null;
  readonly createdAt: number;
}

/** One browser in which somebody is signed in, until it ends. Only the SHA-256 of its token is kept. */
export interface SignIn {
  readonly id: SignInId;
  readonly accountId: AccountId;
  /** By a link that somebody with the server's shell made, or by password. */
  readonly via: "link" | "password";
  /** What the browser says it is. */
  readonly device: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What a link to an account is for: to sign in, or to set a password. */
export type AccountTokenPurpose = "sign-in" | "password";

export type ApiScope = "read" | "write";

export interface ApiKey {
  readonly id: ApiKeyId;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** Whose it is: they and their key are one person. Null for a key of nobody's. */
  readonly ownerId: AccountId | null;
  readonly revokedAt: number | null;
  readonly createdAt: number;
}

/** A deck of slides. `failure` is set when it could not be made; then it has no pages. */
export interface Deck {
  readonly id: DeckId;
  readonly sessionId: SessionId;
  readonly title: string;
  readonly status: "processing" | "ready" | "failed";
  readonly failure: ErrorCode | null;
  readonly pageCount: number;
  readonly createdAt: number;
}

/** One page of a list: ordered by creation, `cursor` opaque, null after the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

export interface ProgrammeStore {
  /** Refuses `already-exists` when the code is taken. */
  create(programme: Programme): Promise<Result<void>>;
  /** By id or by code. */
  find(idOrCode: string): Promise<Programme | null>;
  list(page: PageRequest): Promise<Page<Programme>>;
  /** Its title and all of its units. Refuses `not-found`. */
  change(id: ProgrammeId, plan: Pick<Programme, "title" | "units">): Promise<Result<Programme>>;
  /** Refuses `policy-frozen` after the first class. Raises `policyVersion`. */
  changePolicy(id: ProgrammeId, policy: Policy): Promise<Result<Programme>>;
  /** Does nothing when it is frozen already. */
  freezePolicy(id: ProgrammeId, at: number): Promise<void>;
}

/** The conditions under which a programme takes people; `version` rises from 1 with every change. */
export interface Entry {
  readonly version: number;
  readonly conditions: readonly EntryCondition[];
}

export interface EntryStore {
  /** Version 1 without conditions where none were ever set. */
  find(programmeId: ProgrammeId): Promise<Entry>;
  change(programmeId: ProgrammeId, conditions: readonly EntryCondition[]): Promise<Entry>;
}

export interface EnrolmentStore {
  /**
   * One transaction for all rows: creates, or updates the enrolment with the same externalId in the
   * programme. Answers per row, in order.
   */
  put(
    programmeId: ProgrammeId,
    rows: readonly (EnrolmentFields & { readonly newId: EnrolmentId })[],
    at: number,
  ): Promise<readonly { readonly id: EnrolmentId; readonly outcome: "created" | "updated" }[]>;
  find(id: EnrolmentId): Promise<Enrolment | null>;
  list(programmeId: ProgrammeId, page: PageRequest): Promise<Page<Enrolment>>;
  /** Everybody of the programme, or of one group, ordered by name and then id. */
  roster(programmeId: ProgrammeId, group: string | null): Promise<readonly Enrolment[]>;
  /** Refuses `not-found`, and `already-exists` when the programme has somebody with that externalId. */
  change(id: EnrolmentId, fields: EnrolmentFields): Promise<Result<void>>;
  /** With their links. Refuses `not-found`, and `in-use` once a class or another record names them. */
  remove(id: EnrolmentId): Promise<Result<void>>;
}

export interface StaffStore {
  /** Refuses `already-exists` when the programme has that e-mail. */
  create(staff: Staff): Promise<Result<void>>;
  find(id: StaffId): Promise<Staff | null>;
  /** Whom programmes know by this e-mail, the latest first. */
  listByEmail(email: string): Promise<readonly Staff[]>;
  list(programmeId: ProgrammeId, page: PageRequest): Promise<Page<Staff>>;
  /** Refuses `already-exists` when the programme has that e-mail. */
  change(staff: Staff): Promise<Result<void>>;
  /** With their links. Refuses `not-found`, and `in-use` once a class or another record names them. */
  remove(id: StaffId): Promise<Result<void>>;
}

export interface SessionStore {
  create(session: PlannedSession): Promise<Result<void>>;
  find(id: SessionId): Promise<Session | null>;
  list(programmeId: ProgrammeId, page: PageRequest): Promise<Page<Session>>;
  /** All of a programme, in order of their creation. */
  all(programmeId: ProgrammeId): Promise<readonly Session[]>;
  /**
   * Writes what changed, and with it when the session's links expire. Refuses `conflict` where the stored
   * `sequence` is not one below the session's: somebody else was first. Ends the office's turn; rejects with an
   * OvertakenError where it was over already.
   */
  change(session: Session, linksExpireAt: number, turn: number): Promise<Result<void>>;
  /** The roster fixed at the first closing, in its order; null while it still follows the programme. */
  fixedRoster(id: SessionId): Promise<readonly EnrolmentId[] | null>;
  /** Fixes the roster; at a later closing people are only added. */
  fixRoster(id: SessionId, roster: readonly EnrolmentId[]): Promise<void>;
}

export interface LinkStore {
  create(link: JoinLink, tokenHash: string): Promise<void>;
  /** All or none. */
  createAll(links: readonly { readonly link: JoinLink; readonly tokenHash: string }[]): Promise<void>;
  find(id: LinkId): Promise<JoinLink | null>;
  findByTokenHash(tokenHash: string): Promise<JoinLink | null>;
  /** All of one member of the staff to a session, the first made first. */
  listOfStaff(sessionId: SessionId, staffId: StaffId): Promise<readonly JoinLink[]>;
  list(sessionId: SessionId, page: PageRequest): Promise<Page<JoinLink>>;
  revoke(id: LinkId, at: number): Promise<Result<JoinLink>>;
  /** Of these, the ones that were revoked. */
  revokedAmong(ids: readonly LinkId[]): Promise<readonly LinkId[]>;
  /** All of a session, or of a person, in order of their creation. */
  ofSession(id: SessionId): Promise<readonly JoinLink[]>;
  ofPerson(id: EnrolmentId | StaffId): Promise<readonly JoinLink[]>;
}

export interface ResultFields {
  readonly enrolmentId: EnrolmentId;
  readonly requirement: string;
  readonly score: number | null;
  readonly status: ResultStatus | null;
  readonly takenAt: number;
  /** Where it came from. */
  readonly source: string;
}

/** What somebody did besides attending: a test, an assignment, a survey, self-study. */
export interface RecordedResult extends ResultFields {
  readonly id: ResultId;
  readonly programmeId: ProgrammeId;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ResultStore {
  /**
   * One transaction for all rows, each known by enrolment, requirement, time and source; no two rows may have
   * the same four. Answers per row, in order.
   */
  put(
    programmeId: ProgrammeId,
    rows: readonly (ResultFields & { readonly newId: ResultId })[],
    at: number,
  ): Promise<readonly ("created" | "updated" | "unchanged")[]>;
  /** Of a programme, or of one person of it. */
  list(
    programmeId: ProgrammeId,
    enrolmentId: EnrolmentId | null,
    page: PageRequest,
  ): Promise<Page<RecordedResult>>;
  /** All of a programme, in order of their creation. */
  all(programmeId: ProgrammeId): Promise<readonly RecordedResult[]>;
}

/** A certificate as it was issued. `sequence` counts within the programme, from 1; `code` is public and unguessable. */
export interface Certificate {
  readonly id: CertificateId;
  readonly programmeId: ProgrammeId;
  readonly enrolmentId: EnrolmentId;
  readonly sequence: number;
  readonly number: string;
  readonly code: string;
  readonly facts: CertificateFacts;
  /** Open Badges 3.0, as a JWT. */
  readonly credential: string;
  readonly issuedBy: string;
  readonly issuedAt: number;
  readonly revokedAt: number | null;
  readonly revokedBy: string | null;
  readonly revokedReason: string | null;
  /** When its holder's data were erased from it. */
  readonly erasedAt: number | null;
}

export interface CertificateStore {
  /** How a programme's certificates are numbered; null where nobody chose. */
  numberTemplate(programmeId: ProgrammeId): Promise<string | null>;
  changeNumberTemplate(programmeId: ProgrammeId, template: string): Promise<void>;
  /** All or none. Refuses `conflict` when somebody has a valid one already, or a number is taken. */
  create(certificates: readonly Certificate[]): Promise<Result>;
  /** 0 where none was issued. */
  lastSequence(programmeId: ProgrammeId): Promise<number>;
  find(id: CertificateId): Promise<Certificate | null>;
  findByCode(code: string): Promise<Certificate | null>;
  /** A person's that is not revoked. */
  validOf(enrolmentId: EnrolmentId): Promise<Certificate | null>;
  /** Those of a programme that are not revoked. */
  valid(programmeId: ProgrammeId): Promise<readonly Certificate[]>;
  list(programmeId: ProgrammeId, page: PageRequest): Promise<Page<Certificate>>;
  /** Refuses `not-found`; the first revocation counts. */
  revoke(
    id: CertificateId,
    revocation: { readonly reason: string; readonly by: string; readonly at: number },
  ): Promise<Result<Certificate>>;
}

/** A file that came with a dispute; its bytes lie on disk, by the dispute's id. */
export interface DisputeFile {
  /** Made safe: letters, digits and a few signs, with the ending of its type. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** What a participant says is wrong about a slot. What became of it follows from it and the ledger. */
export interface Dispute {
  readonly id: DisputeId;
  readonly sessionId: SessionId;
  readonly slotId: string;
  readonly enrolmentId: EnrolmentId;
  readonly reason: string;
  readonly file: DisputeFile | null;
  readonly createdAt: number;
  /** The proposals that were made of it, in their order; one that the ledger lacks is none. */
  readonly adjustmentIds: readonly AdjustmentId[];
  /** Why it was rejected; null while it was not. */
  readonly answer: { readonly reason: string; readonly by: string; readonly at: number } | null;
}

export interface DisputeStore {
  /** Ends the office's turn; rejects with an OvertakenError where it was over already. */
  create(dispute: Dispute, turn: number): Promise<void>;
  find(id: DisputeId): Promise<Dispute | null>;
  /** All of a session, in order of their creation. */
  list(sessionId: SessionId): Promise<readonly Dispute[]>;
  addProposal(id: DisputeId, adjustmentId: AdjustmentId): Promise<void>;
  /** The first answer counts. Ends the office's turn, as `create` does. */
  answer(dispute: Dispute, answer: NonNullable<Dispute["answer"]>, turn: number): Promise<void>;
}

export interface AccountChange {
  readonly name?: string;
  readonly role?: AccountRole;
  readonly disabledAt?: number | null;
}

export interface AccountStore {
  /** Refuses `already-exists` when the e-mail is taken. It has no password and no second factor yet. */
  create(account: Omit<Account, "hasPassword" | "hasSecondFactor" | "disabledAt">): Promise<Result<Account>>;
  find(id: AccountId): Promise<Account | null>;
  findByEmail(email: string): Promise<Account | null>;
  list(page: PageRequest): Promise<Page<Account>>;
  /** Refuses `not-found`, and `last-admin` where nobody would be left to administer. */
  change(id: AccountId, change: AccountChange): Promise<Result<Account>>;
  passwordHash(id: AccountId): Promise<string | null>;
  setPassword(id: AccountId, passwordHash: string): Promise<void>;
  /** Only a token's hash is kept. */
  addToken(
    id: AccountId,
    token: { readonly hash: string; readonly purpose: AccountTokenPurpose; readonly expiresAt: number },
  ): Promise<void>;
  /** The account a token stands for, if it is known, of this purpose and not expired. */
  findByToken(tokenHash: string, purpose: AccountTokenPurpose, now: number): Promise<Account | null>;
  /** Ends all of an account's tokens of a purpose; says whether this one was among them. */
  endTokens(id: AccountId, purpose: AccountTokenPurpose, tokenHash: string | null): Promise<boolean>;
}

export interface SignInStore {
  create(signIn: SignIn, tokenHash: string): Promise<void>;
  /** Null once it has ended or expired. */
  findByTokenHash(
    tokenHash: string,
    now: number,
  ): Promise<{ readonly signIn: SignIn; readonly account: Account } | null>;
  /** Those that still count, the latest first. */
  list(accountId: AccountId, now: number): Promise<readonly SignIn[]>;
  /** Refuses `not-found` where the account has no such sign-in. */
  end(accountId: AccountId, id: SignInId): Promise<Result>;
  endAll(accountId: AccountId, except: SignInId | null): Promise<void>;
}

/** Time-based one-time passwords (RFC 6238); counts once it is confirmed. */
export interface SecondFactor {
  /** Base32. */
  readonly secret: string;
  readonly confirmedAt: number | null;
}

export interface SecondFactorStore {
  find(accountId: AccountId): Promise<SecondFactor | null>;
  /** Keeps a secret to be confirmed, instead of one that never was. Refuses `conflict` once one is confirmed. */
  propose(accountId: AccountId, secret: string): Promise<Result>;
  /** Refuses `conflict` where nothing is to be confirmed. */
  confirm(
    accountId: AccountId,
    confirmation: { readonly step: number; readonly codeHashes: readonly string[]; readonly at: number },
  ): Promise<Result>;
  /** Whether this step is later than every one before; then it is the last. One of two at once gets true. */
  useStep(accountId: AccountId, step: number): Promise<boolean>;
  /** Whether the code was there; it is not there any more. */
  useRecoveryCode(accountId: AccountId, codeHash: string): Promise<boolean>;
  recoveryCodesLeft(accountId: AccountId): Promise<number>;
  remove(accountId: AccountId): Promise<void>;
}

/** Who has answered is kept apart from what was answered: nothing that is kept leads from one to the other. */
export interface SurveyStore {
  /** The defaults, version 1, where none were ever set. */
  settings(programmeId: ProgrammeId): Promise<SurveySettings>;
  changeSettings(programmeId: ProgrammeId, to: Omit<SurveySettings, "version">): Promise<SurveySettings>;
  /** Keeps that the person has answered, and the answer without the person. Refuses `survey-answered`. */
  answer(answer: {
    readonly id: SurveyAnswerId;
    readonly programmeId: ProgrammeId;
    readonly survey: SurveyKey;
    readonly enrolmentId: EnrolmentId;
    readonly content: SurveyContent;
  }): Promise<Result>;
  answeredBy(enrolmentId: EnrolmentId): Promise<readonly SurveyKey[]>;
  /** Everybody's of a programme. */
  answeredIn(
    programmeId: ProgrammeId,
  ): Promise<readonly { readonly enrolmentId: EnrolmentId; readonly survey: SurveyKey }[]>;
  /** In no order that means anything. `batch` counts from 0: the form's first five answers, the next five… */
  answers(
    programmeId: ProgrammeId,
    survey: SurveyKey,
  ): Promise<readonly (SurveyContent & { readonly batch: number })[]>;
}

export interface ApiKeyStore {
  create(key: ApiKey, keyHash: string): Promise<void>;
  findByHash(keyHash: string): Promise<ApiKey | null>;
  find(id: ApiKeyId): Promise<ApiKey | null>;
  list(page: PageRequest): Promise<Page<ApiKey>>;
  revoke(id: ApiKeyId, at: number): Promise<Result<ApiKey>>;
}

export interface DeckStore {
  create(deck: Deck): Promise<void>;
  update(id: DeckId, change: Pick<Deck, "status" | "failure" | "pageCount">): Promise<void>;
  find(id: DeckId): Promise<Deck | null>;
  list(sessionId: SessionId): Promise<readonly Deck[]>;
  /** Decks whose making a stop interrupted become `failed` (`unavailable`). */
  failInterrupted(createdBefore: number): Promise<void>;
}

/** Who issues certificates: one for the installation. Logos are known by their content and kept for ever. */
export interface IssuerStore {
  find(): Promise<IssuerFacts | null>;
  change(issuer: IssuerFacts): Promise<void>;
  /** Keeps a picture under its SHA-256. */
  putLogo(hash: string, logo: Logo, at: number): Promise<void>;
  logo(hash: string): Promise<Logo | null>;
}

export interface Logo {
  readonly type: "image/png" | "image/jpeg";
  readonly bytes: Buffer;
}

/** Requests that were sent with an Idempotency-Key. `id` names one, `fingerprint` is what all of it said. */
export interface IdempotencyStore {
  /**
   * Notes that it runs, unless it is known. Of all requests those begun before `forgetBefore` are forgotten, and
   * this one too if it began before `abandonedBefore` and was never answered (epoch ms).
   */
  begin(request: {
    readonly id: string;
    readonly fingerprint: string;
    readonly at: number;
    readonly forgetBefore: number;
    readonly abandonedBefore: number;
  }): Promise<
    { readonly kind: "new" | "running" | "other" } | { readonly kind: "answered"; readonly answer: string }
  >;
  finish(id: string, answer: string): Promise<void>;
  forget(id: string): Promise<void>;
}

export interface SheetKey {
  readonly sessionId: SessionId;
  readonly roomId: BreakoutRoomId;
}

/** A case as it is kept: of one session, and when it was changed last (epoch ms). */
export interface SavedCase extends Case {
  readonly sessionId: SessionId;
  readonly updatedAt: number;
}

export interface CaseStore {
  /** Creates or replaces. */
  put(work: SavedCase): Promise<void>;
  find(id: CaseId): Promise<SavedCase | null>;
  /** In the order of their creation. */
  list(sessionId: SessionId): Promise<readonly SavedCase[]>;
  remove(id: CaseId): Promise<void>;
}

export interface GroupPlanStore {
  /** Creates or replaces. */
  put(plan: SavedGroupPlan): Promise<void>;
  find(id: GroupPlanId): Promise<SavedGroupPlan | null>;
  list(sessionId: SessionId): Promise<readonly SavedGroupPlan[]>;
  remove(id: GroupPlanId): Promise<void>;
}

export interface ScoreStore {
  /** A room has one score: the last. */
  put(sessionId: SessionId, score: Score): Promise<void>;
  list(sessionId: SessionId): Promise<readonly Score[]>;
}

/** The answer sheet of a breakout room: its case as it was when the room was planned. */
export interface Sheet extends SheetKey {
  readonly case: Case;
  readonly createdAt: number;
}

/** A change of a sheet: a Yjs update, and whose the Yjs clients are that were not in it before. */
export interface SheetWrite extends SheetKey {
  readonly update: Uint8Array;
  readonly authors: SheetAuthors;
  readonly at: number;
  /** In which the writing node took the class; where it is no longer the class's, nothing is written. */
  readonly epoch?: number | undefined;
}

export interface SheetStore {
  /** A room that has its sheet already keeps it. */
  create(sheets: readonly Sheet[]): Promise<void>;
  find(key: SheetKey): Promise<Sheet | null>;
  /** All of a session, those of earlier plans too, in order of their making. */
  list(sessionId: SessionId): Promise<readonly Sheet[]>;
  /** Resolves only after it is durable; shares its transaction with what is written in the same turn. */
  append(write: SheetWrite): Promise<void>;
  content(
    key: SheetKey,
  ): Promise<{ readonly updates: readonly Uint8Array[]; readonly authors: SheetAuthors }>;
  /** Replaces all updates by one that says the same; nothing of the sheet may be written meanwhile. */
  compact(key: SheetKey, snapshot: Uint8Array, at: number, epoch?: number): Promise<void>;
}

/** Small facts of the installation: secrets made at the first start, what the demo made. */
export interface SettingStore {
  get(name: string): Promise<string | null>;
  /** Keeps the value that is there already and answers with the one that counts. */
  putIfAbsent(name: string, value: string): Promise<string>;
}

// ---------------------------------------------------------------- the class's log and the ledger

/** What a class writes. Everything resolves only after it is durable. */
/** A class's own write came from a node that no longer has the class. Nothing of it was written. */
export class FencedError extends Error {
  override readonly name = "FencedError";
  constructor(sessionId: SessionId, epoch: number, current: number) {
    super(`${sessionId} was taken in epoch ${epoch}, and since then in epoch ${current} by another node`);
  }
}

/**
 * What was decided rests on what another has changed since: nothing of it was written, and it is decided anew. That other
 * may be on another node, so the database is asked, not this process.
 */
export class OvertakenError extends Error {
  override readonly name = "OvertakenError";
  constructor(sessionId: SessionId, turn: number, current: number) {
    super(`turn ${turn} of the office in ${sessionId} was overtaken: it stands at ${current}`);
  }
}

export interface ClassStore {
  /**
   * Appends events of one class in their order: evidence to the ledger, the rest to the class log, in one
   * transaction (which it may share with appends of other classes). Rejects with a FencedError where `epoch` is
   * given and no longer the class's.
   */
  append(sessionId: SessionId, events: readonly SequencedEvent[], epoch?: number): Promise<void>;
  /** Appends evidence that is no class event: a presence mark, a roll-call mark, an adjustment. */
  appendEvidence(
    sessionId: SessionId,
    rows: readonly (EvidenceBody & { readonly at: number })[],
    epoch?: number,
  ): Promise<void>;
  /** How many turns of the office in this session are over: what it decides is written with this number. */
  officeTurn(sessionId: SessionId): Promise<number>;
  /**
   * Appends what the office decided since `officeTurn` answered `turn`, and ends that turn. Rejects with an
   * OvertakenError where it was over already.
   */
  appendRulings(
    sessionId: SessionId,
    rows: readonly (EvidenceBody & { readonly at: number })[],
    turn: number,
  ): Promise<void>;
  /** Takes the class for a node: from here on only what carries the answered epoch is appended as the class's own. */
  takeHome(sessionId: SessionId, node: string): Promise<number>;
  /** Gives it back, unless another has taken it; `isCutOff` where it was running until now. */
  leaveHome(sessionId: SessionId, epoch: number, isCutOff?: boolean): Promise<void>;
  /** The node that took it last and has not given it back; empty for one that was cut off, null for none. */
  homeNode(sessionId: SessionId): Promise<string | null>;
  /** All class events in order of `seq`, from both; or those after one. */
  replay(sessionId: SessionId, afterSeq?: number): Promise<readonly SequencedEvent[]>;
  /** The session's ledger, in order. */
  evidence(sessionId: SessionId): Promise<readonly ChainedRow[]>;
  /** The session's rows about adjustments alone, in order: few, where the ledger is long. */
  adjustments(sessionId: SessionId): Promise<readonly ChainedRow[]>;
  /** Sessions whose last opening has no closing, or that have a connection still open. */
  unfinished(): Promise<readonly SessionId[]>;
  /** The greatest `at` ever written (0 for none): the clock must not fall behind it. */
  lastAt(): Promise<number>;
}

/** Where a chain ends. */
export interface TrailHead {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
}

/** Who saw or changed what: append-only, one hash chain. */
export interface TrailStore {
  /** Chains the entry after the last row; a time before that row's becomes that row's. Resolves when durable. */
  append(entry: TrailEntry): Promise<TrailRow>;
  /** The newest first. */
  list(filter: TrailFilter, page: PageRequest): Promise<Page<TrailRow>>;
  /** In order, from the row after `seq` on. */
  rowsAfter(seq: number, limit: number): Promise<readonly TrailRow[]>;
  /** Null while nothing was ever written. */
  head(): Promise<TrailHead | null>;
}

/** Takes a person's data out of the records. */
export interface ErasureStore {
  /**
   * All of it in one transaction, and out of the file's free pages and journal. The enrolment stays as a
   * pseudonym; erasing twice keeps the first time. Refuses `not-found`.
   */
  erase(
    id: EnrolmentId,
    order: { readonly by: string; readonly at: number },
  ): Promise<Result<{ readonly erasedAt: number }>>;
}

/**
 * What guards against guessing keep of somebody, for a while: by keys with a kind before the first `/`. In a cluster all
 * nodes share it.
 */
export interface GuardCounts {
  get(key: string): Promise<string | null>;
  /** Sets it where it still is `before` (null: nothing); `after` null forgets it. False where it is not `before`. */
  swap(key: string, before: string | null, after: string | null, livesMs: number): Promise<boolean>;
  /** Adds to a number, at least 0, that is forgotten so long after its first. What it is now, and for how long yet. */
  add(
    key: string,
    by: number,
    livesMs: number,
  ): Promise<{ readonly value: number; readonly endsInMs: number }>;
}

/** A recording, as the records know it. */
export interface Recording {
  readonly recordingId: RecordingId;
  readonly sessionId: SessionId;
  readonly rooms: RecordedRooms;
  readonly hasChat: boolean;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly startedBy: string;
  /** Null while it is under way. */
  readonly endedAt: number | null;
  readonly endReason: RecordingEnd | null;
  /** How many days after its end, as people were told when it began. */
  readonly keptDays: number;
  /** Null while it is under way. */
  readonly keptUntil: number | null;
  /** The last time somebody prolonged it. */
  readonly prolonged: { readonly at: number; readonly by: string; readonly reason: string } | null;
  /** What was captured, as it was measured after the end; null until then. */
  readonly capturedBytes: number | null;
  /** Decided, and (`doneAt`) carried out. The row stays. */
  readonly deletion: RecordingDeletion | null;
}

export interface RecordingDeletion {
  readonly at: number;
  readonly by: string;
  readonly reason: RecordingDeletionReason;
  readonly note: string | null;
  readonly doneAt: number | null;
}

export type BegunRecording = Pick<
  Recording,
  "recordingId" | "sessionId" | "rooms" | "hasChat" | "startedAt" | "startedBy"
> & {
  /** Absent of classes from before there was a number. */
  readonly keptDays?: number | undefined;
};

export interface RecordingStore {
  /** One that is known already stays as it is. */
  begin(recording: BegunRecording): Promise<void>;
  /** Also says until when it is kept; ending it again changes nothing. */
  end(recordingId: RecordingId, at: number, reason: RecordingEnd): Promise<void>;
  /** In order of their beginning. */
  list(sessionId: SessionId): Promise<readonly Recording[]>;
  find(recordingId: RecordingId): Promise<Recording | null>;
  /** The newest first, with those that were deleted. */
  page(filter: RecordingFilter, page: PageRequest): Promise<Page<Recording>>;
  /** Not deleted, and kept until `at` at most; the first due first. */
  due(at: number, limit: number): Promise<readonly Recording[]>;
  /** The same of which nobody was warned yet. */
  unwarned(at: number, limit: number): Promise<readonly Recording[]>;
  /** False where somebody else was quicker. */
  warn(recordingId: RecordingId, at: number): Promise<boolean>;
  /** Ended ones that nobody has measured. */
  unmeasured(limit: number): Promise<readonly Recording[]>;
  measure(recordingId: RecordingId, bytes: number): Promise<void>;
  /** The last ones that were measured, deleted ones too. */
  measured(limit: number): Promise<readonly Recording[]>;
  /** Warns again. False where it is deleted. */
  prolong(
    recordingId: RecordingId,
    order: { readonly keptUntil: number; readonly reason: string; readonly by: string; readonly at: number },
  ): Promise<boolean>;
  /** False where it was decided before, or the recording is under way. */
  orderDeletion(recordingId: RecordingId, order: Omit<RecordingDeletion, "doneAt">): Promise<boolean>;
  unfinishedDeletions(limit: number): Promise<readonly Recording[]>;
  finishDeletion(recordingId: RecordingId, at: number): Promise<void>;
}

/** `programmes`: of any of these. */
export interface RecordingFilter {
  readonly session?: SessionId | undefined;
  readonly programmes?: readonly ProgrammeId[] | undefined;
}

/** A link by which somebody without an account or a place in the class sees one recording. */
export interface RecordingLink {
  readonly id: RecordingLinkId;
  readonly recordingId: RecordingId;
  readonly label: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly revokedAt: number | null;
  readonly viewCount: number;
  readonly lastViewedAt: number | null;
}

export interface RecordingLinkStore {
  create(
    link: Omit<RecordingLink, "revokedAt" | "viewCount" | "lastViewedAt">,
    tokenHash: string,
  ): Promise<void>;
  find(id: RecordingLinkId): Promise<RecordingLink | null>;
  /** Also one that counts no more: the caller says which. */
  findByTokenHash(tokenHash: string): Promise<RecordingLink | null>;
  /** In order of their making. */
  list(recordingId: RecordingId): Promise<readonly RecordingLink[]>;
  /** How many of each recording count at `at`. */
  openCounts(
    recordingIds: readonly RecordingId[],
    at: number,
  ): Promise<Readonly<Partial<Record<RecordingId, number>>>>;
  /** Revoking it again keeps the first time. */
  revoke(id: RecordingLinkId, at: number): Promise<void>;
  noteView(id: RecordingLinkId, at: number): Promise<void>;
}

/** Somebody who is to be taken out of a recording, or was. */
export interface RecordingRemoval {
  readonly recordingId: RecordingId;
  readonly personId: PersonId;
  readonly askedAt: number;
  readonly askedBy: string;
  readonly doneAt: number | null;
}

export interface RecordingRemovalStore {
  /** Asking again changes nothing. */
  ask(removal: Omit<RecordingRemoval, "doneAt">): Promise<void>;
  /** Those that are not done. */
  open(limit: number): Promise<readonly RecordingRemoval[]>;
  finish(recordingId: RecordingId, personId: PersonId, at: number): Promise<void>;
  ofPerson(personId: PersonId): Promise<readonly RecordingRemoval[]>;
}

/** How long recordings are kept, and what room they may take. */
export interface RecordingSettingStore {
  get(): Promise<RecordingSettings>;
  put(settings: RecordingSettings): Promise<void>;
  /** Null: the installation's number. */
  keptDaysOf(programmeId: ProgrammeId): Promise<number | null>;
  keepDays(programmeId: ProgrammeId, keptDays: number | null): Promise<void>;
}

/** Somebody's answer whether they may be recorded; `seq` is its event's place in the class. */
export interface Consent extends RecordingAnswer {
  readonly sessionId: SessionId;
  readonly seq: number;
  readonly at: number;
}

export interface ConsentStore {
  /** Adding it again changes nothing. */
  add(consent: Consent): Promise<void>;
  /** All answers, in their order: a person's last one counts. */
  list(sessionId: SessionId): Promise<readonly Consent[]>;
}

/** Captions of a recording in one language. */
export interface Captions {
  readonly recordingId: RecordingId;
  /** BCP 47. */
  readonly language: string;
  readonly cues: readonly CaptionCue[];
  readonly updatedAt: number;
}

export interface CaptionStore {
  /** In place of those in the same language. */
  put(captions: Captions): Promise<void>;
  find(recordingId: RecordingId, language: string): Promise<Captions | null>;
  /** In order of their languages. */
  list(
    recordingId: RecordingId,
  ): Promise<readonly (Pick<Captions, "language" | "updatedAt"> & { readonly cueCount: number })[]>;
  /** Whether there were any. */
  remove(recordingId: RecordingId, language: string): Promise<boolean>;
}

export interface ExportStore {
  create(one: StoredExport): Promise<void>;
  update(
    id: ExportId,
    change: Partial<Pick<StoredExport, "status" | "doneMs" | "totalMs" | "bytes" | "failure" | "endedAt">>,
  ): Promise<void>;
  find(id: ExportId): Promise<StoredExport | null>;
  /** The latest first. */
  list(recordingId: RecordingId): Promise<readonly StoredExport[]>;
  /** Those that wait or run, in the order in which they were asked for. */
  unfinished(): Promise<readonly StoredExport[]>;
}

/** An MP4 of a recording, as the records know it. */
export type StoredExport = Omit<RecordingExport, "leftMs" | "isHeld">;

export interface Store {
  readonly exports: ExportStore;
  readonly recordings: RecordingStore;
  readonly consents: ConsentStore;
  readonly captions: CaptionStore;
  readonly recordingLinks: RecordingLinkStore;
  readonly recordingRemovals: RecordingRemovalStore;
  readonly recordingSettings: RecordingSettingStore;
  readonly programmes: ProgrammeStore;
  readonly entry: EntryStore;
  readonly enrolments: EnrolmentStore;
  readonly staff: StaffStore;
  readonly sessions: SessionStore;
  readonly links: LinkStore;
  readonly results: ResultStore;
  readonly certificates: CertificateStore;
  readonly accounts: AccountStore;
  readonly signIns: SignInStore;
  readonly secondFactors: SecondFactorStore;
  readonly issuer: IssuerStore;
  readonly disputes: DisputeStore;
  readonly surveys: SurveyStore;
  readonly apiKeys: ApiKeyStore;
  readonly decks: DeckStore;
  readonly idempotency: IdempotencyStore;
  readonly sheets: SheetStore;
  readonly cases: CaseStore;
  readonly groupPlans: GroupPlanStore;
  readonly scores: ScoreStore;
  readonly settings: SettingStore;
  readonly classes: ClassStore;
  readonly trail: TrailStore;
  readonly erasure: ErasureStore;
  /** Answers when the database does; throws with `cause` when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

// ---------------------------------------------------------------- signatures

/** Who signs in the installation's name: its own key, or a service that keeps one. */
export interface Signer {
  /** Names the key in signatures (`kid`): its RFC 7638 thumbprint. */
  readonly keyId: string;
  /** Ed25519, as a JWK (RFC 8037). */
  readonly publicKey: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  /** The signature's 64 bytes (RFC 8032). Throws when the service does not answer. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

// ---------------------------------------------------------------- running classes

/** The classes as the HTTP API needs them; the class itself runs in live/. */
export interface Classes {
  summary(sessionId: SessionId): Promise<{
    readonly status: ClassStatus;
    readonly openedAt: number | null;
    /** People (not connections) present now. */
    readonly presentCount: number;
    /** What of a recording anybody is told who comes in; null where there is none. */
    readonly recording: Pick<RecordingView, "isPaused" | "hasChat" | "keptDays"> | null;
  }>;
  /** How somebody answered whether they may be recorded; null before. */
  consentOf(sessionId: SessionId, personId: PersonId): Promise<boolean | null>;
  answer(sessionId: SessionId, answer: RecordingAnswer): Promise<Result>;
  open(sessionId: SessionId, by: AccountId | ApiKeyId): Promise<Result>;
  close(sessionId: SessionId, by: AccountId | ApiKeyId): Promise<Result>;
  /** Ends every connection that came by this link. */
  endLink(linkId: LinkId): void;
  /** Puts a class away, so that it comes back from its records; false where somebody is in it. */
  reload(sessionId: SessionId): Promise<boolean>;
  /**
   * Runs `change` while the class decides nothing else, then lets everybody in it see what the session has
   * become; a session that was cancelled ends their connections.
   */
  change(sessionId: SessionId, change: () => Promise<Result<Session>>): Promise<Result<Session>>;
}

// ---------------------------------------------------------------- nodes of a cluster

/** A class while this node runs it. */
export interface ClassHome {
  /** What this node's writes into the class carry. Undefined where there is one server alone. */
  readonly epoch: number | undefined;
  /** Whether it was running when the node that had it last stopped, died, or was paused for too long. */
  readonly isInterrupted: boolean;
  /** Gives it back, so that it can be taken at once; `isCutOff` where it was running until now. */
  leave(isCutOff?: boolean): Promise<void>;
}

/** Which classes this node may run. */
export interface ClassHomes {
  /** Refuses `class-elsewhere` while another node has it, and `unavailable` while nobody can know who has. */
  take(sessionId: SessionId): Promise<Result<ClassHome>>;
}

/** The nodes of a cluster, as people's browsers need them. */
export interface ClassNodes {
  /** Where a class's people connect. Refuses `not-found`, and `unavailable` while no node can run it. */
  homeUrl(sessionId: SessionId): Promise<Result<string>>;
  /** The origins of all nodes of late. */
  urls(): readonly string[];
}

// ---------------------------------------------------------------- answer sheets

/** One connection that has a sheet open. */
export interface SheetReader {
  readonly socketId: string;
  readonly connectionId: ConnectionId;
  readonly personId: PersonId;
  /** What it may do now: people are moved, rooms close, connections end. */
  access(): SheetAccess;
}

/** The answer sheets of all classes. Who may do what is said by each reader's `access`. */
export interface Sheets {
  /** Gives rooms their sheets, with the case as it is now; a room that has one keeps it. */
  make(sessionId: SessionId, roomIds: readonly BreakoutRoomId[], whole: Case): Promise<void>;
  open(key: SheetKey, reader: SheetReader, stateVector: Uint8Array | undefined): Promise<Result<OpenedSheet>>;
  /** The answers to the case's questions, in their order, as they are stored; null without a sheet. */
  answers(key: SheetKey): Promise<readonly SheetAnswer[] | null>;
  /** How far the sheets of a session are that somebody has opened of late. */
  progress(sessionId: SessionId): Readonly<Partial<Record<BreakoutRoomId, SheetProgress>>>;
  /** Answers when the change is durable. */
  update(key: SheetKey, by: SheetReader, update: Uint8Array): Promise<Result>;
  /** Tells the others who have the sheet open where somebody's cursor is. */
  showCursor(key: SheetKey, by: SheetReader, update: Uint8Array): Result;
  /** The class runs here no more: what is in memory of its sheets is read anew when it comes back. */
  forget(sessionId: SessionId): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

// ---------------------------------------------------------------- media

/** Where the media server tells about one peer. */
export interface PeerListener {
  onSignal(signal: MediaSignal): void;
}

/** One connection's media. All its methods refuse with a code; none throws for what a client sent. */
export interface PeerMedia {
  setCapabilities(rtpCapabilities: RtpCapabilitiesJson): Promise<Result>;
  createTransport(direction: TransportDirection): Promise<Result<TransportOffer>>;
  connectTransport(direction: TransportDirection, dtlsParameters: DtlsParametersJson): Promise<Result>;
  /** Answers with the transport's new ICE parameters. */
  restartIce(direction: TransportDirection): Promise<Result<unknown>>;
  produce(
    source: MediaSource,
    rtpParameters: RtpParametersJson,
    paused: boolean,
  ): Promise<Result<{ readonly producerId: string }>>;
  pause(source: MediaSource): Promise<Result>;
  resume(source: MediaSource): Promise<Result>;
  stop(source: MediaSource): Promise<Result>;
  setView(view: MediaView): void;
  consumerReady(consumerId: string): Promise<Result>;
  /** Who hears and sees whom follows the room; nothing reconnects. */
  setRoom(room: RoomId): void;
  close(): void;
}

/** The media of one class: a router (later several), its peers by room. */
export interface ClassMedia {
  rtpCapabilities(): unknown;
  /** Media is possible only while present: adding the same connection twice throws. */
  addPeer(connectionId: ConnectionId, room: RoomId, listener: PeerListener): PeerMedia;
  /** Whose microphone is heard in every room, or (null) nobody's. */
  setVoice(connectionId: ConnectionId | null): void;
  /** All that is published in the class now. */
  producers(): readonly ProducerView[];
  /** Sends one producer's RTP to this machine. Refuses `media-source-missing`, `media-unavailable`. */
  tap(producerId: string, order: TapOrder): Promise<Result<MediaTap>>;
  close(): void;
}

/** Something published, in the room where its publisher is. */
export interface ProducerView {
  readonly producerId: string;
  readonly connectionId: ConnectionId;
  readonly source: MediaSource;
  readonly isLive: boolean;
}

export interface TapOrder {
  /** UDP ports on 127.0.0.1: where RTP goes, and where sender reports (RTCP, RFC 3550) go. */
  readonly rtpPort: number;
  readonly rtcpPort: number;
  /** The RTP timestamp of the first packet, and when it was sent (milliseconds of the monotonic clock). */
  onFirstPacket(rtpTimestamp: number, monotonicMs: number): void;
  /** The producer or its worker is gone; not after `close`. */
  onEnded(): void;
}

/** One producer on its way to a recorder. Nothing flows before `start`. */
export interface MediaTap {
  readonly ssrc: number;
  /** From a keyframe on, for pictures. Refuses `media-unavailable`. */
  start(): Promise<Result>;
  requestKeyFrame(): void;
  close(): void;
}

export interface ClassMediaListener {
  /** Something was published, paused, resumed or ended. */
  onProducersChanged?(): void;
  /** Loudest first, for one room. */
  onSpeakers(room: RoomId, connectionIds: readonly ConnectionId[]): void;
  /** A producer ended by itself (its transport died): the class's state must say so. */
  onProducerClosed(connectionId: ConnectionId, source: MediaSource): void;
}

/**
 * The way between the home of a class and one edge node, in order. What is asked is refused with `media-unavailable`
 * when the link ends, or when nothing comes back in time.
 */
export interface NodeLink {
  tell(letter: unknown): void;
  ask(letter: unknown): Promise<Result<unknown>>;
  /** What the other side tells and asks; an answer is sent only for what was asked. Letters wait until it is set. */
  onLetter(handle: (letter: unknown) => Promise<Result<unknown>>): void;
  /** Called once when it is gone, whoever ended it. */
  onEnded(call: () => void): void;
  end(): void;
}

/** Other nodes that can carry people of a class whose home is here. */
export interface EdgeNodes {
  /** The least loaded that takes people and is none of these; null where there is no other. */
  next(beside: ReadonlySet<string>): EdgeNode | null;
}

export interface EdgeNode {
  readonly nodeId: string;
  /** Null where it does not answer, or is not what it was. */
  open(sessionId: SessionId): Promise<NodeLink | null>;
}

export interface MediaServer {
  /** The same for every class. */
  readonly rtpCapabilities: RtpCapabilitiesJson;
  openClass(sessionId: SessionId, listener: ClassMediaListener): Promise<ClassMedia>;
  /** Whether at least one worker is alive. */
  isReady(): boolean;
  /** CPU that each living worker has used so far, by its number from 0. */
  workerCpu(): Promise<readonly WorkerCpu[]>;
  close(): Promise<void>;
}

/** What of the media server carries other nodes' classes. */
export interface MediaCarrier {
  /** Carries the media of people of a class whose home is another node, as it says, until the link ends. */
  carry(sessionId: SessionId, link: NodeLink): void;
  /** How many people of other nodes' classes are carried here. */
  carriedPeople(): number;
  /** Ends that: their homes place them elsewhere. */
  endCarried(): void;
}

export interface WorkerCpu {
  readonly worker: number;
  /** Since the worker started; less than before where another has taken its place. */
  readonly seconds: number;
}

// ---------------------------------------------------------------- recordings

/** A producer that is to be recorded. */
export interface WantedTrack extends ProducerView {
  readonly personId: PersonId;
  readonly room: RoomId;
}

export interface RecordingOrder {
  readonly recordingId: RecordingId;
  readonly sessionId: SessionId;
  readonly rooms: RecordedRooms;
  readonly hasChat: boolean;
  readonly media: Pick<ClassMedia, "tap">;
  /** In which this node took the class; left out where there is no cluster. */
  readonly epoch?: number | undefined;
  /** It cannot go on; what was captured stays. */
  onFault(reason: RecordingEnd): void;
}

/** What goes into the manifest besides what the recorder itself does. */
export type RecordedNote = Extract<ManifestLine, { type: "state" | "event" | "speakers" | "left-out" }>;

/** One recording under way. */
export interface ClassRecording {
  /** Captures exactly these from now on, and nothing else. */
  capture(tracks: readonly WantedTrack[]): void;
  note(line: RecordedNote): void;
  /** Ends it for good; resolves when all of it is on the disk. */
  end(reason: RecordingEnd): Promise<void>;
  /** Stops for now, as the server does. */
  close(): Promise<void>;
}

/** What recordings take on the disk, and taking it back. */
export interface RecordingFiles {
  /** Bytes of one recording's folder, with all that was made of it; 0 where there is none. */
  bytesOf(recordingId: RecordingId): Promise<number>;
  /** Of the disk, and of all recordings. */
  space(): Promise<{
    readonly usedBytes: number;
    readonly diskFreeBytes: number;
    /** The disk's own that no recording may take. */
    readonly floorBytes: number;
  }>;
  /** The recordings that have a folder. */
  folders(): Promise<readonly RecordingId[]>;
  /** Deletes a recording's folder with everything in it; nothing where there is none. */
  remove(recordingId: RecordingId): Promise<void>;
  /**
   * Deletes what a recording has of one person: tracks, messages, hands, who they were; and what was made of the whole.
   * Doing it again goes on where a stop interrupted it. False, and nothing done, while it is being made.
   */
  removePerson(recordingId: RecordingId, personId: PersonId): Promise<boolean>;
  /** What a recording has of one person. */
  tracksOf(recordingId: RecordingId, personId: PersonId): Promise<readonly RecordedTrackOf[]>;
}

/** One unbroken capture of somebody. Times are epoch milliseconds. */
export interface RecordedTrackOf {
  readonly source: MediaSource;
  readonly room: RoomId;
  readonly startAt: number;
  readonly endAt: number;
}

export interface Recorder {
  /** Whether this server is making it now. */
  isRecording(recordingId: RecordingId): boolean;
  /** Why nothing can be recorded now; null where it can. */
  problem(): Promise<"recorder-missing" | "disk-full" | "budget-full" | null>;
  /** How many tracks one recording may capture at once, now: what the server can do is shared by those that run. */
  trackLimit(): number;
  /**
   * Makes whole what the stop of another node cut off. In a cluster with the epoch of this node: from here on nothing
   * that another writes into the recording counts.
   */
  mend(recordingId: RecordingId, epoch?: number): Promise<void>;
  /** Begins a recording, or goes on with one that a stop interrupted. */
  record(order: RecordingOrder): ClassRecording;
  /** How many recordings are under way. */
  activeCount(): number;
  close(): Promise<void>;
}

/** Something made of a recording: a file that is kept, or what could not be. */
export type MadeFile = { readonly file: string } | { readonly bytes: Buffer };

/** What was recorded, for whoever watches it. What is not there, or cannot be made now, is null. */
export interface Playback {
  /** However far it has come; null where nothing was written. */
  timeline(recordingId: RecordingId): Promise<RecordedTimeline | null>;
  segmentFile(recordingId: RecordingId, trackId: string, number: number): Promise<string | null>;
  /** All that was heard in a room, in pieces of `SOUND_PIECE_MS` that join without a seam. */
  soundPiece(
    recordingId: RecordingId,
    room: RoomId,
    number: number,
    quality: SoundQuality,
  ): Promise<MadeFile | null>;
  /** What a segment of pictures shows so many seconds after its beginning. */
  still(recordingId: RecordingId, trackId: string, number: number, second: number): Promise<MadeFile | null>;
  close(): Promise<void>;
}

/** All that an export is made from: a recording's timeline with names, titles and chapters. */
export type ExportSource = Omit<PlaybackTimeline, "leave">;

/** Makes MP4s of recordings, one at a time, behind everything else. */
export interface Exports {
  /** What has been made of a recording, and whether another can be. Null where nothing was recorded. */
  overview(recordingId: RecordingId): Promise<Omit<ExportList, "canChange"> | null>;
  /**
   * Puts a recording into the queue; one that waits, runs or is done in the same language is answered instead. Refuses
   * `not-found`, `recording-running`, `recorder-missing`, `encoder-missing`, `disk-full` (with the bytes).
   */
  request(
    recordingId: RecordingId,
    order: { readonly language: "id" | "en"; readonly by: string },
  ): Promise<Result<RecordingExport>>;
  find(recordingId: RecordingId, exportId: ExportId): Promise<RecordingExport | null>;
  /** Cancels one under way, or takes a finished one's file away; its room on the disk is free afterwards. */
  remove(recordingId: RecordingId, exportId: ExportId): Promise<Result<RecordingExport>>;
  /** The same for all of a recording: before it is deleted, or when somebody in it is erased. */
  removeAll(recordingId: RecordingId): Promise<void>;
  /** The MP4 of one that is done. */
  file(recordingId: RecordingId, exportId: ExportId): string;
  /** Stops; what is under way goes on at the next start. */
  close(): Promise<void>;
}

// ---------------------------------------------------------------- slides

/** One page's text, for screen readers and search; `width` and `height` in pixels of its wider picture. */
export interface SlidePage {
  readonly page: number;
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export interface Slides {
  /**
   * Turns an uploaded PDF (a file on disk, which it takes over and removes) into page pictures. Refuses with
   * a `pdf-…` code and leaves nothing behind. `onProgress` gets pages done and pages in all.
   */
  rasterise(
    deckId: DeckId,
    pdfFile: string,
    onProgress: (done: number, total: number) => void,
  ): Promise<Result<{ readonly pageCount: number }>>;
  /** The file of a page's picture in one of the two widths; null if there is none. */
  pictureFile(deckId: DeckId, page: number, width: SlideWidth): string | null;
  pages(deckId: DeckId): Promise<readonly SlidePage[] | null>;
  close(): Promise<void>;
}

export const SLIDE_WIDTHS = [960, 1920] as const;
export type SlideWidth = (typeof SLIDE_WIDTHS)[number];
