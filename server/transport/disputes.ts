import { createHash } from "node:crypto";
import { adjustmentsFrom } from "../domain/adjustments.ts";
import { fileKindFrom, MAX_DISPUTE_FILE_BYTES, safeFileName } from "../domain/dispute-file.ts";
import {
  type DisputeStanding,
  decideDispute,
  decideDisputeReply,
  disputeStandingFrom,
} from "../domain/disputes.ts";
import {
  type Clock,
  type Dispute,
  type DisputeFile,
  type NewId,
  OvertakenError,
  type Session,
  type Store,
} from "../ports.ts";
import type { DisputeBody } from "../protocol/disputes.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { DisputeId, EnrolmentId } from "../protocol/ids.ts";
import { createDisputeFiles } from "./dispute-files.ts";
import { contextOf, type Rulings } from "./rulings.ts";

/** A dispute, and what became of it. */
export interface StandingDispute extends DisputeStanding {
  readonly dispute: Dispute;
}

/** Disputes of slots: filed by participants, dealt with by administrators, one after the other for each session. */
export interface Disputes {
  /**
   * DP1 to DP3. The same again while it is open is the same dispute. Refuses what `decideDispute` does, and for the
   * file `unsupported-media-type`, `too-large` and `bad-request`.
   */
  file(session: Session, enrolmentId: EnrolmentId, body: DisputeBody): Promise<Result<StandingDispute>>;
  list(session: Session): Promise<readonly StandingDispute[]>;
  /** Refuses `dispute-unknown`, for one of another session too. */
  find(session: Session, id: DisputeId): Promise<Result<StandingDispute>>;
  /** DP5: makes a proposal of it. Refuses what `decideProposal` does, `dispute-unknown`, `dispute-decided`. */
  propose(
    session: Session,
    id: DisputeId,
    wanted: { readonly jp: number; readonly reason: string },
    by: string,
  ): Promise<Result<StandingDispute>>;
  /** DP5: rejects it with a reason. Refuses `dispute-unknown`, `dispute-decided`. */
  reject(session: Session, id: DisputeId, reason: string, by: string): Promise<Result<StandingDispute>>;
  /** Where a dispute's file lies. */
  filePath(id: DisputeId): string;
}

interface DisputeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly dataDir: string;
  readonly rulings: Rulings;
}

export function createDisputes({ store, clock, newId, dataDir, rulings }: DisputeParts): Disputes {
  const files = createDisputeFiles(dataDir);
  const { inTurn } = rulings;

  async function standing(
    session: Session,
    disputes: readonly Dispute[],
  ): Promise<readonly StandingDispute[]> {
    if (disputes.length === 0) return [];
    const adjustments = adjustmentsFrom(await store.classes.adjustments(session.id));
    const byId = new Map(adjustments.map((one) => [one.adjustmentId, one]));
    return disputes.map((dispute) => ({ dispute, ...disputeStandingFrom(dispute, byId) }));
  }

  const list = async (session: Session) => await standing(session, await store.disputes.list(session.id));

  async function find(session: Session, id: DisputeId): Promise<Result<StandingDispute>> {
    const dispute = await store.disputes.find(id);
    if (dispute?.sessionId !== session.id) return refuse("dispute-unknown");
    const [found] = await standing(session, [dispute]);
    return found ? accept(found) : refuse("dispute-unknown");
  }

  return {
    async file(session, enrolmentId, { slotId, reason, file: sent }) {
      const read = sent ? readFile(sent) : accept(null);
      if (!read.ok) return read;
      return await inTurn(session.id, async (turn) => {
        const own = (await list(session)).filter(({ dispute }) => dispute.enrolmentId === enrolmentId);
        const same = own.find(({ dispute, state }) => {
          const isOpen = state === "open" || state === "proposed";
          const isSame = dispute.slotId === slotId && dispute.reason === reason;
          return isOpen && isSame && dispute.file?.hash === read.data?.file.hash;
        });
        if (same) return accept(same);
        const asked = own.map(({ dispute, state }) => ({ slotId: dispute.slotId, state }));
        const context = await contextOf(store, session);
        if (!context.ok) return context;
        const may = decideDispute(context.data, asked, { slotId, enrolmentId }, clock.now());
        if (!may.ok) return may;
        const dispute: Dispute = {
          id: newId("dsp"),
          sessionId: session.id,
          slotId,
          enrolmentId,
          reason,
          file: read.data?.file ?? null,
          createdAt: clock.now(),
          adjustmentIds: [],
          answer: null,
        };
        if (read.data) await files.write(dispute.id, read.data.bytes);
        try {
          await store.disputes.create(dispute, turn);
        } catch (fault) {
          await files.remove(dispute.id);
          if (fault instanceof OvertakenError) throw fault;
          throw new Error("a dispute could not be kept", { cause: fault });
        }
        return accept({ dispute, state: "open", jp: null, decidedAt: null });
      });
    },

    list,
    find,

    propose: (session, id, { jp, reason }, by) =>
      inTurn(session.id, async (turn) => {
        const found = await find(session, id);
        if (!found.ok) return found;
        const may = decideDisputeReply(found.data);
        if (!may.ok) return may;
        const { slotId, enrolmentId } = found.data.dispute;
        const request = { slotId, enrolmentId, jp, reason };
        const proposed = await rulings.proposeIn(turn, session, request, by, (adjustmentId) =>
          store.disputes.addProposal(id, adjustmentId),
        );
        return proposed.ok ? await find(session, id) : proposed;
      }),

    reject: (session, id, reason, by) =>
      inTurn(session.id, async (turn) => {
        const found = await find(session, id);
        if (!found.ok) return found;
        const may = decideDisputeReply(found.data);
        if (!may.ok) return may;
        await store.disputes.answer(found.data.dispute, { reason, by, at: clock.now() }, turn);
        return await find(session, id);
      }),

    filePath: files.path,
  };
}

interface ReadFile {
  readonly bytes: Buffer;
  readonly file: DisputeFile;
}

/** DP3: the file as its bytes say; what it claims to be counts for nothing. */
function readFile(sent: NonNullable<DisputeBody["file"]>): Result<ReadFile> {
  const bytes = Buffer.from(sent.content, "base64");
  if (bytes.toString("base64") !== sent.content) {
    return fileRefused("bad-request", "file.content", "is not base64");
  }
  if (bytes.length > MAX_DISPUTE_FILE_BYTES) {
    return fileRefused("too-large", "file", `may have ${MAX_DISPUTE_FILE_BYTES} bytes`);
  }
  const kind = fileKindFrom(bytes);
  if (!kind) return fileRefused("unsupported-media-type", "file", "is no PDF, JPEG, PNG or WebP");
  const name = safeFileName(sent.name, kind.ending);
  const hash = createHash("sha256").update(bytes).digest("hex");
  return accept({ bytes, file: { name, type: kind.type, bytes: bytes.length, hash } });
}

function fileRefused(
  code: "bad-request" | "too-large" | "unsupported-media-type",
  path: string,
  message: string,
): Result<never> {
  return refuse(code, { errors: [{ path, message }] });
}
