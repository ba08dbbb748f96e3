/* okrsite: what an address that leads nowhere may have meant. It leads to where the page has moved,
   and otherwise shows the pages whose addresses have the most words in common with it. */
(() => {
  "use strict"

  const MOST = 5

  /** Show what is near the address that was asked for. */
  async function findNearest(page) {
    const { known } = window.okrsite  // the pages by their addresses
    const base = page.dataset.okrNotFound
    const path = bare(location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname)
    if (!path || path === "404") return
    const there = moved(page, path)
    if (there) return location.replace(there + location.search + location.hash)
    const found = nearest(path, known, base, await titles(base))
    const section = page.querySelector("#okr-nearest")
    section.querySelector("ul").replaceChildren(...found)
    const link = section.querySelector("[data-okr-search]")
    const words = wordsOf(path.split("/").at(-1)).join(" ")
    if (words) {
      link.textContent = link.dataset.okrSearch.replace("{words}", words)
      link.href = `${base}?q=${encodeURIComponent(words)}`
      link.parentElement.hidden = false
    }
    section.querySelector("h2").hidden = !found.length
    section.hidden = !found.length && !words
  }

  /** Give a path without what does not name the page. */
  function bare(path) {
    try {
      path = decodeURIComponent(path)
    } catch { /* it is no text */ }
    return path.toLowerCase().replace(/(^|\/)index\.(html|md)$/, "").replace(/\.(html|md)$/, "")
      .replace(/^\/+|\/+$/g, "")
  }

  /** Give where a page has moved to, if the change log knows it. */
  function moved(page, path) {
    let number = 0x811c9dc5
    for (const byte of new TextEncoder().encode(path)) {
      number = Math.imul(number ^ byte, 0x01000193) >>> 0
    }
    return page.querySelector(`[data-okr-former~="${number.toString(16)}"] a`)?.href
  }

  /** Give the titles of the pages by their addresses, as far as the search knows them. */
  async function titles(base) {
    try {
      const { docs } = await (await fetch(`${base}search/search_index.json`)).json()
      return new Map(docs.filter(({ location }) => !/[?#]/.test(location)).map(
        ({ location, title }) => [location, new DOMParser().parseFromString(title, "text/html").body.textContent]))
    } catch {
      return new Map()
    }
  }

  const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
  const wordsOf = text => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean)

  function nearest(path, known, base, titles) {
    const asked = wordsOf(path)
    const last = wordsOf(path.split("/").at(-1))
    const pages = new Set([...titles.keys(), ...Object.keys(known.pages).filter(url => !url.includes("?"))])
    return [...pages].filter(Boolean)
      .map(url => [url, likeness(asked, last, bare(url), wordsOf(titles.get(url) ?? ""))])
      .filter(([, near]) => near > 0.9)
      .sort(([, one], [, other]) => other - one).slice(0, MOST)
      .map(([url]) => item(url, known, base, titles))
  }

  /** Say how much an address is like another: the words of its end count most. */
  function likeness(asked, last, url, title) {
    const all = wordsOf(url)
    const end = new Set([...wordsOf(url.split("/").at(-1)), ...title])
    const like = word => end.has(word) ? 1 : [...end].some(other => akin(word, other)) ? 0.7
      : all.includes(word) ? 0.3 : 0
    const ends = last.reduce((sum, word) => sum + like(word), 0) / last.length
    if (!ends) return 0
    return 3 * ends + asked.filter(word => all.includes(word)).length / asked.length
      - Math.abs(asked.length - all.length) / 20
  }

  const akin = (one, other) => Math.min(one.length, other.length) > 3
    && (one.startsWith(other.slice(0, -1)) || other.startsWith(one.slice(0, -1)))

  function item(url, known, base, titles) {
    const [, line, kind = 0] = known.pages[url] ?? ["", "", known.kinds.length - 1]
    const made = document.createElement("li")
    const link = document.createElement("a")
    link.href = base + url
    link.textContent = titles.get(url) ?? wordsOf(bare(url).split("/").at(-1)).join(" ")
    const said = document.createElement("span")
    said.className = "okr-soft"
    said.textContent = [known.kinds[kind], line].filter(Boolean).join(" · ")
    made.append(link, " ", said)
    return made
  }

  window.okrsite.findNearest = findNearest
})()
