import { afterEach, describe, expect, it, vi } from "vitest";
import { placeFrom } from "../../client/admin/admin-path.ts";
import { certificateRowsFrom, certificateRowsIn } from "../../client/admin/certificates/certificate-rows.ts";
import { issueInSteps } from "../../client/admin/certificates/issue-in-steps.ts";
import type { CertificateJson } from "../../server/protocol/certificates.ts";
import type { CompletionItem, CompletionReport } from "../../server/protocol/completion.ts";

const item = (enrolmentId: string, status: CompletionItem["status"]) =>
  ({
    enrolmentId,
    name: `Nama ${enrolmentId}`,
    externalId: "1",
    institution: null,
    status,
  }) as CompletionItem;
const certificate = (enrolmentId: string, number: string, revokedAt: number | null) =>
  ({ enrolmentId, number, revokedAt }) as CertificateJson;

const items = [
  item("a", "incomplete"),
  item("b", "pending"),
  item("c", "complete"),
  item("d", "complete"),
  item("e", "complete"),
  item("f", "complete"),
];
const rows = certificateRowsFrom({ items } as unknown as CompletionReport, [
  certificate("d", "1/X", null),
  certificate("e", "2/X", 5),
  certificate("f", "3/X", 5),
  certificate("f", "4/X", null),
]);

afterEach(() => vi.unstubAllGlobals());

describe("the certificates page", () => {
  it("AM50 tells everybody's state and who can be given one", () => {
    expect(rows.map(({ state, certificate: own, canIssue }) => [state, own?.number, canIssue])).toEqual([
      ["unmet", undefined, false],
      ["unmet", undefined, false],
      ["ready", undefined, true],
      ["issued", "1/X", false],
      ["revoked", "2/X", true],
      ["issued", "4/X", false],
    ]);
  });

  it("AM50 filters by state and searches numbers too", () => {
    expect(certificateRowsIn(rows, "issued", "").length).toBe(2);
    expect(certificateRowsIn(rows, "all", "4/x").map(({ item: { name } }) => name)).toEqual(["Nama f"]);
  });

  it("AM5 has addresses of its own", () => {
    expect(placeFrom("/admin/programmes/P/certificates")).toEqual({ page: "certificates", programme: "P" });
    expect(placeFrom("/admin/settings")).toEqual({ page: "settings" });
  });

  it("AM51 issues in steps and keeps what was issued before a failure", async () => {
    const sent: number[] = [];
    vi.stubGlobal("fetch", async (_path: string, { body }: { body: string }) => {
      const { enrolmentIds } = JSON.parse(body) as { enrolmentIds: readonly string[] };
      sent.push(enrolmentIds.length);
      if (sent.length === 3) throw new Error("offline");
      return new Response(
        JSON.stringify({ issued: enrolmentIds.length - 1, existing: 0, refused: 1, items: [] }),
      );
    });
    const told: number[] = [];
    const ids = Array.from({ length: 60 }, (_, i) => String(i));
    const outcome = await issueInSteps("P", ids, (done) => told.push(done));
    expect({ sent, told, outcome }).toMatchObject({
      sent: [25, 25, 10],
      told: [0, 25, 50],
      outcome: { issued: 48, refused: 2, failure: { code: "offline" } },
    });
  });
});
