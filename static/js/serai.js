// Saves on the spot, dates pages read offline, starts sw.js and keeps its page for what was never seen.
{
  const words = document.currentScript.dataset;
  const root = document.documentElement;
  let turn = Promise.resolve(); // one by one: the first save brings the cookie

  const send = async (button) => {
    const { name, value, form } = button;
    try {
      const body = new URLSearchParams([[name, value]]);
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect") throw answer;
      const saves = name === "save";
      button.name = saves ? "remove" : "save";
      button.textContent = saves ? words.saved : words.save;
      // the copy to read offline
      if (!navigator.connection?.saveData) await fetch(form.action);
    } catch {
      if (button.name === name) button.textContent = words.failed;
    }
  };

  addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "save") button.dataset.here = "";
    if (!button?.matches("[data-here]")) return;
    event.preventDefault();
    turn = turn.then(() => send(button));
  });

  if (root.dataset.kept) {
    const note = document.createElement("p");
    note.className = "hint";
    note.role = "status";
    note.textContent = words.kept.replace("{}", new Date(+root.dataset.kept).toLocaleString(root.lang));
    document.querySelector("main").prepend(note);
  }
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
  if (!navigator.connection?.saveData)
    globalThis.caches
      ?.open("pages")
      .then(async (cache) => (await cache.match(words.offline)) ?? cache.add(words.offline))
      .catch(() => {});
}
