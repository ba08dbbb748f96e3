/* okrsite: the search of large sites. Pagefind's index is read in pieces, when the dialog opens. */
(() => {
  "use strict"

  const root = new URL("../", document.currentScript.src)
  const FIRST = 10
  const PAUSE = 60  // milliseconds without a key, before words are looked for
  let engine = null

  /** Load Pagefind once; what has failed may be tried again. */
  function load() {
    engine ??= import(new URL("pagefind/pagefind.js", root)).then(async pagefind => {
      await pagefind.options({ baseUrl: root.pathname, excerptLength: 20 })
      await pagefind.init()
      return pagefind
    })
    engine.catch(() => { engine = null })
    return engine
  }

  function begin() {
    const box = document.querySelector(".okr-search")
    if (!box || box.dataset.okrReady) return
    box.dataset.okrReady = "yes"
    const [opener, dialog, form, text, closer, said, list, more] = [
      "open", "dialog", "form", "text", "close", "said", "list", "more",
    ].map(name => box.querySelector(`.okr-search__${name}`))
    const selects = [...form.querySelectorAll("select")]
    const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined)
    let asked = 0
    let waiting = 0
    let results = []

    function open() {
      if (dialog.open) return
      dialog.showModal()
      text.select()
      load().catch(() => { said.textContent = said.dataset.okrFailed })
    }

    const chosen = () => Object.fromEntries(
      selects.filter(select => select.value).map(select => [select.name, [select.value]]))

    /** Look for what the form says, and show it unless something else was asked since. */
    async function look() {
      const mine = ++asked
      const words = text.value.trim()
      const filters = chosen()
      if (!words && !Object.keys(filters).length) return show([], mine, "")
      try {
        const pagefind = await load()
        const answer = await pagefind.search(words || null, { filters })
        if (mine !== asked) return
        results = answer.results
        const line = results.length
          ? said.dataset.okrFound.replace("{number}", numbers.format(results.length))
          : said.dataset.okrNone
        await show(await pieces(0), mine, line)
        await offer(pagefind, words, filters, mine)
      } catch {
        if (mine === asked) show([], mine, said.dataset.okrFailed)
      }
    }

    const pieces = from => Promise.all(results.slice(from, from + FIRST).map(one => one.data()))

    function show(pages, mine, line) {
      if (mine !== asked) return
      list.replaceChildren(...pages.map(row))
      said.textContent = line
      more.hidden = !pages.length || results.length <= pages.length
    }

    /** Say how many there are of each kind, status, cycle and owner among what was found. */
    async function offer(pagefind, words, filters, mine) {
      await pagefind.filters()
      const { filters: counts } = await pagefind.search(words || null, { filters })
      if (mine !== asked) return
      for (const select of selects) {
        if (select.value) continue
        const found = Object.entries(counts[select.name] ?? {}).filter(([, number]) => number)
        found.sort(([one], [other]) => one.localeCompare(other, document.documentElement.lang))
        select.replaceChildren(select.options[0], ...found.map(([value, number]) =>
          new Option(`${value} (${numbers.format(number)})`, value)))
        select.parentElement.hidden = found.length < 2
      }
    }

    function row(page) {
      const item = element("li", "okr-search__item")
      const { title, kind, status, tone, line } = page.meta
      const [best] = page.sub_results
      const link = element("a", "okr-search__link")
      link.href = page.url
      link.append(element("span", "okr-search__title", title))
      const facts = element("span", "okr-search__facts")
      if (status) facts.append(element("span", `okr-status okr-tone--${tone}`, status))
      facts.append(element("span", "", [kind, line].filter(Boolean).join(" · ")))
      link.append(facts)
      item.append(link)
      const below = page.sub_results.filter(part => part.anchor && part.url !== page.url)
        .filter(part => part.anchor.id !== "okr-title").slice(0, 3)
      if (best && !below.length) link.append(...excerpt(best.excerpt, title))
      for (const part of below) {
        const inside = element("a", "okr-search__link okr-search__link--part")
        inside.href = part.url
        inside.append(element("span", "okr-search__part", part.title))
        inside.append(...excerpt(part.excerpt, part.title))
        item.append(inside)
      }
      return item
    }

    opener.addEventListener("click", open)
    for (const name of ["pointerenter", "focus"]) {
      opener.addEventListener(name, () => load().catch(() => {}), { once: true })
    }
    closer.addEventListener("click", () => dialog.close())
    dialog.addEventListener("click", event => {
      if (event.target === dialog || event.target.closest("a")) dialog.close()
    })
    form.addEventListener("input", () => {
      clearTimeout(waiting)
      waiting = setTimeout(look, PAUSE)
    })
    form.addEventListener("submit", event => {
      event.preventDefault()
      list.querySelector("a")?.click()
    })
    more.addEventListener("click", async () => {
      const mine = asked
      const from = list.children.length
      const pages = await pieces(from)
      if (mine !== asked) return
      list.append(...pages.map(row))
      more.hidden = results.length <= list.children.length
      list.children[from]?.querySelector("a").focus()
    })
    dialog.addEventListener("keydown", event => {
      if (event.key === "Escape") {  // a field of type search would only be emptied by it
        event.preventDefault()
        dialog.close()
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (!step || event.target.tagName === "SELECT") return
      const stops = [text, ...list.querySelectorAll("a")]
      stops[Math.max(0, stops.indexOf(document.activeElement) + step)]?.focus()
      event.preventDefault()
    })
    addEventListener("keydown", event => {
      const busy = event.target.closest?.("input, textarea, select, [contenteditable], dialog")
      const alone = !event.ctrlKey && !event.metaKey && !event.altKey
      if (!busy && alone && ["/", "f", "s"].includes(event.key)) {
        event.preventDefault()
        open()
      }
    })
    opener.hidden = false
    const query = new URLSearchParams(location.search).get("q")
    if (query) {
      text.value = query
      open()
      look()
    }
  }

  function element(name, className, content = "") {
    const made = document.createElement(name)
    if (className) made.className = className
    made.textContent = content
    return made
  }

  /** What was found, with its marks and no other markup; nothing where it is hardly more than
      the title. */
  function excerpt(markup, title) {
    const made = element("span", "okr-search__excerpt")
    const { body } = new DOMParser().parseFromString(markup, "text/html")
    if (body.textContent.length < title.length + 30) return []
    for (const node of body.childNodes) {
      made.append(node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent)
    }
    return [made]
  }

  if (window.document$) window.document$.subscribe(begin)
  else if (document.readyState !== "loading") begin()
  else addEventListener("DOMContentLoaded", begin, { once: true })
})()
