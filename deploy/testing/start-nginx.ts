import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import getPort from "get-port";
import { renderTemplate } from "./render-template.ts";

const INSIDE = new URL("../nginx/inside.conf", import.meta.url);
const TEMPLATE = new URL("../nginx/sprintcast.conf.template", import.meta.url);
const HOST = "127.0.0.1";

export interface TestNginx {
  httpPort: number;
  httpsPort: number;
  /** For feeders of the same network, without TLS. */
  insidePort: number;
  /** PEM, of the certificate it shows for `localhost`. */
  ca: Buffer;
  close(): Promise<void>;
}

interface Upstreams {
  eaters: readonly number[];
  lives: readonly number[];
  /** Changes the configuration, as of a header. */
  edit?(text: string): string;
}

/** The server line of one upstream: passed over for one request, never for a while, since it is soon back. */
const serverLine = (port: number) => `server ${HOST}:${port} max_fails=0;`;

/** The configuration of `deploy/nginx` in a real nginx, on free ports. */
export async function startNginx(
  program: string,
  openssl: string,
  folder: string,
  { eaters, lives, edit = (text) => text }: Upstreams,
): Promise<TestNginx> {
  const [httpPort, httpsPort, insidePort] = [await freePort(), await freePort(), await freePort()];
  const [cert, key, site] = ["cert.pem", "key.pem", "site"].map((name) => join(folder, name));
  const made = [
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    `${key}`,
    "-out",
    `${cert}`,
  ];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync(openssl, ["req", ...made, ...names], { stdio: "ignore" });
  mkdirSync(`${site}`, { recursive: true });
  writeFileSync(join(`${site}`, "index.html"), "<title>the site</title>");
  const rendered = renderTemplate(readFileSync(TEMPLATE, "utf8"), {
    SPRINTCAST_HOST: "localhost",
    SPRINTCAST_HTTP_PORT: `${HOST}:${httpPort}`,
    SPRINTCAST_HTTPS_PORT: `${HOST}:${httpsPort}`,
    SPRINTCAST_CERT: `${cert}`,
    SPRINTCAST_KEY: `${key}`,
    SPRINTCAST_SITE: `${site}`,
    SPRINTCAST_ACME: `${site}`,
    SPRINTCAST_EATERS: eaters.map(serverLine).join(" "),
    SPRINTCAST_LIVES: lives.map(serverLine).join(" "),
  });
  writeFileSync(join(folder, "sprintcast.conf"), edit(rendered));
  const inside = readFileSync(INSIDE, "utf8").replace("listen 8080", `listen ${HOST}:${insidePort}`);
  writeFileSync(join(folder, "inside.conf"), inside);
  writeFileSync(join(folder, "nginx.conf"), mainConfig(folder));
  const command = ["-p", folder, "-c", join(folder, "nginx.conf")];
  execFileSync(program, ["-t", ...command], { stdio: "pipe" });
  const child = spawn(program, command, { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await untilAnswers(httpPort);
  return {
    httpPort,
    httpsPort,
    insidePort,
    ca: readFileSync(`${cert}`),
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const freePort = () => getPort({ host: HOST });

/** What a distribution's own nginx.conf has around the file. */
function mainConfig(folder: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const user = process.getuid?.() === 0 ? "user root;" : "";
  return `${user} daemon off; worker_processes 2; pid ${join(folder, "nginx.pid")}; error_log ${join(folder, "error.log")};
    events { worker_connections 512; }
    http { ${paths.join(" ")} access_log off;
      include ${join(folder, "inside.conf")}; include ${join(folder, "sprintcast.conf")}; }\n`;
}

async function untilAnswers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (
      await fetch(`http://${HOST}:${port}`, { redirect: "manual" }).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nginx does not answer on port ${port} after 5 s`);
}
