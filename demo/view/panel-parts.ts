import type { ViewWords } from "./words.ts";

/** The elements of the panel, made once. All text is set later, as text. */
export function createPanelParts(root: ShadowRoot, { texts }: ViewWords) {
  const document = root.ownerDocument;
  const make = <Name extends keyof HTMLElementTagNameMap>(tag: Name, className: string) => {
    const element = document.createElement(tag);
    element.className = className;
    return element;
  };
  const button = (text: string, className = "") => {
    const element = make("button", className);
    element.type = "button";
    element.textContent = text;
    element.hidden = true;
    return element;
  };
  const bar = make("div", "bar");
  const badge = make("span", "badge");
  const age = make("span", "age");
  const tools = make("div", "tools");
  const goLive = button(texts.goLive, "go");
  const replay = button(texts.play);
  const pause = button(texts.pause);
  const tableToggle = button(texts.table);
  const grid = make("div", "grid");
  const scroll = make("div", "scroll");
  const table = make("table", "");
  const announcer = make("div", "hush");
  const stale = make("slot", "");

  announcer.setAttribute("aria-live", "polite");
  tableToggle.setAttribute("aria-pressed", "false");
  pause.setAttribute("aria-pressed", "false");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", texts.latest);
  scroll.hidden = true;
  grid.hidden = true;

  tools.append(goLive, replay, pause, tableToggle);
  bar.append(badge, age, tools);
  scroll.append(table);
  root.replaceChildren(bar, stale, grid, scroll, announcer);
  return { badge, age, goLive, replay, pause, tableToggle, grid, scroll, table, announcer, stale };
}

export type PanelParts = ReturnType<typeof createPanelParts>;
