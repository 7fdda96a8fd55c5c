// How many the chosen filters give: on their button, and told to screen readers. Escape closes the sheet.
{
  const form = document.querySelector("#filters");
  const button = form.querySelector("button");
  const word = button.textContent;
  const withNumber = (n) => (n ? `${word} (${n})` : word);
  button.textContent = withNumber(button.dataset.total);
  let turn = 0;

  form.addEventListener("change", async () => {
    const mine = ++turn;
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const answer = await fetch(`${form.action}?${asked}`, { method: "HEAD" }).catch(() => {});
    if (mine !== turn) return;
    button.textContent = withNumber(answer?.headers.get("X-Total-Count"));
    form.querySelector("output").textContent = button.textContent;
  });

  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && location.hash === "#filters") location.hash = "results";
  });
}
