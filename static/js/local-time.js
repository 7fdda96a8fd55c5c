// The reader's own time beside each official one.
for (const time of document.querySelectorAll("[data-here]")) {
  const at = new Date(time.dateTime);
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  const options = { dateStyle: "long", timeStyle: "short", hourCycle: "h23" };
  time.after(` (${time.dataset.here} ${at.toLocaleString(language, options)})`);
}
