/** An administrator's browser, as far as the API sees it. */
export interface AdminClient {
  readonly cookie: string;
  get<Data>(path: string): Promise<Data>;
  post<Data>(path: string, body: unknown): Promise<Data>;
  put<Data>(path: string, body: unknown): Promise<Data>;
  delete<Data>(path: string): Promise<Data>;
}

/** Exchanges a sign-in link as the administration page does. */
export async function exchangeAdmin(link: string): Promise<AdminClient> {
  const { origin, hash } = new URL(link);
  const json = { "content-type": "application/json", origin };
  const signedIn = await fetch(`${origin}/api/v1/admin/sign-in`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";

  async function call<Data>(path: string, init: RequestInit): Promise<Data> {
    const response = await fetch(`${origin}${path}`, { ...init, headers: { ...json, cookie } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Data;
  }

  return {
    cookie,
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: "POST", body: JSON.stringify(body) }),
    put: (path, body) => call(path, { method: "PUT", body: JSON.stringify(body) }),
    delete: (path) => call(path, { method: "DELETE" }),
  };
}
