import { describe, expect, it } from "vitest";
import { npmEnvironment } from "../../setup/npm-program.mjs";
import { isInstalled, isSameInstallation } from "../../setup/steps/packages.mjs";

const wanted = { lock: "aa", platform: "linux-x64", hasDev: true };

describe("the packages' stamp", () => {
  it.each([
    ["nothing is stamped", null, false],
    ["the same is stamped", wanted, true],
    ["the lock file has changed", { ...wanted, lock: "bb" }, false],
    ["the folder came from another machine", { ...wanted, platform: "linux-arm64" }, false],
    ["what development needs is missing", { ...wanted, hasDev: false }, false],
  ])("SU2 when %s", (_, stamp, expected) => {
    expect(isInstalled(stamp, wanted)).toBe(expected);
  });

  it("SU2 more than is wanted is enough", () => {
    expect(isInstalled(wanted, { ...wanted, hasDev: false })).toBe(true);
  });
});

describe("an installation by hand", () => {
  const lock = {
    "": { version: "1" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/b": { version: "2.0.0", integrity: "sha512-b", dev: true },
    "node_modules/other-platform": { version: "3.0.0", optional: true },
  };
  const a = lock["node_modules/a"];
  const b = lock["node_modules/b"];

  it("SU2 counts if npm recorded every package of the lock file, but for other platforms'", () => {
    expect(isSameInstallation(lock, { "node_modules/a": a, "node_modules/b": b }, true)).toBe(true);
  });

  it("SU2 does not count if one is missing, of another version, of other content, or not in the lock file", () => {
    expect(isSameInstallation(lock, { "node_modules/a": a }, true)).toBe(false);
    const other = { ...a, version: "1.0.1" };
    expect(isSameInstallation(lock, { "node_modules/a": other, "node_modules/b": b }, true)).toBe(false);
    const changed = { ...a, integrity: "sha512-x" };
    expect(isSameInstallation(lock, { "node_modules/a": changed, "node_modules/b": b }, true)).toBe(false);
    expect(
      isSameInstallation(lock, { "node_modules/a": a, "node_modules/b": b, "node_modules/c": a }, true),
    ).toBe(false);
  });

  it("SU2 may lack what only development needs, in production", () => {
    expect(isSameInstallation(lock, { "node_modules/a": a }, false)).toBe(true);
  });
});

describe("npm inside npm", () => {
  it("SU2 is not led back to the folder and the silence of the outer npm", () => {
    const env = {
      PATH: "/bin",
      INIT_CWD: "/p",
      npm_config_local_prefix: "/p",
      npm_config_loglevel: "silent",
    };
    expect(npmEnvironment({ ...env, npm_config_proxy: "http://proxy", npm_package_name: "balai" })).toEqual({
      PATH: "/bin",
      npm_config_proxy: "http://proxy",
    });
  });
});
