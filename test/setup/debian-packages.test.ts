import { describe, expect, it } from "vitest";
import { askToInstall, missingPackages } from "../../setup/steps/debian-packages.mjs";

const packages = ["chromium", "postgresql"];

describe("Debian packages", () => {
  it("SU5 are installed without a question by root on Debian", () => {
    expect(askToInstall(packages, { hasApt: true, isRoot: true }, "npm test")).toBeNull();
  });

  it("SU5 are asked for in one message, with the command, where the user is not root", () => {
    expect(askToInstall(packages, { hasApt: true, isRoot: false }, "npm test")).toBe(
      'Missing on this machine: chromium postgresql. Run "sudo apt-get install chromium postgresql", then "npm test" again.',
    );
  });

  it.each([true, false])("SU5 are asked for by name where there is no apt (root: %s)", (isRoot) => {
    const message = askToInstall(packages, { hasApt: false, isRoot }, "npm test");
    expect(message).toContain("chromium postgresql");
    expect(message).not.toContain("apt-get");
  });

  it("SU5 are looked for by their programs", () => {
    const programs = [
      { program: "sh", debianPackage: "dash" },
      { program: "no-such-program", debianPackage: "nothing" },
    ];
    expect(missingPackages(programs, ["/nonexistent", "/bin"])).toEqual(["nothing"]);
  });
});
