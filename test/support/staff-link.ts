import { exchangeAdmin } from "./admin-client.ts";
import type { RunningApp } from "./running-app.ts";

/** A join link of the demo's session for the member of its staff with this role, made as an administrator does. */
export async function staffLink(running: RunningApp, role: "instructor" | "facilitator"): Promise<string> {
  const admin = await exchangeAdmin(running.links.admin);
  const { items: programmes } = await admin.get<{ items: { id: string }[] }>("/api/v1/programmes");
  const programme = `/api/v1/programmes/${programmes[0]?.id}`;
  const { items: staff } = await admin.get<{ items: { id: string; role: string }[] }>(`${programme}/staff`);
  const { items: sessions } = await admin.get<{ items: { id: string }[] }>(`${programme}/sessions`);
  const staffId = staff.find((member) => member.role === role)?.id;
  const { url } = await admin.post<{ url: string }>(`/api/v1/sessions/${sessions[0]?.id}/links`, { staffId });
  return url;
}
