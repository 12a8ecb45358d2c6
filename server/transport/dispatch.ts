import type { ClientClassCommand } from "../domain/class-command.ts";
import { PERMISSIONS, type Stage } from "../domain/permissions.ts";
import type { Clock, Log } from "../ports.ts";
import { type CommandName, commandSchemas } from "../protocol/commands.ts";
import { type Result, refuse } from "../protocol/errors.ts";
import { classHandlers, type HandlerParts, type Handlers, runIn } from "./class-handlers.ts";
import { mediaHandlers } from "./media-handlers.ts";
import { recordingHandlers } from "./recording-handlers.ts";
import type { Session } from "./session.ts";
import { sheetHandlers } from "./sheet-handlers.ts";

export type Dispatch = (session: Session, name: unknown, args: unknown) => Promise<Result<unknown>>;

const STAGES: readonly Stage[] = ["connected", "entered", "present"];

/**
 * The one way for a client's message into a class: known, allowed, far enough along, well formed; then to its
 * handler. Answers every message with a result, also where a handler throws.
 */
export function createDispatch(parts: HandlerParts & { readonly clock: Clock; readonly log: Log }): Dispatch {
  const handlers: Partial<Handlers> = {
    ...classHandlers(parts),
    ...mediaHandlers(),
    ...sheetHandlers(parts),
    ...recordingHandlers(parts),
  };

  return async (session, name, args) => {
    if (!isCommandName(name)) return refuse("bad-request", "no such command");
    const permission = PERMISSIONS[name];
    if (!permission.roles.includes(session.visitor.person.role)) return refuse("forbidden");
    // What comes right behind a confirmation waits until presence is written (FF2).
    if (!hasComeTo(permission.needs, session)) await session.settled();
    if (!hasComeTo(permission.needs, session)) {
      return refuse(permission.needs === "present" ? "not-present" : "not-entered");
    }
    const parsed = commandSchemas[name].safeParse(args);
    if (!parsed.success) return refuse("bad-request", parsed.error.issues.map(issueOf));
    try {
      return await handle(handlers, session, name, parsed.data);
    } catch (err) {
      parts.log.error({ err, command: name, personId: session.visitor.person.personId }, "a command failed");
      return refuse("internal");
    }
  };
}

function hasComeTo(stage: Stage, session: Session): boolean {
  return STAGES.indexOf(session.stage()) >= STAGES.indexOf(stage);
}

function handle(
  handlers: Partial<Handlers>,
  session: Session,
  name: CommandName,
  args: unknown,
): Promise<Result<unknown>> {
  // The schema of this very name has just parsed the arguments.
  const handler = handlers[name] as
    | ((session: Session, args: unknown) => Promise<Result<unknown>>)
    | undefined;
  return handler ? handler(session, args) : runIn(session, { type: name, args } as ClientClassCommand);
}

function isCommandName(name: unknown): name is CommandName {
  return typeof name === "string" && Object.hasOwn(commandSchemas, name);
}

function issueOf(issue: { readonly path: PropertyKey[]; readonly message: string }) {
  return { path: issue.path.map(String).join("."), message: issue.message };
}
