const element = import.meta.glob("../../../demo/view/sprintcast-live.ts");

/** Fetches the demo's code when one of its places comes near the window, and not before. */
export function mountDemos(root: ParentNode): void {
  const load = Object.values(element)[0];
  if (!load) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void load();
    },
    { rootMargin: "200px" },
  );
  for (const place of root.querySelectorAll("[data-demo]")) observer.observe(place);
}
