/** Turns each video link into a player on its first click; until then no third party hears of the visit. */
export function mountVideos(root: ParentNode): void {
  for (const holder of root.querySelectorAll<HTMLElement>("[data-video]")) {
    holder.addEventListener("click", (event) => {
      const id = holder.dataset.video ?? "";
      const plain = !(event.metaKey || event.ctrlKey || event.shiftKey);
      if (!plain || !/^[\w-]{11}$/.test(id) || holder.querySelector("iframe")) return;
      event.preventDefault();
      const player = document.createElement("iframe");
      player.src = `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`;
      player.title = holder.dataset.title ?? "";
      player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      player.referrerPolicy = "strict-origin-when-cross-origin";
      holder.replaceChildren(player);
      player.focus();
    });
  }
}
