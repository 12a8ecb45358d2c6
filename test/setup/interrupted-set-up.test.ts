import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentHash } from "../../setup/content-hash.mjs";
import { replaceFolder, withPartFolder } from "../../setup/part-folder.mjs";
import { runCommand } from "../../setup/run-command.mjs";
import { failureSentence, knownReasonFrom, SetupError } from "../../setup/setup-error.mjs";
import { isAlive, withLock } from "../../setup/with-lock.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "balai-setup-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

describe("work aside", () => {
  it("SU3 takes its place only when it is finished", async () => {
    const place = join(folder, "place");
    await withPartFolder(folder, "x", async (part) => {
      mkdirSync(join(part, "new"));
      writeFileSync(join(part, "new", "file"), "new");
      expect(existsSync(place)).toBe(false);
      replaceFolder(join(part, "new"), place, part);
    });
    expect(readFileSync(join(place, "file"), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["place"]);
  });

  it("SU3 that fails leaves what was there", async () => {
    const place = join(folder, "place");
    mkdirSync(place);
    writeFileSync(join(place, "file"), "old");
    const failing = withPartFolder(folder, "x", async (part) => {
      writeFileSync(join(part, "half"), "done");
      throw new SetupError("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(readdirSync(folder)).toEqual(["place"]);
    expect(readFileSync(join(place, "file"), "utf8")).toBe("old");
  });

  it("SU3 of a killed process is removed; that of a living one is not", async () => {
    mkdirSync(join(folder, `.part-${deadPid()}-x`));
    mkdirSync(join(folder, ".part-1-x"));
    await withPartFolder(folder, "x", async () => undefined);
    expect(readdirSync(folder)).toEqual([".part-1-x"]);
  });
});

describe("the lock", () => {
  it("SU3 lets one in at a time", async () => {
    const path = join(folder, "locks", "x");
    const order: string[] = [];
    const enter = (name: string) =>
      withLock(path, {}, async () => {
        order.push(`${name} in`);
        await Promise.resolve();
        order.push(`${name} out`);
      });
    await Promise.all([enter("a"), enter("b"), enter("c")]);
    expect(order.filter((_, index) => index % 2 === 0).map((entry) => `${entry.split(" ")[0]} out`)).toEqual(
      order.filter((_, index) => index % 2 === 1),
    );
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
  });

  it("SU3 of a dead process is taken over, and so is that of a number used again", async () => {
    const path = join(folder, "x");
    for (const owner of [`${deadPid()} 1`, `${process.pid} 1`, "nonsense"]) {
      writeFileSync(path, owner);
      expect(isAlive(owner)).toBe(false);
      await expect(withLock(path, {}, async () => "in")).resolves.toBe("in");
    }
  });

  it("SU3 is released by a failure", async () => {
    const path = join(folder, "x");
    const failing = withLock(path, {}, () => Promise.reject(new SetupError("no")));
    await expect(failing).rejects.toThrow("no");
    expect(existsSync(path)).toBe(false);
  });
});

describe("the hash of sources", () => {
  it("SU3 changes with a name, a content and a file more, and with nothing else", () => {
    mkdirSync(join(folder, "client"));
    writeFileSync(join(folder, "client", "a"), "1");
    const hash = () => contentHash(folder, ["client", "not-there"]);
    const first = hash();
    expect(hash()).toBe(first);
    writeFileSync(join(folder, "client", "a"), "2");
    const second = hash();
    writeFileSync(join(folder, "client", "b"), "");
    expect(new Set([first, second, hash()]).size).toBe(3);
  });
});

describe("a failure", () => {
  const failed = (script: string) =>
    runCommand(process.execPath, ["-e", script], {
      log: join(folder, "logs", "x"),
      failing: "It could not be made",
    });

  it("SU3 is one sentence with the cause and the end of the log", async () => {
    const error = await failed(
      "console.log('one'); console.error('npm error ENOSPC'); process.exit(7)",
    ).catch((reason: unknown) => reason);
    const sentence = failureSentence(error);
    expect(sentence).toContain("It could not be made: the disk is full. The whole log is ");
    expect(sentence).toContain("    npm error ENOSPC");
    expect(sentence).not.toContain("at ");
  });

  it("SU3 of a command that never ends is ended", async () => {
    const never = runCommand(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      log: join(folder, "x"),
      failing: "No answer came",
      timeoutMs: 50,
    });
    await expect(never).rejects.toThrow("No answer came: no answer within 0 s");
  });

  it("SU3 of a program that is not there says so", async () => {
    const missing = runCommand("no-such-program", [], {
      log: join(folder, "x"),
      failing: "It could not be made",
    });
    await expect(missing).rejects.toThrow(/ENOENT/);
  });

  it.each([
    ["c++: fatal error: Killed signal terminated program cc1plus", "too little memory"],
    ["write: No space left on device", "the disk is full"],
    ["npm error code EAI_AGAIN", "the network cannot be reached"],
  ])("SU3 is told by its cause: %s", (output, cause) => {
    expect(knownReasonFrom(output)).toContain(cause);
  });

  it("SU3 of the machine is a sentence; a bug keeps its stack", () => {
    expect(failureSentence(Object.assign(new Error("x"), { code: "ENOSPC", syscall: "write" }))).toBe(
      "Set-up cannot go on: the disk is full.",
    );
    expect(failureSentence(new TypeError("x is undefined"))).toBeNull();
  });
});
