/** The administration's addresses, read and made in one place. */

export type AdminPlace =
  | { readonly page: "programmes" }
  | { readonly page: "new-programme" }
  | {
      readonly page:
        | "programme"
        | "edit-programme"
        | "sessions"
        | "new-session"
        | "participants"
        | "completion"
        | "surveys"
        | "certificates"
        | "correction-queue"
        | "policy";
      readonly programme: string;
    }
  | {
      readonly page:
        | "session"
        | "edit-session"
        | "attendance"
        | "roll-call"
        | "check-in"
        | "corrections"
        | "survey";
      readonly sessionId: string;
    }
  | {
      readonly page:
        | "choose-session"
        | "settings"
        | "trail"
        | "recordings"
        | "accounts"
        | "api-keys"
        | "account"
        | "my-sessions"
        | "set-password";
    }
  | { readonly page: "unknown" };

/** What an address shows; `unknown` for one that nothing here has. */
export function placeFrom(path: string): AdminPlace {
  const [first, second, third, ...rest] = path
    .replace(/^\/admin\/?/, "")
    .replace(/\/$/, "")
    .split("/")
    .map(decoded);
  if (rest.length > 0) return { page: "unknown" };
  if (!first || (first === "programmes" && !second)) return { page: "programmes" };
  if (!second && first === "new-programme") return { page: "new-programme" };
  if (!second && isPlain(first)) return { page: first };
  if (!second && first === "attendance") return { page: "choose-session" };
  if (first === "programmes" && second) return programmePlace(second, third);
  if (first === "sessions" && second) return sessionPlace(second, third);
  return { page: "unknown" };
}

const PLAIN = [
  "settings",
  "trail",
  "recordings",
  "accounts",
  "api-keys",
  "account",
  "my-sessions",
  "set-password",
] as const;
function isPlain(page: string): page is (typeof PLAIN)[number] {
  return PLAIN.some((one) => one === page);
}

function programmePlace(programme: string, part: string | undefined): AdminPlace {
  if (part === undefined) return { page: "programme", programme };
  if (part === "edit") return { page: "edit-programme", programme };
  if (part === "corrections") return { page: "correction-queue", programme };
  if (part === "certificates" || part === "policy" || part === "surveys") {
    return { page: part, programme };
  }
  if (part === "sessions" || part === "new-session" || part === "participants" || part === "completion") {
    return { page: part, programme };
  }
  return { page: "unknown" };
}

function sessionPlace(sessionId: string, part: string | undefined): AdminPlace {
  if (part === undefined) return { page: "session", sessionId };
  if (part === "survey") return { page: part, sessionId };
  if (part === "edit") return { page: "edit-session", sessionId };
  if (part === "attendance" || part === "roll-call" || part === "check-in" || part === "corrections") {
    return { page: part, sessionId };
  }
  return { page: "unknown" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const of = encodeURIComponent;

export const adminPath = {
  programmes: () => "/admin/programmes",
  newProgramme: () => "/admin/new-programme",
  programme: (code: string) => `/admin/programmes/${of(code)}`,
  editProgramme: (code: string) => `/admin/programmes/${of(code)}/edit`,
  sessions: (code: string) => `/admin/programmes/${of(code)}/sessions`,
  newSession: (code: string) => `/admin/programmes/${of(code)}/new-session`,
  surveys: (code: string) => `/admin/programmes/${of(code)}/surveys`,
  sessionSurvey: (id: string) => `/admin/sessions/${of(id)}/survey`,
  completion: (code: string) => `/admin/programmes/${of(code)}/completion`,
  certificates: (code: string) => `/admin/programmes/${of(code)}/certificates`,
  policy: (code: string) => `/admin/programmes/${of(code)}/policy`,
  settings: () => "/admin/settings",
  trail: () => "/admin/trail",
  recordings: () => "/admin/recordings",
  correctionQueue: (code: string) => `/admin/programmes/${of(code)}/corrections`,
  participants: (code: string) => `/admin/programmes/${of(code)}/participants`,
  session: (id: string) => `/admin/sessions/${of(id)}`,
  editSession: (id: string) => `/admin/sessions/${of(id)}/edit`,
  attendance: (id: string) => `/admin/sessions/${of(id)}/attendance`,
  rollCall: (id: string) => `/admin/sessions/${of(id)}/roll-call`,
  checkIn: (id: string) => `/admin/sessions/${of(id)}/check-in`,
  corrections: (id: string) => `/admin/sessions/${of(id)}/corrections`,
  accounts: () => "/admin/accounts",
  apiKeys: () => "/admin/api-keys",
  account: () => "/admin/account",
  mySessions: () => "/admin/my-sessions",
  chooseSession: () => "/admin/attendance",
} as const;
