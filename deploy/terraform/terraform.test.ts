import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { postgresAccess } from "../../demo/app/postgres-access.ts";
import { defaultOptions } from "../../demo/options/options.ts";
import { present } from "../../demo/testing/present.ts";
import { findProgram } from "../../demo/testing/start-process.ts";
import { namesIn } from "../testing/render-template.ts";
import { danglingReferences, type Module, readModule } from "../testing/terraform.ts";

const run = promisify(execFile);
const folderOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const terraform = findProgram("terraform");
console.warn("SKIPPED: applying the Terraform modules, and checking them against the provider's own schema.");

describe.each(["vm", "gke"])("the module %s", (name) => {
  let module: Module;
  beforeAll(async () => {
    module = await readModule(folderOf(name));
  });

  it("refers to nothing that it has not, and has nothing that it does not refer to", () => {
    expect(danglingReferences(module)).toEqual([]);
    for (const variable of Object.keys(module.variable)) expect(module.text).toContain(`var.${variable}`);
    expect(danglingReferences({ ...module, variable: {} }).length).toBeGreaterThan(3);
    expect(danglingReferences({ ...module, resource: {} }).length).toBeGreaterThan(3);
  });

  it("says of each variable and output what it is, and holds its provider at one version", () => {
    for (const [declared] of Object.values(module.variable)) {
      expect([declared.description?.endsWith("."), declared.type !== undefined]).toEqual([true, true]);
    }
    for (const [output] of Object.values(module.output)) expect(output.description).toMatch(/\.$/);
    for (const { version } of Object.values(module.providers)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(module.text).not.toMatch(/password\s*=/i);
  });

  it("names files that are there", () => {
    const files = [...module.text.matchAll(/(?:file|templatefile)\("\$\{([\w.]+)\}\/([^"$]+)"/g)];
    for (const [, root, file = ""] of files) {
      const from = root === "path.module" ? folderOf(name) : folderOf("..");
      expect([file, existsSync(join(from, file))]).toEqual([file, true]);
    }
    expect(files.length > 0).toBe(name === "vm");
  });

  it.runIf(terraform)("is written as terraform fmt writes it (needs terraform)", async () => {
    await expect(run(present(terraform), ["fmt", "-check", "-diff", folderOf(name)])).resolves.toBeDefined();
  });
});

describe("the cluster's module", () => {
  it("has the address and the database that the overlay for production takes", async () => {
    const module = await readModule(folderOf("gke"));
    const overlay = readFileSync(folderOf("../kubernetes/overlays/production/kustomization.yaml"), "utf8");
    const named = /NamedAddress, value: (\w+)/.exec(overlay)?.[1];
    const addresses = module.resource.google_compute_global_address ?? {};
    expect(addresses.gateway).toMatchObject([{ name: present(named) }]);
    const [output] = present(module.output.store);
    const store = output.value
      .replace(/\$\{[^}]+private_ip[^}]+\}/, "10.0.0.3")
      .replace(/\$\{[^}]+\}/, "sprintcast");
    expect(postgresAccess({ ...defaultOptions(), store })).toMatchObject({
      ...{ host: "10.0.0.3", database: "sprintcast", password: "PASSWORD" },
      tls: { isVerified: false },
    });
  });
});

