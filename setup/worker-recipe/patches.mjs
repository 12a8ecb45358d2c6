import { SetupError } from "../setup-error.mjs";

/**
 * Changes to mediasoup's worker sources, each from text to text. A pattern that is not there is an error: a worker built
 * without one of these compiles, and then crashes or never builds elsewhere.
 */

/**
 * OpenSSL asks the BIO through this callback whether it does kernel TLS. Debian builds OpenSSL with kernel TLS, and the
 * worker's answer of 1 to every control call makes OpenSSL write through a null buffer at the first DTLS handshake. With
 * the test for the flag, as OpenSSL documents it (BIO_CB_RETURN is or-ed to the operation), the call's own answer stands.
 * @param {string} source `src/RTC/DtlsTransport.cpp`
 */
export function withoutKernelTls(source) {
  return replacedOnce(source, "(operationType == BIO_CB_RETURN)", "(operationType & BIO_CB_RETURN)");
}

/**
 * Debian 12 has Meson 1.0; nothing newer is used.
 * @param {string} mesonBuild
 */
export function withOlderMeson(mesonBuild) {
  return replacedOnce(mesonBuild, "meson_version: '>= 1.1.0'", "meson_version: '>= 1.0.0'");
}

/**
 * Moves one source file to the front of a Meson list, into the first group of a unity build.
 * @param {string} mesonBuild
 * @param {string} list
 * @param {string} file
 */
export function withFirst(mesonBuild, list, file) {
  const line = `    '${file}',\n`;
  return replacedOnce(replacedOnce(mesonBuild, line, ""), `${list} = [\n`, `${list} = [\n${line}`);
}

/**
 * Deals a Meson source list out over the groups of a unity build, like cards: neighbours share file-local names, which
 * must not meet in one compilation.
 * @param {string} mesonBuild
 * @param {string} list
 * @param {number} groupSize files in a group
 */
export function dealtOut(mesonBuild, list, groupSize) {
  const found = new RegExp(`(?<!\\w)${list} = \\[(.*?)\\]`, "s").exec(mesonBuild);
  if (!found) throw new SetupError(`mediasoup's sources have changed: no list ${list}`);
  const files = [...(found[1] ?? "").matchAll(/'([^']+)'/g)].map((match) => match[1]);
  const groups = Math.ceil(files.length / groupSize);
  const dealt = Array.from({ length: groups }, (_, group) =>
    files.filter((_, index) => index % groups === group),
  );
  const lines = dealt.flat().map((file) => `  '${file}',\n`);
  const end = found.index + found[0].length;
  return `${mesonBuild.slice(0, found.index)}${list} = [\n${lines.join("")}]${mesonBuild.slice(end)}`;
}

/**
 * The folder that Meson takes instead of downloading a dependency.
 * @param {string} wrap a `.wrap` file
 */
export function wrapDirectory(wrap) {
  const directory = /^directory *= *(\S+)$/m.exec(wrap)?.[1];
  if (!directory) throw new SetupError("mediasoup's sources have changed: a .wrap file names no directory");
  return directory;
}

/**
 * @param {string} text
 * @param {string} pattern
 * @param {string} replacement
 */
function replacedOnce(text, pattern, replacement) {
  const parts = text.split(pattern);
  if (parts.length !== 2) {
    throw new SetupError(
      `mediasoup's sources have changed: expected once, found ${parts.length - 1} times: ${pattern.trim()}`,
    );
  }
  return parts.join(replacement);
}
