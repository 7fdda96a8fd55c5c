// Pages visited and the saved list open again offline. Nothing is fetched ahead or sent from here.
const MOST = { pages: 60, files: 20 };
const SAVED = /^\/([a-z-]+\/)?saved\/$/;
const DESK = /^\/([a-z-]+\/)?(admin|api|opportunities\/preview)\//;
const NOT_KEPT = /\/alerts\/|[?&](nationality|residence|age|held)=/; // it tells of a person
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\./;

const isOffline = (key) => key.url.endsWith("/offline/"); // kept by serai.js, for all others
const isSaved = (key) => SAVED.test(new URL(key.url).pathname);
const put = async (name, address, answer) => {
  const cache = await caches.open(name);
  await cache.delete(address); // in the order of the last visit
  await cache.put(address, answer);
  const keys = (await cache.keys()).filter((key) => !isSaved(key) && !isOffline(key));
  for (const key of keys.slice(0, -MOST[name])) await cache.delete(key);
};

const keep = async (address, path, answer) => {
  const cache = await caches.open("pages");
  const told = (name) => answer.headers.get(name) ?? "";
  if (SAVED.test(path)) {
    // what was deleted must not stay in another language
    for (const key of await cache.keys()) if (isSaved(key)) await cache.delete(key);
  } else if (/no-store/.test(told("Cache-Control"))) return;
  if (answer.ok && told("Content-Type").startsWith("text/html")) {
    const html = (await answer.text()).replace("<html", `<html data-kept="${Date.now()}"`);
    await put("pages", address, new Response(html, answer));
  } else if (answer.status < 500) await cache.delete(address); // withdrawn
};

const page = async (event, address, path) => {
  try {
    const answer = await fetch(event.request);
    if (!NOT_KEPT.test(address)) event.waitUntil(keep(address, path, answer.clone()));
    return answer;
  } catch {
    const cache = await caches.open("pages");
    const keys = await cache.keys();
    const [saved, offline] = [isSaved, isOffline].map((is) => keys.filter(is).pop());
    const other = offline ? await cache.match(offline) : saved && Response.redirect(saved.url);
    return (await cache.match(address)) ?? other ?? Response.error();
  }
};

const file = async (event, address) => {
  const kept = await caches.match(address);
  const answer = kept ?? (await fetch(event.request));
  if (!kept && answer.ok) event.waitUntil(put("files", address, answer.clone()));
  return answer;
};

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin || DESK.test(pathname)) return;
  if (HASHED.test(pathname)) event.respondWith(file(event, url));
  else if (mode === "navigate" || SAVED.test(pathname))
    event.respondWith(page(event, origin + pathname + search, pathname));
});
