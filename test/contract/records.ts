import { newSession } from "../../server/domain/session-change.ts";
import type { Log, Programme, Session, Staff } from "../../server/ports.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import {
  type EnrolmentId,
  enrolmentIdSchema,
  programmeIdSchema,
  sessionIdSchema,
  slotIdSchema,
  staffIdSchema,
} from "../../server/protocol/ids.ts";

/** Records a store is tried with. */
export const quietLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quietLog,
};

export const sessionId = (name: string) => sessionIdSchema.parse(`ses_${name}`);
export const enrolmentId = (name: string) => enrolmentIdSchema.parse(`enr_${name}`);

export function programme(name: string, change: Partial<Programme> = {}): Programme {
  return {
    id: programmeIdSchema.parse(`prg_${name}`),
    code: name,
    title: `Pelatihan ${name}`,
    units: [
      { code: "KAI", title: "Konsep Artificial Intelligence", jp: 6, selfStudyJp: 0 },
      { code: "EAI", title: "Etika Artificial Intelligence", jp: 2.25, selfStudyJp: 0.5 },
    ],
    policy: DEFAULT_POLICY,
    policyVersion: 1,
    policyFrozenAt: null,
    createdAt: 1_000,
    ...change,
  };
}

export function staff(of: Programme, name: string, email: string): Staff {
  return {
    id: staffIdSchema.parse(`stf_${name}`),
    programmeId: of.id,
    name,
    email,
    role: "instructor",
    createdAt: 1_000,
  };
}

export function session(of: Programme, name: string): Session {
  return newSession({
    id: sessionId(name),
    programmeId: of.id,
    unit: "KAI",
    title: `Sesi ${name}`,
    mode: "online",
    group: null,
    timeZone: "Asia/Jakarta",
    slots: [{ id: slotIdSchema.parse(`slt_${name}`), startAt: 1_000, endAt: 2_701_000, jp: 1 }],
    createdAt: 1_000,
  });
}

export function person(externalId: string, name: string, newId: string, change: { group?: string } = {}) {
  return {
    externalId,
    name,
    email: null,
    institution: "Dinas Kominfo",
    group: change.group ?? null,
    birthDate: "1980-02-29",
    education: null,
    assignmentLetter: null,
    newId: enrolmentId(newId) as EnrolmentId,
  };
}
