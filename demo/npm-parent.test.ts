import { describe, expect, it } from "vitest";
import { isNpmsCommand } from "./npm-parent.ts";

const bin = "/srv/team/node_modules/.bin/sprintcast-demo";

describe("a program that npm runs", () => {
  it.each([
    ["by npx", "'sprintcast-demo'"],
    ["by a script of its name", "sprintcast-demo all --port 80"],
    ["behind another", "npm run build && sprintcast-demo all"],
    ["with its output elsewhere", "sprintcast-demo all > log 2>&1"],
    ["with its output elsewhere, as bash has it", "sprintcast-demo all &> log"],
    ["within another program", 'concurrently "sprintcast-demo all" vite'],
  ])("belongs to it %s", (_, script) => expect(isNpmsCommand(script, bin)).toBe(true));

  it.each([
    ["without npm", undefined],
    ["in the background", "sprintcast-demo all &"],
    ["in the background, beside another", "sprintcast-demo all & vite"],
    ["in the background, with its output elsewhere", "sprintcast-demo all > log 2>&1 &"],
    ["by nohup", "nohup sprintcast-demo all"],
    ["by setsid", "setsid -f sprintcast-demo all"],
    ["further down, by a script of another name", "sh deploy.sh"],
  ])("belongs to nobody %s", (_, script) => expect(isNpmsCommand(script, bin)).toBe(false));

  it("is known by the file that runs, too", () => {
    expect(isNpmsCommand("node scripts/start.ts", "/srv/checkout/scripts/start.ts")).toBe(true);
    expect(isNpmsCommand("vitest run", "")).toBe(false);
  });
});
