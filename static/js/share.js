// The device's own way to share, where it has one; a click on the button inside is enough.
for (const way of document.querySelectorAll("[data-share]")) {
  way.hidden = !navigator.share;
  way.onclick = () => navigator.share({ title: document.title, url: way.dataset.share }).catch(() => {});
}
