import { describe, expect, it } from "vitest";
import { nipWarningOf } from "../../server/domain/nip-warning.ts";

describe("what looks wrong about a NIP", () => {
  it.each([
    ["198705122010011001", null],
    ["19870512 201001 1 001", null],
    ["199001012022212001", null],
    ["3273014508870002", null],
    ["P-17", null],
    ["", null],
    ["198713122010011001", "does not begin with a date"],
    ["198702302010011001", "does not begin with a date"],
    ["188705122010011001", "does not begin with a date"],
    ["198705122010013001", "neither 1 nor 2"],
  ])("EN7 %j: %s", (externalId, expected) => {
    const warning = nipWarningOf(externalId, null);
    if (expected === null) expect(warning).toBeNull();
    else expect(warning).toContain(expected);
  });

  it("EN7 compares it with the date of birth", () => {
    expect(nipWarningOf("198705122010011001", "1987-05-12")).toBeNull();
    expect(nipWarningOf("198705122010011001", "1987-12-05")).toContain("1987-05-12");
  });
});
