import { describe, expect, it } from "vitest";
import { createProgress } from "../../setup/progress.mjs";

function written(isTTY: boolean): string {
  let text = "";
  let at = 0;
  const out = {
    isTTY,
    write: (more: string) => {
      text += more;
    },
  };
  const progress = createProgress(out, () => at);
  progress.begin("media worker");
  progress.count(1, 2);
  progress.count(2, 2);
  at = 95_400;
  progress.end();
  return text;
}

describe("progress", () => {
  it("SU7 is counted on one line of a terminal", () => {
    expect(written(true)).toBe("Set-up: media worker …\n\r  [1/2] \r  [2/2] \n  done in 95 s\n");
  });

  it("SU7 is a line each where it is kept in a log", () => {
    expect(written(false)).toBe("Set-up: media worker …\n  [1/2]\n  [2/2]\n  done in 95 s\n");
  });
});
