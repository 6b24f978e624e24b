import type { Page } from "playwright-core";

/** Less air than this between two blocks of a page reads as one block, pixels. */
const leastAir = 6;

/** Labels of charts, as drawn on the screen: smaller ones cannot be read, larger ones drown the text around. Pixels. */
const labelSizes = { least: 9.5, most: 16 };

/**
 * What a reader would take for carelessness on the page as it is drawn now: labels of charts cut off or of an odd size,
 * blocks that touch, marks of direction in a title that turn what follows it.
 */
export function checkLooks(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ air, sizes }) => {
      const shown = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().height > 0;
      const words = (one: Element) => (one.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 60);
      const cut = [...document.querySelectorAll("svg.chart text")].filter(shown).flatMap((label) => {
        const [own, frame] = [label, label.closest("svg")].map((one) => one?.getBoundingClientRect());
        const isInside = own && frame && own.left >= frame.left - 1 && own.right <= frame.right + 1;
        return isInside ? [] : [`a chart cuts off “${words(label)}”`];
      });
      const odd = [...document.querySelectorAll<SVGTextElement>("svg.chart text")]
        .filter(shown)
        .flatMap((label) => {
          const size = Number.parseFloat(getComputedStyle(label).fontSize) * (label.getScreenCTM()?.a ?? 1);
          const isFit = size >= sizes.least && size <= sizes.most;
          return isFit ? [] : [`a chart’s “${words(label)}” is ${size.toFixed(1)} px high`];
        });
      const inner = (one: Element, side: "Top" | "Bottom") =>
        Number.parseFloat(getComputedStyle(one)[`padding${side}`]);
      const blocks = (parent: Element) =>
        [...parent.children].filter(
          (one) =>
            shown(one) && !/inline|contents/.test(getComputedStyle(one).display) && !one.matches(".hush"),
        );
      const touching = [...document.querySelectorAll("main, main > header, main section, main form")]
        .filter(shown)
        .flatMap((parent) => {
          const all = blocks(parent);
          return all.slice(1).flatMap((next, index) => {
            const above = all[index] ?? next;
            const [end, start] = [above.getBoundingClientRect().bottom, next.getBoundingClientRect().top];
            const gap = start - end + inner(above, "Bottom") + inner(next, "Top");
            // What stands beside the other, or over it, is laid out on purpose.
            const isBelow = start >= end - 1;
            return isBelow && gap < air ? [`“${words(next)}” touches “${words(above)}” above it`] : [];
          });
        });
      const isIsolated = (one: Element) => {
        const { display, unicodeBidi } = getComputedStyle(one);
        return !/^(inline|contents)$/.test(display) || /isolate|plaintext/.test(unicodeBidi);
      };
      const turning: string[] = [];
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!/[\u202A-\u202E\u2066-\u2069]/.test(text.nodeValue ?? "")) continue;
        let around = text.parentElement;
        while (around && !isIsolated(around)) around = around.parentElement;
        if (!around || !shown(around)) continue;
        const rest = document.createRange();
        rest.setStartAfter(text);
        rest.setEndAfter(around);
        const after = rest.toString().trim().slice(0, 40);
        if (after !== "") turning.push(`a mark of direction in “${words(around)}” turns “${after}”`);
      }
      return [...cut, ...odd, ...touching, ...turning];
    },
    { air: leastAir, sizes: labelSizes },
  );
}
