import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backupTeam, member } from "../../testing/backup-team.ts";

const cli = join(import.meta.dirname, "../../cli.ts");

interface Reply {
  id?: number;
  result?: { isError?: boolean; structuredContent?: { schema: string }; content?: { text: string }[] };
  error?: { code: number };
}

const hello = {
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};
const called = (id: number, name: string, given: unknown = {}) => ({
  id,
  method: "tools/call",
  params: { name, arguments: given },
});

/** Says these lines to a server, as text or as messages, and closes its input at once: replies by id, and how it ended. */
async function converse(lines: readonly (string | object)[]) {
  const team = backupTeam();
  await team.sync("2026-03-30T12:00:00Z", [member(1), member(2)]);
  const server = spawn(process.execPath, [cli, "mcp"], { cwd: team.folder });
  let [out, err] = ["", ""];
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const said = lines.map((line) =>
    typeof line === "string" ? line : JSON.stringify({ jsonrpc: "2.0", ...line }),
  );
  server.stdin.end(said.map((line) => `${line}\n`).join(""));
  const [code] = await once(server, "close");
  const replies = out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Reply);
  return { code, err, replies: new Map(replies.map((reply) => [reply.id, reply])) };
}

test("what was asked before the input ended is answered, every question once", async () => {
  const { code, err, replies } = await converse([
    hello,
    { method: "notifications/initialized" },
    called(2, "state"),
    called(3, "doctor"),
    called(4, "report", { sprint: 1 }),
  ]);
  expect([code, err]).toEqual([0, ""]);
  expect([...replies.keys()]).toEqual([1, 2, 3, 4]);
  const schemas = [2, 3, 4].map((id) => replies.get(id)?.result?.structuredContent?.schema);
  expect(schemas).toEqual(["sprintcast/state@1", "sprintcast/doctor@1", "sprintcast/report@1"]);
});

test("lines that are no questions, huge and odd ones stop no answer", async () => {
  const { code, replies } = await converse([
    "no JSON {",
    "",
    "[]",
    "null",
    { id: 77 },
    hello,
    { method: "notifications/initialized" },
    called(2, "nonsense"),
    called(3, "report", null),
    called(4, "issue", { issue: "x".repeat(2_000_000) }),
    called(5, "report", { sprint: "x/1\u0000" }),
    called(6, "issue", { issue: "\u0000" }),
    called(7, "explain", { sprint: 1, figure: "__proto__" }),
    called(8, "state"),
  ]);
  expect(code).toBe(0);
  for (const id of [2, 3]) expect(replies.get(id)?.error?.code, `${id}`).toBe(-32_602);
  for (const id of [4, 5, 6, 7]) expect(replies.get(id)?.result?.isError, `${id}`).toBe(true);
  expect(replies.get(5)?.result?.content?.[0]?.text).toContain(
    "expected a number, or one of a team such as api/3",
  );
  expect(replies.get(8)?.result?.structuredContent?.schema).toBe("sprintcast/state@1");
});

test("a question that was taken back is not answered, and the next one is", async () => {
  const { replies } = await converse([
    hello,
    { method: "notifications/initialized" },
    called(2, "doctor"),
    called(3, "state"),
    { method: "notifications/cancelled", params: { requestId: 3 } },
    called(4, "debt"),
  ]);
  expect([replies.has(2), replies.has(3), replies.has(4)]).toEqual([true, false, true]);
});
