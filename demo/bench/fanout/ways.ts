import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { encodeBatch } from "../../bus/encode.ts";
import type { Batch } from "../../protocol.ts";
import {
  createServerProcess,
  findProgram,
  type StartedServer,
  startMosquitto,
} from "../../testing/start-process.ts";
import { type Dialect, TOPIC } from "../viewers/dialects.ts";
import { masked, mqttConnect, mqttPublish } from "../viewers/packets.ts";
import { messageOf } from "./batches.ts";
import type { Place } from "./lines.ts";
import type { NodeServer } from "./node-server.ts";

/** A server in a process of its own. */
export interface Running extends Place {
  pid: number;
  close(): Promise<void>;
}

/** One way to bring a message to every viewer. */
export interface Way {
  name: string;
  dialect: Dialect;
  /** @param frameReadings where not 0, a batch of so many is to be sent at once, whatever else it would wait for */
  start(frameReadings: number): Promise<Running>;
  /** How the publisher begins: the path of a websocket, or bytes that are answered. */
  greeting?: { path: string } | Buffer;
  /** The batch as it is put on the publisher's connection. */
  publish(batch: Batch): Buffer;
}

const running = new Set<Running>();
// A run that fails leaves no server behind.
process.once("exit", () => {
  for (const { pid } of running) process.kill(pid, "SIGKILL");
});

function endsWithUs(server: Running): Running {
  running.add(server);
  return {
    ...server,
    async close() {
      running.delete(server);
      await server.close();
    },
  };
}

async function startScript(program: string, args: string[]): Promise<Running> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [first] = (await Promise.race([
    once(lines, "line"),
    ended.then(([code]) => Promise.reject(new Error(`${args.join(" ")} ended with ${code}`))),
  ])) as [string];
  return endsWithUs({
    ...(JSON.parse(first) as Place),
    pid: child.pid ?? 0,
    async close() {
      child.kill("SIGKILL");
      await ended;
    },
  });
}

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const lineOf = (batch: Batch) => Buffer.from(`${messageOf(batch)}\n`);

const ofNode = (name: string, kind: NodeServer, dialect: Dialect): Way => ({
  name,
  dialect,
  start: (frameReadings) =>
    startScript(process.execPath, [fileOf("node-server.ts"), kind, String(frameReadings)]),
  publish: kind === "live" ? (batch) => Buffer.from(`${encodeBatch(batch)}\n`) : lineOf,
});

const ofBroker = ({ port, pid, close }: StartedServer, viewersPort: number): Running =>
  endsWithUs({ port: viewersPort, feedPort: port, pid: pid() ?? 0, close });

/** Where Debian's package keeps it. */
const NCHAN = "/usr/lib/nginx/modules/ngx_nchan_module.so";

/** nginx as one process, so that its processor time is one process's. */
function nginx(port: number, folder: string): string[] {
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `load_module ${NCHAN};
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  nchan_max_reserved_memory 256m; nchan_message_buffer_length 4000; nchan_message_timeout 60s;
  server {
    listen 127.0.0.1:${port} backlog=2048; tcp_nodelay on;
    location = /pub { nchan_publisher websocket; nchan_channel_id ${TOPIC}; client_max_body_size 8m; }
    location = /sub {
      nchan_subscriber websocket; nchan_channel_id ${TOPIC}; nchan_subscriber_first_message newest;
      nchan_subscriber_last_message_id $arg_last;
    }
  }
}
`,
  );
  return ["-c", file, "-e", join(folder, "error.log"), "-p", folder];
}

function nats(viewersPort: number) {
  return (port: number, folder: string): string[] => {
    const file = join(folder, "nats.conf");
    writeFileSync(
      file,
      `listen: "127.0.0.1:${port}"\nmax_payload: 8MB\nwebsocket { listen: "127.0.0.1:${viewersPort}", no_tls: true }\n`,
    );
    return ["-c", file];
  };
}

function nchanWay(): Way | null {
  const program = findProgram("nginx");
  if (!program) return null;
  if (!existsSync(NCHAN)) {
    console.warn(`SKIPPED: nchan, whose module is not at ${NCHAN} (Debian: apt install libnginx-mod-nchan)`);
    return null;
  }
  return {
    name: "nchan",
    dialect: "nchan",
    async start() {
      const server = await createServerProcess(program, nginx);
      return ofBroker(server, server.port);
    },
    greeting: { path: "/pub" },
    publish: (batch) => masked(messageOf(batch)),
  };
}

function natsWay(): Way | null {
  const program = findProgram("nats-server");
  if (!program) return null;
  return {
    name: "nats-server's websocket",
    dialect: "nats",
    async start() {
      const viewersPort = await getPort({ host: "127.0.0.1" });
      return ofBroker(await createServerProcess(program, nats(viewersPort)), viewersPort);
    },
    greeting: Buffer.from('CONNECT {"verbose":false,"pedantic":false}\r\nPING\r\n'),
    publish(batch) {
      const message = messageOf(batch);
      return Buffer.from(`PUB ${TOPIC} ${Buffer.byteLength(message)}\r\n${message}\r\n`);
    },
  };
}

function mosquittoWay(): Way | null {
  const program = findProgram("mosquitto");
  if (!program) return null;
  return {
    name: "mosquitto's websocket, QoS 0",
    dialect: "mqtt",
    async start() {
      const viewersPort = await getPort({ host: "127.0.0.1" });
      const websockets = [`listener ${viewersPort} 127.0.0.1`, "protocol websockets", "set_tcp_nodelay true"];
      return ofBroker(await startMosquitto(program, websockets), viewersPort);
    },
    greeting: mqttConnect("publisher"),
    publish: (batch) => mqttPublish(TOPIC, messageOf(batch)),
  };
}

function bunWay(): Way | null {
  const program = findProgram("bun", "none; npm install --global bun");
  if (!program) return null;
  return {
    name: "Bun's publish",
    dialect: "websocket",
    start: () => startScript(program, [fileOf("bun-server.ts")]),
    publish: lineOf,
  };
}

/** Ours first. What is not installed is said aloud, and left out. */
export const waysHere = (): Way[] => [
  ofNode("sprintcast live", "live", "live"),
  ofNode("ws, one buffer for all", "ws", "websocket"),
  ofNode("ws, JSON.stringify per client", "ws-naive", "websocket"),
  ofNode("socket.io", "socket.io", "socket.io"),
  ofNode("raw TCP, no frames", "tcp", "tcp"),
  ...[nchanWay(), natsWay(), mosquittoWay(), bunWay()].filter((way) => way !== null),
];
