import { expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { teamForTest } from "../../testing/team-of-three.ts";

type Json = Record<string, unknown>;

test.each(["sprint 1", "Sprint  1", "Sprint1"])(
  "a repository whose milestone is called %j is told to lack the sprint by its spelling",
  async (title) => {
    const team = teamForTest();
    const { repositories } = await team.gitHub();
    const web = present(repositories[1]);
    for (const one of [...web.issues, ...web.events]) {
      const milestone = one.milestone as Json | null | undefined;
      if (milestone?.title === "Sprint 1") one.milestone = { ...milestone, title };
    }
    web.milestones = web.milestones.map((one) => (one.title === "Sprint 1" ? { ...one, title } : one));
    await team.call("sync");
    const { checks } = await team.told("doctor");
    const told = checks.filter(({ found }: { found: string }) => found.startsWith("acme/web: "));
    expect(told[0]).toMatchObject({
      name: "sprint 1",
      verdict: "mend",
      found: `acme/web: the milestone is called "${title}" there, not "Sprint 1", so none of its issues counts`,
    });
  },
);
