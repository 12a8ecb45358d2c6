import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { sourcePackageList } from "../../setup/worker-recipe/libsrtp-with-openssl.mjs";
import {
  dealtOut,
  withFirst,
  withOlderMeson,
  withoutKernelTls,
  wrapDirectory,
} from "../../setup/worker-recipe/patches.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const WORKER = join(ROOT, "node_modules/mediasoup/worker");
const sourceOf = (path: string) => readFileSync(join(WORKER, path), "utf8");

const listOf = (mesonBuild: string, list: string) =>
  [
    ...(new RegExp(`(?<!\\w)${list} = \\[(.*?)\\]`, "s").exec(mesonBuild)?.[1] ?? "").matchAll(/'([^']+)'/g),
  ].map((match) => match[1]);

describe("the worker's patches", () => {
  it("SU4 fit the sources that the lock file names", () => {
    expect(withoutKernelTls(sourceOf("src/RTC/DtlsTransport.cpp"))).toContain(
      "(operationType & BIO_CB_RETURN)",
    );
    expect(withOlderMeson(sourceOf("meson.build"))).toContain("meson_version: '>= 1.0.0'");
    const folders = readdirSync(join(ROOT, "setup/worker-recipe/overlay"));
    expect(folders.length).toBeGreaterThan(0);
    for (const name of folders) {
      expect(existsSync(join(WORKER, `subprojects/${name}.wrap`)), name).toBe(true);
      expect(wrapDirectory(sourceOf(`subprojects/${name}.wrap`))).toMatch(/^[\w.-]+$/);
    }
  });

  it("SU4 stop the build where the kernel TLS pattern is gone or stands twice", () => {
    expect(() => withoutKernelTls("int main() {}")).toThrow(/sources have changed.*found 0 times/);
    const twice = "(operationType == BIO_CB_RETURN) (operationType == BIO_CB_RETURN)";
    expect(() => withoutKernelTls(twice)).toThrow(/found 2 times/);
  });

  it("SU4 stop the build where a list, a file or a version is not as expected", () => {
    expect(() => withOlderMeson("project('x')")).toThrow(/sources have changed/);
    expect(() => withFirst("common_sources = [\n]", "common_sources", "src/a.cpp")).toThrow(
      /sources have changed/,
    );
    expect(() => dealtOut("other = []", "common_sources", 8)).toThrow("no list common_sources");
    expect(() => wrapDirectory("[wrap-file]")).toThrow(/names no directory/);
  });
});

describe("the unity build's groups", () => {
  it("SU4 keep every file once, and neighbours apart", () => {
    const before = "x = 1\nmy_sources = ['no']\nsources = [\n  'a', 'b', 'c',\n  'd', 'e',\n]\ny = 2\n";
    const after = dealtOut(before, "sources", 2);
    expect(after).toBe(
      "x = 1\nmy_sources = ['no']\nsources = [\n  'a',\n  'd',\n  'b',\n  'e',\n  'c',\n]\ny = 2\n",
    );
  });

  it("SU4 hold all of mediasoup's sources", () => {
    const meson = sourceOf("meson.build");
    const files = listOf(meson, "common_sources");
    const dealt = listOf(dealtOut(meson, "common_sources", 8), "common_sources");
    expect(files.length).toBeGreaterThan(50);
    expect(dealt.toSorted()).toEqual(files.toSorted());
  });

  it("SU4 put a named file first", () => {
    const before = "common_sources = [\n    'a.cpp',\n    'b.cpp',\n]\n";
    expect(withFirst(before, "common_sources", "b.cpp")).toBe(
      "common_sources = [\n    'b.cpp',\n    'a.cpp',\n]\n",
    );
  });
});

describe("the private list of source packages", () => {
  it("SU4 is made of both formats that apt has", () => {
    expect(sourcePackageList("Types: deb deb-src\nURIs: http://mirror/debian\n")).toBe(
      "Types: deb-src\nURIs: http://mirror/debian\n",
    );
    expect(sourcePackageList("deb http://mirror/debian bookworm main\n# deb x\n")).toBe(
      "deb-src http://mirror/debian bookworm main\n# deb x\n",
    );
  });
});
