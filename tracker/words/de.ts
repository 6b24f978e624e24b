import { amounts } from "./de/amounts.ts";
import { bills } from "./de/bills.ts";
import { charts } from "./de/charts.ts";
import { figures } from "./de/figures.ts";
import { flow } from "./de/flow.ts";
import { flowFigures } from "./de/flow-figures.ts";
import { forecast } from "./de/forecast.ts";
import { frame } from "./de/frame.ts";
import { pages } from "./de/pages.ts";
import { phrases } from "./de/phrases.ts";
import { report } from "./de/report.ts";
import { sprint } from "./de/sprint.ts";
import type { Texts } from "./words.ts";

/** Every text of the website in German. */
export const de: Texts = {
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
};
