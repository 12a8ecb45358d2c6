import "../ui/table.css";
import "./shell/admin.css";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { currentPath, navigate } from "../ui/location.ts";
import { PlainPage } from "../ui/page.tsx";
import { AccountPage } from "./account/account-page.tsx";
import { AccountsPage } from "./accounts/accounts-page.tsx";
import { ApiKeysPage } from "./accounts/api-keys-page.tsx";
import { adminApi, canChange, signedIn } from "./admin-api.ts";
import { type AdminPlace, adminPath, placeFrom } from "./admin-path.ts";
import { t } from "./admin-words.ts";
import { AttendancePage } from "./attendance/attendance-page.tsx";
import { ChooseSessionPage } from "./attendance/choose-session-page.tsx";
import { CertificatesPage } from "./certificates/certificates-page.tsx";
import { IssuerPage } from "./certificates/issuer-page.tsx";
import { CheckInScreen } from "./check-in/check-in-screen.tsx";
import { CompletionPage } from "./completion/completion-page.tsx";
import { CorrectionQueuePage } from "./corrections/correction-queue-page.tsx";
import { CorrectionsPage } from "./corrections/corrections-page.tsx";
import { loadProgrammes } from "./current-choice.ts";
import { MySessionsPage } from "./my-sessions/my-sessions-page.tsx";
import { ParticipantsPage } from "./participants/participants-page.tsx";
import { EditProgrammePage } from "./programmes/edit-programme-page.tsx";
import { NewProgrammePage } from "./programmes/new-programme-page.tsx";
import { PolicyPage } from "./programmes/policy-page.tsx";
import { ProgrammeListPage } from "./programmes/programme-list-page.tsx";
import { ProgrammePage } from "./programmes/programme-page.tsx";
import { RecordingsPage } from "./recordings/recordings-page.tsx";
import { useResource } from "./resource.ts";
import { RollCallPage } from "./roll-call/roll-call-page.tsx";
import { EditSessionPage } from "./sessions/edit-session-page.tsx";
import { NewSessionPage } from "./sessions/new-session-page.tsx";
import { SessionListPage } from "./sessions/session-list-page.tsx";
import { SessionPage } from "./sessions/session-page.tsx";
import { AdminLink } from "./shell/admin-link.tsx";
import { AdminShell } from "./shell/admin-shell.tsx";
import { Loaded } from "./shell/loaded.tsx";
import { PageHead } from "./shell/page-head.tsx";
import { SecondFactorPage } from "./sign-in/second-factor.tsx";
import { SetPasswordPage } from "./sign-in/set-password-page.tsx";
import { SignInPage, type SignInRefusal } from "./sign-in/sign-in-page.tsx";
import { SessionSurveyPage } from "./surveys/session-survey-page.tsx";
import { SurveysPage } from "./surveys/surveys-page.tsx";
import { TrailPage } from "./trail/trail-page.tsx";

/** Everything under /admin: setting a password by a link needs nobody to be signed in. */
export function AdminApp() {
  const isSettingPassword = placeFrom(currentPath.value).page === "set-password";
  return isSettingPassword ? <PasswordLink /> : <Administration />;
}

function PasswordLink() {
  const token = useRef<string | null>(null);
  token.current ??= location.hash.slice(1) || null;
  useEffect(() => void takeToken(), []);
  return <SetPasswordPage token={token.current} />;
}

/** The administration, for who is signed in; `/admin#TOKEN` signs in and leaves no trace of the token. */
function Administration() {
  const refusal = useSignal<SignInRefusal | null>(null);
  const enter = async () => {
    const token = takeToken();
    const answer = await (token === null ? adminApi.me() : adminApi.signIn(token));
    // Whoever is signed in stays so when a second link turns out to be old.
    if (!answer.ok && token !== null && signedIn.peek()) return;
    signedIn.value = answer.ok ? answer.data : null;
    refusal.value = answer.ok || (token === null && answer.code === "unauthenticated") ? null : answer.code;
  };
  useEffect(() => {
    enter();
    const handleHash = () => {
      if (location.hash.length > 1) enter();
    };
    addEventListener("hashchange", handleHash);
    return () => removeEventListener("hashchange", handleHash);
  }, []);

  if (signedIn.value === undefined) return <PlainPage title={t("signIn.checking")} />;
  if (signedIn.value === null) {
    return (
      <SignInPage
        refusal={refusal.value}
        onSignedIn={(view) => {
          signedIn.value = view;
        }}
      />
    );
  }
  if (signedIn.value.access === "unready-admin") return <SecondFactorPage onDone={enter} />;
  if (signedIn.value.access === "staff-account") return <SignedInStaff />;
  return <SignedIn />;
}

