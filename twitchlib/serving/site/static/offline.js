// Keeps the whole site, so that it opens without a network. One version is kept at a time, and a page gets
// all its files from that. A newer version is fetched alongside, its files are compared with their hashes,
// and it takes over once no page of the older one is open.

const VERSION = "{version}";
const FILES = {files}; // name → SHA-256
const PREFIX = `twitchlib ${registration.scope} `;
const NAME = PREFIX + VERSION;

async function keep() {
  const kept = await caches.open(NAME);
  await Promise.all(Object.entries(FILES).map(async ([name, hash]) => {
    // What has its version in its address may come from the browser's own cache. The rest is revalidated, but a server
    // gives the time of a change in seconds, and so may take a file for the one that the browser has. If the hash shows
    // that, the file is fetched again.
    for (const cache of [name.startsWith("static/") ? "default" : "no-cache", "reload"]) {
      const answer = await fetch(name, { cache });
      if (!answer.ok) throw new Error(`${answer.status}: ${name}`);
      const content = await answer.clone().arrayBuffer();
      if (await sha256(content) === hash) return kept.put(name, answer);
    }
    throw new Error(`${name} is of another version`);
  }));
}

async function sha256(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
}

async function answer(request) {
  const { pathname, origin } = new URL(request.url);
  const address = origin + (pathname.endsWith("/") ? `${pathname}index.html` : pathname);
  const kept = await (await caches.open(NAME)).match(address);
  return kept ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});
