import { describe, expect, it } from "vitest";
import type { ProposedAdjustment } from "../../server/domain/adjustments.ts";
import { fileKindFrom, safeFileName } from "../../server/domain/dispute-file.ts";
import {
  type DisputeState,
  decideDispute,
  decideDisputeReply,
  disputeStandingFrom,
  disputesUntil,
  MAX_DISPUTES_PER_PERSON,
  MAX_DISPUTES_PER_SLOT,
} from "../../server/domain/disputes.ts";
import { DISPUTE_PERIOD_MS } from "../../server/protocol/disputes.ts";
import { slot } from "./ledger.ts";

const first = { ...slot(0, 100, 1), id: "s1" };
const second = { ...slot(100, 200, 1), id: "s2" };
const context = {
  session: { mode: "online" as const, slots: [first, second] },
  isOnRoster: (id: string) => id === "ana",
};
const ana = { slotId: "s1", enrolmentId: "ana" };
const of = (state: DisputeState, slotId = "s1") => ({ slotId, state });
const end = second.endAt;

describe("disputes", () => {
  it.each([
    ["in the slot's last moment", first.endAt - 1, "slot-not-over"],
    ["when the slot has ended", first.endAt, null],
    ["on the last moment of 14 days after the last slot", end + DISPUTE_PERIOD_MS, null],
    ["after that", end + DISPUTE_PERIOD_MS + 1, "dispute-late"],
  ])("DP1 %s", (_when, now, code) => {
    const decided = decideDispute(context, [], ana, now);
    expect(decided.ok ? null : decided.code).toBe(code);
    expect(disputesUntil(context.session)).toBe(end + DISPUTE_PERIOD_MS);
  });

  it("DP1 names a slot of the session and a person of its roster", () => {
    expect(decideDispute(context, [], { ...ana, slotId: "s9" }, end)).toMatchObject({ code: "slot-unknown" });
    expect(decideDispute(context, [], { ...ana, enrolmentId: "budi" }, end)).toMatchObject({
      code: "person-unknown",
    });
  });

  it.each([
    ["none before", [], null],
    ["one that waits", [of("open")], "dispute-open"],
    ["one that became a proposal", [of("proposed")], "dispute-open"],
    ["one of another slot", [of("open", "s2")], null],
    ["a rejected one", [of("rejected")], null],
    ["an approved one", [of("approved")], null],
    ["as many as a slot can have", Array(MAX_DISPUTES_PER_SLOT).fill(of("rejected")), "dispute-limit"],
    [
      "as many as a person can have",
      Array(MAX_DISPUTES_PER_PERSON).fill(of("rejected", "s2")),
      "dispute-limit",
    ],
  ])("DP2 with %s", (_what, own, code) => {
    const decided = decideDispute(context, own, ana, end);
    expect(decided.ok ? null : decided.code).toBe(code);
  });

  const proposal = (adjustmentId: string, state: ProposedAdjustment["state"]): ProposedAdjustment => ({
    ...{ adjustmentId, ...ana, jp: 0.5, reason: "x", proposedBy: "a", proposedAt: 1, decidedBy: "b" },
    ...{ state, decidedAt: state === "proposed" ? null : 9 },
  });
  const standing = (states: readonly ProposedAdjustment["state"][], answeredAt: number | null = null) => {
    const known = states.map((state, index) => proposal(`adj_${index}`, state));
    return disputeStandingFrom(
      {
        slotId: "s1",
        adjustmentIds: ["adj_never", ...known.map(({ adjustmentId }) => adjustmentId)],
        answer: answeredAt === null ? null : { at: answeredAt },
      },
      new Map(known.map((one) => [one.adjustmentId, one])),
    );
  };

  it.each([
    ["nothing", [], null, { state: "open", jp: null, decidedAt: null }],
    ["a proposal", ["proposed"], null, { state: "proposed", jp: null, decidedAt: null }],
    ["a rejected proposal", ["rejected"], null, { state: "open", jp: null, decidedAt: null }],
    ["a second proposal", ["rejected", "proposed"], null, { state: "proposed" }],
    ["an approved proposal", ["rejected", "approved"], null, { state: "approved", jp: 0.5, decidedAt: 9 }],
    ["an answer", ["rejected"], 7, { state: "rejected", jp: null, decidedAt: 7 }],
  ] as const)("DP5 %s makes of it", (_what, states, answeredAt, expected) => {
    expect(standing(states, answeredAt)).toMatchObject(expected);
  });

  it("DP6 only what nobody has dealt with can be dealt with", () => {
    const answers = [standing([]), standing(["proposed"]), standing(["approved"]), standing([], 7)].map(
      decideDisputeReply,
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false, false]);
    expect(answers[1]).toMatchObject({ code: "dispute-decided" });
  });
});

const bytes = (text: string) => Buffer.from(text, "latin1");

describe("files of disputes", () => {
  it.each([
    ["a PDF", "%PDF-1.7\n", "application/pdf"],
    ["a JPEG", "\xff\xd8\xff\xe0", "image/jpeg"],
    ["a PNG", "\x89PNG\r\n\x1a\n", "image/png"],
    ["a WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"],
    ["a WAV", "RIFF\x00\x00\x00\x00WAVEfmt ", null],
    ["a zip", "PK\x03\x04", null],
    ["an SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>", null],
    ["HTML before a PDF", "<script>%PDF-1.7", null],
    ["a beginning alone", "%PD", null],
    ["nothing", "", null],
  ])("DP3 %s is known by its bytes", (_what, text, type) => {
    expect(fileKindFrom(bytes(text))?.type ?? null).toBe(type);
  });

  it.each([
    ["surat tugas.PDF", "surat tugas.pdf"],
    ["../../etc/passwd", "passwd.pdf"],
    ["C:\\Users\\ayu\\bukti hadir.jpeg", "bukti hadir.pdf"],
    ["a\u0000b\r\nSet-Cookie: x.pdf", "a b Set-Cookie x.pdf"],
    ['"><script>.pdf.html', "script pdf.pdf"],
    ["...", "lampiran.pdf"],
    ["\ud800.pdf", "lampiran.pdf"],
    ["\u202efdp.exe", "fdp.pdf"],
    [`${"n".repeat(300)}.pdf`, `${"n".repeat(80)}.pdf`],
    ["foto kelas – ḥādir.webp", "foto kelas ḥādir.pdf"],
  ])("DP3 %j becomes the safe name %j", (name, safe) => {
    expect(safeFileName(name, "pdf")).toBe(safe);
  });
});
