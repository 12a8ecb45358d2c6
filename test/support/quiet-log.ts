import type { Log } from "../../server/ports.ts";

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly context: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A log that keeps its lines for a test to read. */
export function createQuietLog(): { readonly log: Log; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine["level"], inherited: object) =>
    (context: object, message: string): void => {
      lines.push({ level, context: { ...inherited, ...context }, message });
    };
  const logOf = (inherited: object): Log => ({
    debug: at("debug", inherited),
    info: at("info", inherited),
    warn: at("warn", inherited),
    error: at("error", inherited),
    child: (context) => logOf({ ...inherited, ...context }),
  });
  return { log: logOf({}), lines };
}