/** The token of the address, which it leaves at once; null where none is. */
function takeToken(): string | null {
  const token = location.hash.slice(1);
  if (token === "") return null;
  navigate(location.pathname, { replace: true });
  return token;
}

/** Of the office little is open to who only teaches: their classes, those classes' recordings, their own account. */
function SignedInStaff() {
  const place = placeFrom(currentPath.value);
  const isOpen = place.page === "account" || place.page === "recordings";
  return (
    <AdminShell place={isOpen ? place : { page: "my-sessions" }}>
      {place.page === "account" && <AccountPage />}
      {place.page === "recordings" && <RecordingsPage />}
      {!isOpen && <MySessionsPage />}
    </AdminShell>
  );
}

function SignedIn() {
  const place = placeFrom(currentPath.value);
  const known = useResource("programmes", loadProgrammes);
  return (
    <AdminShell place={place}>
      <Loaded of={known} title={t("admin.title")}>
        {() => pageOf(place)}
      </Loaded>
    </AdminShell>
  );
}

/** Pages that do nothing but change something; auditors are not led there. */
const CHANGING: readonly AdminPlace["page"][] = [
  "new-programme",
  "edit-programme",
  "new-session",
  "edit-session",
  "check-in",
  "settings",
];

function pageOf(place: AdminPlace): JSX.Element {
  if (CHANGING.includes(place.page) && !canChange.value) return <AdminsOnlyPage />;
  switch (place.page) {
    case "programmes":
      return <ProgrammeListPage />;
    case "new-programme":
      return <NewProgrammePage />;
    case "programme":
      return <ProgrammePage key={place.programme} code={place.programme} />;
    case "edit-programme":
      return <EditProgrammePage key={place.programme} code={place.programme} />;
    case "sessions":
      return <SessionListPage key={place.programme} code={place.programme} />;
    case "new-session":
      return <NewSessionPage key={place.programme} code={place.programme} />;
    case "participants":
      return <ParticipantsPage key={place.programme} code={place.programme} />;
    case "correction-queue":
      return <CorrectionQueuePage key={place.programme} code={place.programme} />;
    case "surveys":
      return <SurveysPage key={place.programme} code={place.programme} />;
    case "survey":
      return <SessionSurveyPage key={place.sessionId} id={place.sessionId} />;
    case "completion":
      return <CompletionPage key={place.programme} code={place.programme} />;
    case "certificates":
      return <CertificatesPage key={place.programme} code={place.programme} />;
    case "policy":
      return <PolicyPage key={place.programme} code={place.programme} />;
    case "settings":
      return <IssuerPage />;
    case "session":
      return <SessionPage key={place.sessionId} id={place.sessionId} />;
    case "edit-session":
      return <EditSessionPage key={place.sessionId} id={place.sessionId} />;
    case "attendance":
      return <AttendancePage key={place.sessionId} id={place.sessionId} />;
    case "roll-call":
      return <RollCallPage key={place.sessionId} id={place.sessionId} />;
    case "check-in":
      return <CheckInScreen key={place.sessionId} id={place.sessionId} />;
    case "corrections":
      return <CorrectionsPage key={place.sessionId} id={place.sessionId} />;
    case "recordings":
      return <RecordingsPage />;
    case "trail":
      return <TrailPage />;
    case "choose-session":
      return <ChooseSessionPage />;
    case "accounts":
      return <AccountsPage />;
    case "api-keys":
      return <ApiKeysPage />;
    case "account":
      return <AccountPage />;
    case "my-sessions":
      return <MySessionsPage />;
    case "set-password":
    case "unknown":
      return <UnknownPage />;
  }
}

function AdminsOnlyPage() {
  return (
    <>
      <PageHead title={t("admin.only.title")} />
      <p>{t("admin.only.text")}</p>
      <p>
        <AdminLink href={adminPath.programmes()}>{t("nav.programmes")}</AdminLink>
      </p>
    </>
  );
}

function UnknownPage() {
  return (
    <>
      <PageHead title={t("page.notFound.title")} />
      <p>
        <AdminLink href={adminPath.programmes()}>{t("nav.programmes")}</AdminLink>
      </p>
    </>
  );
}
