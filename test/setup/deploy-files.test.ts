import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { configFrom } from "../../server/config.ts";
import { SERVER_NODE_OPTIONS } from "../../setup/server-node-options.mjs";

const PROJECT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(PROJECT, file), "utf8");

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.coerce.string()).optional(),
      ports: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});
const text = read("docker-compose.yml");
const { services, volumes } = composeSchema.parse(parse(text, { merge: true }));
const nodes = Object.entries(services).filter(([name]) => /^node\d+$/.test(name));

/** The variables of `.env` as somebody would fill them in. */
const FILLED: Readonly<Record<string, string>> = Object.fromEntries(
  [...read(".env.example").matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
    name,
    value || "0123456789abcdef0123456789abcdef",
  ]),
);

const filled = (value: string) =>
  value.replace(/\$\{([A-Z0-9_]+)(?::[?-][^}]*)?\}/g, (_, name: string) => FILLED[name] ?? "");

function environmentOf(name: string): Record<string, string> {
  const environment = services[name]?.environment ?? {};
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value)]));
}

describe("the files for Docker", () => {
  it("DF1 every variable of the compose file stands in .env.example, and no other", () => {
    const used = new Set([...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name));
    expect(Object.keys(FILLED).toSorted()).toEqual([...used].toSorted());
  });

  it("DF2 each node's environment is one that the server takes, with a name, an address and ports of its own", () => {
    expect(nodes).toHaveLength(2);
    const configs = nodes.map(([name]) =>
      configFrom({ ...environmentOf(name), HOST: "0.0.0.0", DATA_DIR: "/data" }),
    );
    expect(new Set(configs.map(({ nodeName }) => nodeName)).size).toBe(2);
    expect(new Set(configs.map(({ nodeUrl }) => nodeUrl)).size).toBe(2);
    for (const [index, [, { ports = [] }]] of nodes.entries()) {
      const { port = 0, workers } = configs[index]?.rtc ?? {};
      const open = ports.map((one) => /^(\d+)-(\d+):\1-\2\/(udp|tcp)$/.exec(one)?.slice(1) ?? []);
      expect(open.map(([, , protocol]) => protocol)).toEqual(["udp", "tcp"]);
      for (const [from, to] of open) {
        expect(Number(from)).toBe(port);
        expect(Number(to)).toBeGreaterThanOrEqual(port + (workers ?? 0) - 1);
      }
    }
  });

  it("DF3 the files and volumes that it mounts are there", () => {
    for (const { volumes: mounted = [] } of Object.values(services)) {
      for (const source of mounted.map((one) => one.split(":")[0] ?? "")) {
        if (source.startsWith("./"))
          expect([source, existsSync(join(PROJECT, source))]).toEqual([source, true]);
        else expect(Object.keys(volumes)).toContain(source);
      }
    }
  });

  it("DF4 the proxy and Prometheus know every node", () => {
    const caddy = read("deploy/Caddyfile");
    const { scrape_configs: jobs } = z
      .object({
        scrape_configs: z.array(
          z.object({ static_configs: z.array(z.object({ targets: z.array(z.string()) })) }),
        ),
      })
      .parse(parse(read("deploy/prometheus.yml")));
    const targets = jobs.flatMap((job) => job.static_configs.flatMap((one) => one.targets));
    for (const [name] of nodes) {
      expect(caddy).toMatch(
        new RegExp(`^\\{\\$${name.toUpperCase()}_DOMAIN\\} \\{[^}]*reverse_proxy ${name}:3000`, "m"),
      );
      expect(targets).toContain(`${name}:3000`);
    }
  });

  it("DF5 dashboard and warnings ask for numbers that the server gives", () => {
    const given = [...read("server/transport/http-metrics.ts").matchAll(/"(balai_[a-z_]+)"/g)].map(
      ([, name]) => name,
    );
    const asked = `${read("deploy/grafana/dashboards/balai.json")}${read("deploy/alerts.yml")}`.matchAll(
      /balai_[a-z_]+/g,
    );
    const names = new Set([...asked].map(([name]) => name.replace(/_(bucket|count|sum)$/, "")));
    expect(names.size).toBeGreaterThan(3);
    for (const name of names) expect(given).toContain(name);
  });

  it("DF6 a node runs what `npm start` and `npm run cluster` run", () => {
    const served = ["node", ...SERVER_NODE_OPTIONS, "server/main.ts"];
    for (const [, { command }] of nodes) expect(command).toEqual(served);
    expect(read("Dockerfile")).toContain(`\nCMD ${JSON.stringify(served).replaceAll(",", ", ")}\n`);
    expect(read("setup/start.mjs")).toContain('"server/main.ts"');
  });
});
