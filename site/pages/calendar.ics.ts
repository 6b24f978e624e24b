import type { APIRoute } from "astro";
import { slugOf } from "sprintcast/content";
import { absolute } from "../data/address.ts";
import { loadSite } from "../data/site.ts";
import { renderCalendar } from "../view-models/calendar.ts";
import { paths } from "../view-models/urls.ts";

export const GET: APIRoute = async ({ site }) => {
  const { settings, sprintPaths, sprints, words } = await loadSite();
  const text = renderCalendar(
    sprints.map((sprint) => ({
      ...sprint,
      ...(sprintPaths.isShared && sprint.team !== undefined
        ? { key: `${slugOf(sprint.team)}-${sprint.number}` }
        : {}),
      title: sprint.team === undefined ? sprint.title : `${sprint.team}: ${sprint.title}`,
      url: absolute(sprint.reported ? sprintPaths.page(sprint) : paths.sprints),
    })),
    {
      name: settings.title,
      timeZone: settings.timeZone,
      host: site?.host ?? "localhost",
      daily: settings.daily,
      dailyTitle: (sprint) => words.say(words.texts.frame.calendar.daily, { sprint }),
      workdays: settings.workdays,
      daysOff: settings.daysOff,
    },
  );
  return new Response(text, { headers: { "content-type": "text/calendar; charset=utf-8" } });
};