describe("the machine's first start", () => {
  const template = readFileSync(folderOf("vm/cloud-init.yaml.tftpl"), "utf8");
  const systemd = folderOf("../systemd");
  const read = (file: string) => readFileSync(join(systemd, file), "utf8");
  const units = readdirSync(systemd).filter((name) => name.startsWith("sprintcast-"));
  const values: Record<string, string> = {
    ...{ host: "demo.team.example", email: "ops@team.example", revision: "v1.2.3" },
    repository: "https://example.org/x.git",
    command: read("command.sh"),
    sysusers: read("sysusers.conf"),
    tmpfiles: read("tmpfiles.conf"),
    demo_env: read("demo.env"),
    store_env: read("store.env"),
    nginx: readFileSync(folderOf("../nginx/sprintcast.conf.template"), "utf8"),
  };
  const encode = (text: string) => Buffer.from(text).toString("base64");

  /** As Terraform's templatefile does, as far as this template needs it. */
  function render(): string {
    const [whole = "", body = ""] =
      /%\{ for name, text in units ~\}\n([\s\S]*?)%\{ endfor ~\}\n/.exec(template) ?? [];
    const listed = units
      .map((name) => body.replaceAll("${name}", name).replace("${base64encode(text)}", encode(read(name))))
      .join("");
    return template
      .replace(whole, () => listed)
      .replace(/\$\{base64encode\((\w+)\)\}/g, (_, name: string) => encode(present(values[name])))
      .replace(/(?<!\$)\$\{(\w+)\}/g, (_, name: string) => present(values[name]))
      .replaceAll("$${", "${");
  }

  interface CloudConfig {
    packages: string[];
    write_files: { path: string; content: string; encoding?: string }[];
    runcmd: string[];
  }
  const config: CloudConfig = parse(render());
  const contentOf = (path: string) => {
    const file = present(config.write_files.find((known) => known.path === path));
    return file.encoding === "b64" ? Buffer.from(file.content, "base64").toString() : file.content;
  };

  it("writes what the folder has, and every variable of the nginx template", () => {
    for (const name of units) expect(contentOf(`/etc/systemd/system/${name}`)).toBe(read(name));
    const given = [...contentOf("/etc/sprintcast/nginx.env").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(given.sort()).toEqual(namesIn(values.nginx ?? ""));
    const manifest = JSON.parse(readFileSync(folderOf("../../package.json"), "utf8"));
    expect(contentOf("/usr/local/sbin/sprintcast-install")).toContain(
      `node=${manifest.devDependencies.node}\n`,
    );
  });

  it("starts units that it wrote, on the ports where nginx looks for them", () => {
    const enable = present(config.runcmd.find((line) => line.includes("sprintcast-eater@")));
    const started = [...enable.matchAll(/sprintcast-(\w+)@(\d+)/g)].map(
      ([, kind, port]) => `${kind} ${port}`,
    );
    const env = contentOf("/etc/sprintcast/nginx.env");
    const upstreams = (name: string, kind: string) =>
      [...(new RegExp(`^${name}="(.*)"$`, "m").exec(env)?.[1] ?? "").matchAll(/:(\d+) /g)].map(
        ([, port]) => `${kind} ${port}`,
      );
    expect(started).toEqual([
      ...upstreams("SPRINTCAST_EATERS", "eater"),
      ...upstreams("SPRINTCAST_LIVES", "live"),
    ]);
    for (const line of config.runcmd.filter((text) => text.startsWith("/usr/local"))) {
      expect(config.write_files.map(({ path }) => path)).toContain(line);
    }
  });

  it("upgrades one program after the other, live views first, and waits until each is ready", async () => {
    const script = contentOf("/usr/local/sbin/sprintcast-install");
    const [loop = ""] = /^for part in [\s\S]*$/m.exec(script) ?? [];
    const shell = `set -euo pipefail
systemctl() {
  if [ "$1" != list-units ]; then echo "systemctl $*"; return; fi
  for unit in eater@8786 live@8788; do
    case sprintcast-$unit.service in \${!#}) echo "sprintcast-$unit.service loaded active running x";; esac
  done
}
curl() { echo "curl \${!#}"; }
${loop}`;
    const { stdout } = await run("bash", ["-c", shell]);
    expect(stdout.trim().split("\n")).toEqual([
      "systemctl restart sprintcast-live@8788.service",
      "curl http://127.0.0.1:18788/readyz",
      "systemctl restart sprintcast-eater@8786.service",
      "curl http://127.0.0.1:18786/readyz",
      "systemctl try-restart sprintcast-feeder",
    ]);
  });

  it("switches from one release to the next in one step, and keeps the one before", async () => {
    const folder = await mkdtemp(join(tmpdir(), "releases-"));
    const script = contentOf("/usr/local/sbin/sprintcast-install");
    const [steps = ""] = /^release=[\s\S]*?xargs.*$/m.exec(script) ?? [];
    const shell = steps
      .split("\n")
      .filter((line) => !/build\.sh|cp -r/.test(line))
      .join("\n")
      .replaceAll("/opt/", `${folder}/`)
      .replace("date +%Y%m%d%H%M%S", "echo $revision");
    const seen: string[] = [];
    for (const revision of ["v1", "v2", "v3"]) {
      await run("bash", ["-c", `set -euo pipefail; revision=${revision}\n${shell}`]);
      seen.push(basename(await realpath(join(folder, "sprintcast"))));
      // Kept are the newest by their time.
      await utimes(join(folder, "sprintcast-releases", `${revision}-${revision}`), seen.length, seen.length);
    }
    expect(seen).toEqual(["v1-v1", "v2-v2", "v3-v3"]);
    expect((await readdir(join(folder, "sprintcast-releases"))).sort()).toEqual(["v2-v2", "v3-v3"]);
    await rm(folder, { recursive: true });
  });

  it("runs scripts that a shell can read, and that fill in the template whole", async () => {
    const folder = await mkdtemp(join(tmpdir(), "first-start-"));
    for (const path of ["/usr/local/sbin/sprintcast-install", "/usr/local/sbin/sprintcast-nginx"]) {
      const file = join(folder, "script");
      await writeFile(file, contentOf(path));
      await expect(run("bash", ["-n", file])).resolves.toBeDefined();
    }
    await writeFile(join(folder, "nginx.env"), contentOf("/etc/sprintcast/nginx.env"));
    const lines = contentOf("/usr/local/sbin/sprintcast-nginx").split("\n");
    const filling = lines.filter((line) => /^(set -a|names=)/.test(line)).join("\n");
    const shell = filling.replaceAll("/etc/sprintcast/nginx.env", join(folder, "nginx.env"));
    const { stdout } = await run("bash", ["-c", `${shell}\necho "$names"; echo "$SPRINTCAST_EATERS"`]);
    const [names = "", eaters] = stdout.trim().split(/\n(?=server)/);
    expect(names.split("\n").sort()).toEqual(namesIn(values.nginx ?? "").map((name) => `\${${name}}`));
    expect(eaters).toBe("server 127.0.0.1:8787 max_fails=0; server 127.0.0.1:8786 max_fails=0;");
    await rm(folder, { recursive: true });
  });
});
