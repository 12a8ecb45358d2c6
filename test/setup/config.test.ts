import { describe, expect, it } from "vitest";
import { ConfigError, configFrom } from "../../server/config.ts";

describe("configuration", () => {
  it("CF1 an empty environment is a loopback server with the demo", () => {
    expect(configFrom({})).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      publicUrl: null,
      isDemo: true,
      rtc: { listenIp: "127.0.0.1", port: 40_000, workers: null },
      turn: { urls: [], secret: null },
    });
    expect(configFrom({ PORT: "", DEMO: "" }).port).toBe(3000);
  });

  it.each([
    ["PORT", "80a"],
    ["PORT", "70000"],
    ["PUBLIC_URL", "kelas.example"],
    ["PUBLIC_URL", "https://kelas.example/balai"],
    ["PUBLIC_URL", "ftp://kelas.example"],
    ["RTC_LISTEN_IP", "eth0"],
    ["RTC_ANNOUNCED_ADDRESS", "a b"],
    ["RTC_PORT", "80"],
    ["TRUSTED_PROXIES", "loopback,proxy.example"],
    ["WORKERS", "0"],
    ["TURN_URLS", "http://turn.example"],
    ["LOG_LEVEL", "loud"],
    ["DEMO", "yes"],
    ["NODE_ENV", "staging"],
    ["HOST", "foo/bar"],
    ["NODE_NAME", "satu dua"],
    ["NODE_URL", "https://a.example/balai"],
    ["NODE_LINK_URL", "a.example"],
    ["NODE_MEDIA_PORTS", "41999-41000"],
    ["NODE_MEDIA_PORTS", "41000"],
    ["RTC_STREAMS", "1"],
  ])("CF2 %s=%s names itself, the value and what is allowed", (name, value) => {
    const read = () => configFrom({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${name} is "${value.replace(/[/.]/g, "\\$&")}"; allowed: .{5}`, "m"));
  });

  it("CF4 media between nodes have ports and an address of their own, unless said otherwise the browsers'", () => {
    expect(configFrom({}).rtc.betweenNodes).toEqual({ address: null, ports: { min: 41_000, max: 41_999 } });
    const given = { RTC_ANNOUNCED_ADDRESS: "203.0.113.10", NODE_MEDIA_PORTS: "50000-50010" };
    expect(configFrom(given).rtc.betweenNodes).toEqual({
      address: "203.0.113.10",
      ports: { min: 50_000, max: 50_010 },
    });
    expect(configFrom({ ...given, NODE_MEDIA_ADDRESS: "10.0.0.2" }).rtc.betweenNodes.address).toBe(
      "10.0.0.2",
    );
  });

  it("CF2 several wrong ones are named together, and a secret is never printed", () => {
    const read = () => configFrom({ PORT: "x", WORKERS: "x", SESSION_SECRET: "geheim" });
    expect(read).toThrow(/PORT is[\s\S]*WORKERS is/);
    expect(read).toThrow(/SESSION_SECRET is 6 characters/);
    expect(read).not.toThrow(/geheim/);
    expect(() => configFrom({ REDIS_URL: "redis//:geheim@x" })).toThrow(
      /^REDIS_URL is 16 characters; allowed: redis:/,
    );
    expect(() => configFrom({ TLS_CERT: "cert.pem" })).toThrow(/TLS_CERT and TLS_KEY go together/);
  });

  it.each([
    [{ NODE_ENV: "production" }, false],
    [{ NODE_ENV: "production", DEMO: "1" }, true],
    [{ DEMO: "0" }, false],
    [{ NODE_ENV: "development" }, true],
  ])("CF3 %o: demo %s", (env, isDemo) => {
    expect(configFrom(env).isDemo).toBe(isDemo);
  });

  it("CF9 trusts proxies on this machine, or those that are named", () => {
    expect(configFrom({}).trustedProxies).toEqual(["loopback"]);
    const named = "uniquelocal, 192.0.2.7,2001:db8::/32";
    expect(configFrom({ TRUSTED_PROXIES: named }).trustedProxies).toEqual([
      "uniquelocal",
      "192.0.2.7",
      "2001:db8::/32",
    ]);
  });

  it("CF4 media listen where HTTP does, unless said otherwise", () => {
    expect(configFrom({ HOST: "0.0.0.0" }).rtc.listenIp).toBe("0.0.0.0");
    expect(configFrom({ HOST: "0.0.0.0", RTC_LISTEN_IP: "10.0.0.1" }).rtc.listenIp).toBe("10.0.0.1");
  });

  it.each([
    [
      "postgres://balai:s%40ndi@db.example/balai",
      { host: "db.example", port: 5432, user: "balai", password: "s@ndi", database: "balai", tls: "off" },
    ],
    [
      "postgresql://[::1]:5433/pelatihan?sslmode=verify-full",
      { host: "::1", port: 5433, user: null, password: null, database: "pelatihan", tls: "verified" },
    ],
    [
      "postgres:///balai?host=/run/postgresql",
      { host: "/run/postgresql", port: 5432, user: null, password: null, database: "balai", tls: "off" },
    ],
  ])("CF5 %s is an address of PostgreSQL", (url, address) => {
    expect(configFrom({ DATABASE_URL: url }).database).toEqual(address);
  });

  it.each([
    "mysql://u:geheim@db/balai",
    "postgres://u:geheim@db",
    "postgres://u:geheim@db/",
    "postgres://u:geheim@db/a/b",
    "postgres://u:geheim@db/balai?sslmode=prefer",
    "postgres://u:geheim@db/balai?options=-c",
    "postgres://u:geheim@db/balai?host=/run",
    "postgres://u:geheim%@db/balai",
    "postgres:///balai",
    "geheim",
  ])("CF5 %s is none, and the password in it is not printed", (url) => {
    const read = () => configFrom({ DATABASE_URL: url });
    expect(read).toThrow(/DATABASE_URL is \d+ characters; allowed: postgres:/);
    expect(read).not.toThrow(/geheim/);
  });
});
