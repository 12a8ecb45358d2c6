import { describe, expect, it } from "vitest";
import { passwordProblem } from "../../server/domain/password-rules.ts";
import { signInDelayAfter } from "../../server/domain/sign-in-delay.ts";

describe("new passwords", () => {
  it.each([
    ["lima roti tawar", null],
    ["a b c d e f g h", null],
    ["пароль для всех", null],
    ["🦉🦅🦆🐓🐣🦜🦩🦚🕊️🦢", null],
    [`${"x".repeat(100)}yzab`, null],
    ["pendek", /from 10 to 128/],
    ["🦉🦅🦆🐓", /from 10 to 128/],
    ["abcd".repeat(33), /from 10 to 128/],
    ["Password123", /commonest/],
    ["BISMILLAH123", /commonest/],
    ["aaaaaaaaaaaa", /commonest/],
    ["0101010101", /commonest/],
    ["Ratna.Wulandari@contoh.go.id", /e-mail/],
    ["ratna.wulandari", /e-mail/],
    ["lima\u0000roti tawar", /control/],
    ["lima roti \ud800 tawar", /control/],
  ])("AU6 %j", (password, problem) => {
    const found = passwordProblem(password, "ratna.wulandari@contoh.go.id");
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });
});

describe("delays after failures", () => {
  it("AU8 come after five, double, and end at a quarter of an hour", () => {
    const seconds = [0, 1, 4, 5, 6, 7, 9, 10, 11, 10_000].map((count) => signInDelayAfter(count) / 1000);
    expect(seconds).toEqual([0, 0, 0, 30, 60, 120, 480, 900, 900, 900]);
  });
});
