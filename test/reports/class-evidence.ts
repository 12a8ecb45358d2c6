import { DEFAULT_POLICY, type EvidenceRow } from "../../server/protocol/evidence.ts";
import type { ReportInput } from "../../server/reports/attendance-report.ts";
import { chainFirst, chainRow } from "../../server/reports/chain.ts";
import { evidencePackFrom } from "../../server/reports/evidence-pack.ts";
import {
  adjusted,
  closed,
  joined,
  ledger,
  left,
  MINUTE,
  moved,
  opened,
  recovered,
  slot,
  staffJoined,
} from "../domain/ledger.ts";

/** 5 August 2024, 09.00 WIB. */
export const START = Date.UTC(2024, 7, 5, 2);
const at = (minutes: number) => START + minutes * MINUTE;

/** A morning of two slots with an outage: Ana there throughout, Budi half, Cici never but adjusted. */
export const EVENTS: readonly EvidenceRow[] = ledger(
  joined(at(-5), "con_1", "enr_ana"),
  staffJoined(at(-4), "con_2"),
  opened(at(0)),
  joined(at(0), "con_3", "enr_budi"),
  moved(at(10), "con_1", "rom_a"),
  left(at(20), "con_3"),
  recovered(at(61), at(60)),
  staffJoined(at(61.5), "con_4"),
  joined(at(62), "con_5", "enr_ana"),
  closed(at(90)),
  left(at(91), "con_5"),
  adjusted("enr_cici", 0.5, { slotId: "slt_2", at: at(100) }),
);

export const REPORT_INPUT: ReportInput = {
  session: {
    id: "ses_1",
    title: "Etika dalam praktik",
    unit: "ETK",
    mode: "online",
    timeZone: "Asia/Jakarta",
    slots: [slot(at(0), at(45), 1, "slt_1"), slot(at(45), at(90), 1, "slt_2")],
  },
  policy: DEFAULT_POLICY,
  rosterFixed: true,
  roster: [
    {
      enrolmentId: "enr_ana",
      externalId: "198703122010011004",
      name: "Ana; S.Kom.",
      institution: 'Dinas "A"',
    },
    { enrolmentId: "enr_budi", externalId: "A-77", name: '=HYPERLINK("x")', institution: null },
    { enrolmentId: "enr_cici", externalId: "007", name: "@Cici", institution: "-" },
  ],
  events: EVENTS,
};

export function packOf(events: readonly EvidenceRow[] = EVENTS) {
  let prev = chainFirst(REPORT_INPUT.session.id);
  const rows = events.map((event) => {
    const row = chainRow(prev, event);
    prev = row.hash;
    return row;
  });
  return evidencePackFrom({ ...REPORT_INPUT, events: rows });
}
