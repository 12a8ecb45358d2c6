/**
 * A failure that is the machine's, not the program's: said in one plain sentence, without a stack.
 */
export class SetupError extends Error {
  /**
   * @param {string} message what is missing or failed, and what to do about it
   * @param {{detail?: string, cause?: unknown}} [more] `detail`: the last lines of a log, shown below the sentence
   */
  constructor(message, { detail = "", cause } = {}) {
    super(message, { cause });
    this.name = "SetupError";
    this.detail = detail;
  }
}

/** @type {Record<string, string>} */
const REASONS = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EMFILE: "too many files are open",
  ENOMEM: "there is not enough memory",
};

/**
 * The sentence for any failure of the machine, or null for what is a bug and should show its stack.
 * @param {unknown} error
 * @returns {string | null}
 */
export function failureSentence(error) {
  if (error instanceof SetupError) {
    return error.detail ? `${error.message}\n${indented(error.detail)}` : error.message;
  }
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  const where = "path" in error && error.path ? ` (${error.path})` : "";
  return `Set-up cannot go on: ${REASONS[String(error.code)] ?? error.message}${where}.`;
}

/**
 * Why a command failed, read from what it printed: the causes that a person can act on at once.
 * @param {string} output
 * @returns {string | null}
 */
export function knownReasonFrom(output) {
  if (/ENOSPC|No space left on device/i.test(output)) return "the disk is full";
  if (/Killed signal terminated program|\bKilled\b|cannot allocate memory|out of memory/i.test(output)) {
    return "the compiler was killed, which mostly means too little memory";
  }
  if (/EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|Could not resolve|Temporary failure/i.test(output)) {
    return "the network cannot be reached";
  }
  return null;
}

/** @param {string} text */
function indented(text) {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
