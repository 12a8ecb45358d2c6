import "./ui/style.ts";
import type { ComponentType } from "preact";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "./i18n/t.ts";
import { JoinLinkPage } from "./join/join-link-page.tsx";
import { Button } from "./ui/button.tsx";
import { currentPath } from "./ui/location.ts";
import { PlainPage } from "./ui/page.tsx";

type Loader = () => Promise<ComponentType>;

const loadAdminModule = import.meta.glob<{ AdminApp: ComponentType }>("./admin/admin-app.tsx")[
  "./admin/admin-app.tsx"
];
const loadAdmin: Loader | undefined = loadAdminModule && (async () => (await loadAdminModule()).AdminApp);

function NotFoundPage() {
  return (
    <PlainPage title={t("page.notFound.title")}>
      <p>{t("page.notFound.text")}</p>
    </PlainPage>
  );
}

/** Loads a part of the application when it is first needed, and says so when that fails. */
function Lazy({ load }: { load: Loader }) {
  const [Loaded, setLoaded] = useState<ComponentType | "failed" | null>(null);
  useEffect(() => {
    load().then(
      (component) => setLoaded(() => component),
      () => setLoaded("failed"),
    );
  }, [load]);
  if (Loaded === null) return null;
  if (Loaded !== "failed") return <Loaded />;
  return (
    <PlainPage title={t("page.broken.title")}>
      <p>{t("page.broken.text")}</p>
      <Button tone="primary" onClick={() => location.reload()}>
        {t("page.reload")}
      </Button>
    </PlainPage>
  );
}

const loadVerify: Loader = async () => (await import("./verify/verify-page.tsx")).VerifyPage;
const loadClass: Loader = async () => (await import("./class/class-route.tsx")).ClassRoute;
const loadRollCall: Loader = async () => (await import("./roll-call/roll-call-page.tsx")).RollCallPage;
const loadHallScreen: Loader = async () => (await import("./check-in-screen/hall-screen.tsx")).HallScreen;
const loadCases: Loader = async () => (await import("./cases/cases-page.tsx")).CasesPage;
const loadGroupWork: Loader = async () => (await import("./cases/group-work-page.tsx")).GroupWorkPage;
const loadPlayer: Loader = async () => (await import("./player/player-page.tsx")).PlayerPage;
const loadExport: Loader = async () => (await import("./export/export-page.tsx")).ExportPage;
const loadShared: Loader = async () => (await import("./recording/shared-page.tsx")).SharedPage;
const loadCheckIn: Loader = async () => (await import("./check-in/check-in-page.tsx")).CheckInPage;

function App() {
  const path = currentPath.value;
  if (path === "/join") return <JoinLinkPage />;
  if (/^\/class\/[^/]+$/.test(path)) return <Lazy key="class" load={loadClass} />;
  if (/^\/class\/[^/]+\/roll-call$/.test(path)) return <Lazy key="roll-call" load={loadRollCall} />;
  if (/^\/class\/[^/]+\/check-in-screen$/.test(path)) return <Lazy key="hall" load={loadHallScreen} />;
  if (/^\/class\/[^/]+\/cases(\/[^/]+)?$/.test(path)) return <Lazy key="cases" load={loadCases} />;
  if (/^\/class\/[^/]+\/group-work$/.test(path)) return <Lazy key="group-work" load={loadGroupWork} />;
  if (/^\/recording\/[^/]+\/video$/.test(path)) return <Lazy key="export" load={loadExport} />;
  if (/^\/check-in\/[^/]+$/.test(path)) return <Lazy key="check-in" load={loadCheckIn} />;
  if (/^\/recording\/[^/]+$/.test(path)) return <Lazy key="player" load={loadPlayer} />;
  if (path === "/shared") return <Lazy key="shared" load={loadShared} />;
  if (/^\/verify(\/|$)/.test(path)) return <Lazy key="verify" load={loadVerify} />;
  if (/^\/admin(\/|$)/.test(path) && loadAdmin) return <Lazy key="admin" load={loadAdmin} />;
  return <NotFoundPage />;
}

const root = document.getElementById("app");
if (root) render(<App />, root);
