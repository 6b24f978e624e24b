import { counted } from "sprintcast/format";

/** The part of pagefind's browser API that is used here; https://pagefind.app/docs/api/ */
interface Pagefind {
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options?: object,
    wait?: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}
interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
  sub_results: { title: string; url: string; excerpt: string }[];
}

const most = 20;

/** Searches as one types; the query stands in the address, so that a search can be sent to someone. */
export function mountSearch(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("[data-search]");
  const results = root.querySelector<HTMLElement>("[data-results]");
  const input = form?.querySelector("input");
  const status = form?.querySelector<HTMLElement>("[data-status]");
  if (!form || !results || !input || !status) return;
  let index: Promise<Pagefind> | undefined;

  const search = async () => {
    const query = input.value.trim();
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (!query) {
      status.textContent = "";
      results.replaceChildren();
      return;
    }
    index ??= load(form.dataset.index ?? "");
    try {
      const found = await (await index).debouncedSearch(query, {}, 150);
      if (!found) return; // a newer query is on its way
      const pages = await Promise.all(found.results.slice(0, most).map((result) => result.data()));
      const count = found.results.length;
      status.textContent = count === 0 ? `Nothing found for “${query}”.` : counted(count, "page");
      results.replaceChildren(...pages.map(item));
    } catch (cause) {
      status.textContent = "The search index could not be loaded. It is only there in a built site.";
      console.error(cause);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void search();
  });
  input.addEventListener("input", () => void search());
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.focus();
  if (input.value) void search();
}

async function load(url: string): Promise<Pagefind> {
  const pagefind = (await import(/* @vite-ignore */ url)) as Pagefind;
  await pagefind.init();
  return pagefind;
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
