import { amounts } from "./en/amounts.ts";
import { bills } from "./en/bills.ts";
import { charts } from "./en/charts.ts";
import { figures } from "./en/figures.ts";
import { flow } from "./en/flow.ts";
import { flowFigures } from "./en/flow-figures.ts";
import { forecast } from "./en/forecast.ts";
import { frame } from "./en/frame.ts";
import { pages } from "./en/pages.ts";
import { phrases } from "./en/phrases.ts";
import { report } from "./en/report.ts";
import { sprint } from "./en/sprint.ts";

/** Every text of the website in English. Other languages are held to this tree by its type. */
export const en = {
  amounts,
  bills,
  charts,
  figures,
  flow,
  flowFigures,
  forecast,
  frame,
  pages,
  phrases,
  report,
  sprint,
} as const;
