import { expect, it } from "vitest";
import { keyFrameDelayMsFrom } from "../../sfu/key-frame-delay.ts";

it("LJ2 a camera is asked for a keyframe three times a second at most, a share once", () => {
  expect(keyFrameDelayMsFrom("camera")).toBe(300);
  expect(keyFrameDelayMsFrom("screen")).toBe(1_000);
});
