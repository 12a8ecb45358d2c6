import {
  Award,
  BookOpen,
  CalendarDays,
  CircleUser,
  ClipboardCheck,
  Film,
  History,
  LogOut,
  MessageSquareText,
  MessageSquareWarning,
  Presentation,
  ScrollText,
  Settings,
  UserCog,
  Users,
} from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LanguageSwitch } from "../../ui/language-switch.tsx";
import { Toasts } from "../../ui/toasts.tsx";
import { adminApi, canChange, signedIn } from "../admin-api.ts";
import { type AdminPlace, adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { chooseProgramme, currentProgramme, programmes } from "../current-choice.ts";
import { AdminLink, goTo } from "./admin-link.tsx";

const ENTRY_OF: Readonly<
  Record<
    AdminPlace["page"],
    | "programmes"
    | "sessions"
    | "participants"
    | "attendance"
    | "corrections"
    | "completion"
    | "surveys"
    | "certificates"
    | "settings"
    | "trail"
    | "recordings"
    | "accounts"
    | "my-sessions"
    | null
  >
> = {
  programmes: "programmes",
  "new-programme": "programmes",
  programme: "programmes",
  "edit-programme": "programmes",
  sessions: "sessions",
  "new-session": "sessions",
  "edit-session": "sessions",
  session: "sessions",
  participants: "participants",
  completion: "completion",
  surveys: "surveys",
  survey: "surveys",
  certificates: "certificates",
  policy: "programmes",
  settings: "settings",
  trail: "trail",
  recordings: "recordings",
  attendance: "attendance",
  "roll-call": "sessions",
  "check-in": "sessions",
  corrections: "corrections",
  "correction-queue": "corrections",
  "choose-session": "attendance",
  accounts: "accounts",
  "api-keys": "accounts",
  account: null,
  "my-sessions": "my-sessions",
  "set-password": null,
  unknown: null,
};

/** What is the same on every administration page: the rail, and the page beside it. */
export function AdminShell({ place, children }: { place: AdminPlace; children: ComponentChildren }) {
  return (
    <div class="admin">
      <button
        type="button"
        class="button skip"
        onClick={() => document.getElementById("admin-main")?.focus()}
      >
        {t("admin.skip")}
      </button>
      <header class="rail">
        <AdminLink class="brand rail-brand" href={adminPath.programmes()}>
          <img src="/favicon.svg" alt="" />
          Balai
        </AdminLink>
        <ProgrammeChoice place={place} />
        <RailEntries current={ENTRY_OF[place.page]} />
        <div class="rail-foot">
          <span class="rail-who small soft one-line" title={signedIn.value?.account.email}>
            {signedIn.value?.account.email}
          </span>
          <AdminLink class="button button-quiet rail-account" href={adminPath.account()}>
            <Icon of={CircleUser} />
            <span>{t("nav.account")}</span>
          </AdminLink>
          <LanguageSwitch />
          <Button tone="quiet" icon={LogOut} class="rail-out" onClick={signOut}>
            {t("admin.signOut")}
          </Button>
        </div>
      </header>
      <main id="admin-main" class="admin-main" tabIndex={-1}>
        {children}
      </main>
      <Toasts />
    </div>
  );
}

function mySessionsEntry() {
  return {
    key: "my-sessions",
    icon: Presentation,
    title: t("nav.mySessions"),
    href: adminPath.mySessions(),
  };
}

function recordingsEntry() {
  return { key: "recordings", icon: Film, title: t("nav.recordings"), href: adminPath.recordings() };
}

function RailEntries({ current }: { current: string | null }) {
  const programme = currentProgramme.value;
  const office = [
    { key: "programmes", icon: BookOpen, title: t("nav.programmes"), href: adminPath.programmes() },
    ...(programme
      ? [
          {
            key: "sessions",
            icon: CalendarDays,
            title: t("nav.sessions"),
            href: adminPath.sessions(programme.code),
          },
          {
            key: "participants",
            icon: Users,
            title: t("nav.participants"),
            href: adminPath.participants(programme.code),
          },
          {
            key: "attendance",
            icon: ClipboardCheck,
            title: t("nav.attendance"),
            href: adminPath.chooseSession(),
          },
          {
            key: "corrections",
            icon: MessageSquareWarning,
            title: t("corrections.title"),
            href: adminPath.correctionQueue(programme.code),
          },
          {
            key: "completion",
            icon: Award,
            title: t("nav.completion"),
            href: adminPath.completion(programme.code),
          },
          {
            key: "surveys",
            icon: MessageSquareText,
            title: t("nav.surveys"),
            href: adminPath.surveys(programme.code),
          },
          {
            key: "certificates",
            icon: ScrollText,
            title: t("nav.certificates"),
            href: adminPath.certificates(programme.code),
          },
        ]
      : []),
    recordingsEntry(),
    { key: "trail", icon: History, title: t("nav.trail"), href: adminPath.trail() },
    { key: "accounts", icon: UserCog, title: t("nav.accounts"), href: adminPath.accounts() },
    ...(canChange.value
      ? [{ key: "settings", icon: Settings, title: t("nav.settings"), href: adminPath.settings() }]
      : []),
  ];
  const entries =
    signedIn.value?.access === "staff-account" ? [mySessionsEntry(), recordingsEntry()] : office;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const show = () => showCurrentEntry(nav.current);
    show();
    addEventListener("resize", show);
    return () => removeEventListener("resize", show);
  }, [current, entries.length]);
  return (
    <nav ref={nav} class="rail-nav" aria-label={t("admin.nav")}>
      <ul>
        {entries.map(({ key, icon, title, href }) => (
          <li key={key}>
            <AdminLink class="rail-entry" href={href} aria-current={key === current ? "page" : undefined}>
              <Icon of={icon} />
              <span>{title}</span>
            </AdminLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where the entries lie side by side and are wider than the window, the current one goes to its middle. */
function showCurrentEntry(nav: HTMLElement | null): void {
  const entry = nav?.querySelector<HTMLElement>("[aria-current=page]");
  if (!nav || !entry) return;
  const { left, width } = entry.getBoundingClientRect();
  const offset = left - nav.getBoundingClientRect().left;
  nav.scrollLeft += offset - (nav.clientWidth - width) / 2;
}

/** Changes the programme and stays on the same kind of page. */
function ProgrammeChoice({ place }: { place: AdminPlace }) {
  const known = programmes.value ?? [];
  const current = currentProgramme.value;
  if (!current || known.length < 2) return null;
  const change = (code: string) => {
    chooseProgramme(code);
    goTo(samePlaceIn(code, place));
  };
  return (
    <label class="rail-choice">
      <span class="small soft">{t("admin.current")}</span>
      <select class="input" value={current.code} onChange={(event) => change(event.currentTarget.value)}>
        {known.map(({ code, title }) => (
          <option key={code} value={code}>
            {code} · {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function samePlaceIn(code: string, { page }: AdminPlace): string {
  if (page === "attendance" || page === "choose-session") return adminPath.chooseSession();
  if (page === "sessions" || page === "session" || page === "roll-call" || page === "check-in")
    return adminPath.sessions(code);
  if (page === "new-session") return adminPath.newSession(code);
  if (page === "certificates") return adminPath.certificates(code);
  if (page === "settings") return adminPath.settings();
  if (page === "trail") return adminPath.trail();
  if (page === "recordings") return adminPath.recordings();
  if (page === "correction-queue" || page === "corrections") return adminPath.correctionQueue(code);
  if (page === "surveys" || page === "survey") return adminPath.surveys(code);
  if (page === "completion") return adminPath.completion(code);
  if (page === "participants") return adminPath.participants(code);
  return adminPath.programme(code);
}

async function signOut(): Promise<void> {
  await adminApi.signOut();
  signedIn.value = null;
}
