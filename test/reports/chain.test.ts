import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chainFirst, chainHash, chainRow, verifyChain } from "../../server/reports/chain.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const bodies = [
  { seq: 1, at: 10, type: "class.opened", by: "stf_ibu" },
  { seq: 3, at: 10, type: "weather.changed", sky: { clouds: [1, null, "é"], wind: 1e21 } },
  { seq: 4, at: 25, type: "class.closed", by: "stf_ibu" },
];

function chained() {
  let prev = chainFirst("ses_1");
  return bodies.map((body) => {
    const row = chainRow(prev, body);
    prev = row.hash;
    return row;
  });
}

describe("chain", () => {
  it("EV1 the first prev is the SHA-256 of the session's id", () => {
    expect(chainFirst("ses_1")).toBe(sha256("ses_1"));
    expect(chained()[0]?.prev).toBe(sha256("ses_1"));
  });

  it("EV1 hash is SHA-256 of prev and the row's RFC 8785 JSON without prev and hash", () => {
    const text = `${sha256("ses_1")}{"at":10,"by":"stf_ibu","seq":1,"type":"class.opened"}`;
    expect(chained()[0]?.hash).toBe(sha256(text));
    const second = `${chained()[0]?.hash}{"at":10,"seq":3,"sky":{"clouds":[1,null,"é"],"wind":1e+21},"type":"weather.changed"}`;
    expect(chained()[1]?.hash).toBe(sha256(second));
  });

  it("EV1 neither the order of fields nor a prev or hash of its own changes a row's hash", () => {
    const row = { type: "x", at: 1, seq: 1 };
    expect(chainHash("p", { hash: "h", seq: 1, prev: "q", at: 1, type: "x" })).toBe(chainHash("p", row));
  });

  it("EV2 an intact chain is good, an empty one too, also through JSON and back", () => {
    expect(verifyChain("ses_1", chained())).toEqual({ ok: true });
    expect(verifyChain("ses_1", JSON.parse(JSON.stringify(chained())))).toEqual({ ok: true });
    expect(verifyChain("ses_1", [])).toEqual({ ok: true });
  });

  const spoilt: [string, (rows: ReturnType<typeof chained>) => object[], number, RegExp][] = [
    ["a changed field", ([a, b, c]) => [a, { ...b, at: 11 }, c].map(Object), 1, /hash does not match/],
    ["an added field", ([a, b, c]) => [a, b, { ...c, note: "" }].map(Object), 2, /hash does not match/],
    ["a row taken out", ([a, , c]) => [a, c].map(Object), 1, /missing, added or out of place/],
    ["the beginning taken out", ([, b, c]) => [b, c].map(Object), 0, /beginning is missing/],
    ["rows changed over", ([a, b, c]) => [a, c, b].map(Object), 1, /missing, added or out of place/],
    ["a row twice", ([a, b, c]) => [a, a, b, c].map(Object), 1, /does not come after 1/],
    [
      "a row without a hash",
      ([a, b, c]) => [a, { ...b, hash: undefined }, c].map(Object),
      1,
      /no prev or no hash/,
    ],
    [
      "a lone surrogate",
      ([a, b, c]) => [a, { ...b, sky: "\ud800" }, c].map(Object),
      1,
      /hash does not match/,
    ],
    [
      "time that goes back",
      ([a, b]) => [a, b, chainRow(String(b?.hash), { seq: 5, at: 9, type: "x" })].map(Object),
      2,
      /before that of seq 3/,
    ],
  ];
  it.each(spoilt)("EV2 names the first bad row: %s", (_title, spoil, index, why) => {
    const rows = JSON.parse(JSON.stringify(spoil(chained())));
    expect(verifyChain("ses_1", rows)).toMatchObject({ ok: false, index, seq: rows[index].seq });
    expect(verifyChain("ses_1", rows)).toMatchObject({ why: expect.stringMatching(why) });
  });

  it("EV2 the chain of another session is not this one's", () => {
    expect(verifyChain("ses_2", chained())).toMatchObject({ ok: false, index: 0 });
  });
});
