import { stringify } from "yaml";
import type { Team } from "./team.ts";

const yaml = (value: unknown): string => stringify(value).trimEnd();

/** `settings.yml`: what is known of the team, and every other key with what holds without it. */
export const settingsText = (team: Team): string => `${yaml({
  repository: team.repository,
  ...(team.github === null ? {} : { github: team.github }),
  timeZone: team.timeZone,
  title: team.title,
})}

# Everything below is optional, and stands here with what holds without it. docs/settings.md explains each.
# workdays: [1, 2, 3, 4, 5]
# daysOff: []
# planGraceHours: 0
# sizes: { S: 0.1, M: 0.5, L: 1 }
# sizePrefix: "size: "        # an issue with the label "size: M" is estimated at half a man-day
# actualPrefix: "actual: "    # or a comment with /spend 4h
# labels: { debt: [technical debt], freezebox: [freezebox], kalmPrefix: "kalm: " }
# live: false                # true: the site has a live demo, whose server runs beside it
# lanes:
#   - { name: Backlog, role: backlog, when: { state: open, member: false } }
#   - { name: Sprint, role: sprint, when: { state: open, member: true } }
#   - { name: In progress, role: progress, when: { state: open, member: true, labels: [in progress] } }
#   - { name: Done, role: done, when: { state: closed } }
`;

/** `sprints/01.md`. */
export const sprintText = (team: Team): string => `---
${yaml({
  number: 1,
  title: "First sprint",
  goal: "What this sprint is for, in one sentence",
  firstDay: team.firstDay,
  lastDay: team.lastDay,
  capacityDays: null,
  milestone: team.milestone,
})}
---

What else a reader should know about this sprint. Issues on the milestone above are in it.
`;

/** `posts/01-planning.md`. */
export const planningText = (team: Team): string => `---
${yaml({ title: "Planning of sprint 1", kind: "planning", sprint: 1, date: team.firstDay, draft: true })}
---

What we want to do, and why. Take \`draft\` away when this may be published.

::board{at=start}
`;
