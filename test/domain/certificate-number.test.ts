import { describe, expect, it } from "vitest";
import { certificateNumberFrom, numberTemplateSchema } from "../../server/protocol/certificate-number.ts";

const at = Date.UTC(2026, 11, 31, 18);

describe("certificate numbers", () => {
  it.each([
    ["{number}/{programme}/{year}", "Asia/Jakarta", "0042/PAI/2027"],
    ["{number}/{programme}/{year}", "Etc/UTC", "0042/PAI/2026"],
    ["{number:6}.{month}.{month-roman}", "Etc/UTC", "000042.12.XII"],
    ["{number:1}-{number:2}", "Asia/Jakarta", "42-42"],
    ["{month}/{month-roman}/{number}", "Asia/Jakarta", "01/I/0042"],
  ])("CE3 %s in %s is %s", (template, timeZone, number) => {
    expect(certificateNumberFrom(template, { sequence: 42, programme: "PAI", at, timeZone })).toBe(number);
  });

  it.each(["", "no number", "{number:0}", "{number:10}", "{number} {name}", "{number", "{{number}}"])(
    "CE3 %j is no template",
    (template) => {
      expect(numberTemplateSchema.safeParse(template).success).toBe(false);
    },
  );
});
