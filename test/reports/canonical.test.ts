import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../server/reports/canonical.ts";

describe("canonical JSON", () => {
  it("EV1 writes what RFC 8785 section 3.2.4 does", () => {
    const input = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("EV1 orders keys by UTF-16 code units, as RFC 8785 section 3.2.3 does", () => {
    const text = canonicalJson({
      "\u20ac": 1,
      "\r": 2,
      "\ufb33": 3,
      "1": 4,
      "\ud83d\ude00": 5,
      "\u0080": 6,
      "\u00f6": 7,
    });
    expect(Object.values(JSON.parse(text)).length).toBe(7);
    expect(text.match(/\d(?=[,}])/g)).toEqual(["2", "4", "6", "7", "1", "5", "3"]);
  });

  it("EV1 refuses what JSON cannot say", () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow();
    expect(() => canonicalJson({ a: "\ud800" })).toThrow();
  });
});
