import { fill, formOf, numbersOf, type Text } from "sprintcast/words";
import { createAsking, type Found, type Index } from "./asking.ts";

/** What the page says, in its own language. */
interface Texts {
  none: string;
  found: Text;
  failed: string;
}

/** Searches as one types; the query stands in the address, so that a search can be sent to someone. */
export function mountSearch(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("[data-search]");
  const results = root.querySelector<HTMLElement>("[data-results]");
  const input = form?.querySelector("input");
  const status = form?.querySelector<HTMLElement>("[data-status]");
  if (!form || !results || !input || !status) return;
  const texts = JSON.parse(form.dataset.texts ?? "{}") as Texts;
  const numbers = numbersOf(document.documentElement.lang, form.dataset.language ?? "en");
  const found = (count: number) => {
    const form = formOf(texts.found, numbers.category(count));
    return fill(form, () => numbers.numeral(count));
  };

  let tries = 0;
  const address = new URL(form.dataset.index ?? "", location.href);
  const lost = watchParts(new URL(".", address).href);
  const ask = createAsking(() => load(address.href, tries++, lost), {
    nothing() {
      status.textContent = "";
      results.replaceChildren();
    },
    pages(query, count, pages) {
      status.textContent = count === 0 ? fill(texts.none, () => query) : found(count);
      results.replaceChildren(...pages.map(item));
    },
    failed(cause) {
      status.textContent = texts.failed;
      console.error(cause);
    },
  });

  const search = () => {
    const query = input.value.trim();
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    void ask(query);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  input.addEventListener("input", search);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.focus();
  if (input.value) search();
}

interface Pagefind extends Index {
  options(options: { noWorker: boolean }): Promise<void>;
  init(): Promise<void>;
}

/** A browser remembers of an address that no module came from it: another try takes another address. */
async function load(url: string, tries: number, lost: Error[]): Promise<Index> {
  lost.length = 0;
  const address = tries === 0 ? url : `${url}?try=${tries}`;
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  // What a worker fetches cannot be watched.
  await pagefind.options({ noWorker: true });
  await pagefind.init();
  return {
    destroy: () => pagefind.destroy(),
    async debouncedSearch(...query) {
      const answer = await pagefind.debouncedSearch(...query);
      if (lost[0]) throw lost[0];
      return answer;
    },
  };
}

/**
 * The parts of the index under an address that did not come, as they are missed. Pagefind takes a part of its words that
 * does not come for one without words, and says to nobody but the console that it found nothing for that reason.
 */
function watchParts(under: string): Error[] {
  const lost: Error[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (what, how) => {
    const { href } = new URL(what instanceof Request ? what.url : what, location.href);
    if (!href.startsWith(under)) return fetch(what, how);
    try {
      const answer = await fetch(what, how);
      if (!answer.ok) throw new Error(`${href} answered ${answer.status}`);
      return answer;
    } catch (cause) {
      lost.push(new Error(`${href} could not be loaded`, { cause }));
      throw cause;
    }
  };
  return lost;
}

function item(page: Found): HTMLLIElement {
  const li = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = page.meta.title ?? page.url;
  const heading = document.createElement("h2");
  heading.append(link);
  const text = document.createElement("p");
  text.append(...marked(page.excerpt));
  li.append(heading, text);
  return li;
}

/** Pagefind hands the excerpt over as HTML with `mark` elements; only those are taken from it, the rest is text. */
function marked(excerpt: string): Node[] {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html");
  return [...parsed.body.childNodes].map((node) => {
    if (!(node instanceof HTMLElement) || node.tagName !== "MARK")
      return document.createTextNode(node.textContent ?? "");
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}
