/* okrsite: what a page can do more with JavaScript. Without it everything can still be read.

   The filters of a list work on the rows that stand there: an element with `data-okr-status` is a
   row, and what it does not say of itself (`data-okr-owner`, …) is said by what is around it; so
   does their order. The texts are those of the page. What a page needs more is loaded beside this file. */
(() => {
  "use strict"

  const beside = document.currentScript.src
  const root = new URL("../", beside).href
  const loaded = new Map()
  let visit = null

  /** Begin a visit: Material's instant navigation changes the page and keeps the script. */
  function begin() {
    visit?.abort()
    visit = new AbortController()
    const { signal } = visit
    for (const form of document.querySelectorAll("form[data-okr-filters]")) {
      filterRows(form, signal)
    }
    for (const map of document.querySelectorAll("[data-okr-map]")) {
      load("map.js").then(() => signal.aborted || window.okrsite.drawMap(map, signal))
    }
    if (document.querySelector("[data-okr-chart]")) {
      load("charts.js").then(() => signal.aborted || window.okrsite.drawCharts(signal))
    }
    requestAnimationFrame(mendTheme)
    showMine()
    const lost = document.querySelector("[data-okr-not-found]")
    if (lost) {
      if (mine()?.at === here()) keep(null)
      Promise.all(["found.js", "results.js"].map(load)).then(() => window.okrsite.findNearest(lost))
    }
    const results = document.querySelector("[data-md-component=search-result] ol")
    if (results) describeResults(results, signal)
  }

  /** Mend what the theme has added: tables that scroll take the keyboard, and the bars of buttons
      at blocks of code have names of their own. */
  function mendTheme() {
    document.querySelectorAll("nav.md-code__nav").forEach((bar, place) => {
      bar.setAttribute("aria-label", `${bar.firstElementChild?.title ?? ""} ${place + 1}`)
    })
    for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
    }
  }

  /** Load a script that lies beside this one, once. */
  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((done, failed) => {
        const script = document.createElement("script")
        script.src = new URL(name, beside)
        script.async = false  // those that are loaded together run in their order
        script.onload = done
        script.onerror = failed
        document.head.append(script)
      }))
    }
    return loaded.get(name)
  }

  /* ---- filters ---- */

  const FACETS = ["status", "stale", "owner", "pillar", "level", "commitment", "tag"]
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

  /** Let a form choose which rows of its page are shown. */
  function filterRows(form, signal) {
    const scope = form.closest(".okr")
    const [text, found, said, clear, empty, opener, order] = [
      "input[name=text]", ".okr-filters__found", "[role=status]", "[type=reset]",
      ".okr-filters__empty", ".okr-filters__open", "[name=sort]",
    ].map(selector => form.querySelector(selector))
    const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined)
    let waiting, recalled, facets, rows, items, groups, folds
    let arranged = ""

    function read() {
      facets = facetsOf(form)
      rows = rowsOf(scope, facets)
      items = new Set(rows.map(row => row.item)).size
      groups = groupsOf(scope, rows)
      folds = foldsOf(scope, rows)
    }

    /** What is asked for: words, and the values of each facet that has some. */
    function asked() {
      const chosen = facets.map(facet => new Set(facet.chosen()))
      return { words: fold(text.value).split(/\s+/).filter(Boolean), chosen }
    }

    function apply() {
      const { words, chosen } = asked()
      const active = words.length > 0 || chosen.some(values => values.size > 0)
      const fits = match(rows, facets, words, chosen)
      count(rows, facets, fits)
      const number = show(rows, fits)
      for (const group of groups) {
        hide(group.element, active && !group.rows.some(row => row.shown))
      }
      unfold(folds, active)
      if (order && order.value !== arranged) arrange(rows, groups, arranged = order.value)
      scope.okrFound = { rows, active }
      scope.dispatchEvent(new Event("okr:filtered"))
      const now = form.dataset.okrFilters
        .replace("{found}", numbers.format(number)).replace("{all}", numbers.format(items))
      write(found, now)
      hide(clear, !active)
      hide(empty, number > 0)
      form.classList.toggle("okr-filters--active", active)
      clearTimeout(waiting)
      waiting = setTimeout(() => { write(said, now); remember() }, 300)
    }

    /** Keep the address of what is seen, so that it can be shared. */
    function remember() {
      if (signal.aborted) return
      const address = new URL(location.href)
      for (const name of ["text", "sort", ...facets.map(facet => facet.name)]) {
        address.searchParams.delete(name)
      }
      if (order?.value) address.searchParams.set("sort", order.value)
      if (text.value.trim()) address.searchParams.set("text", text.value.trim())
      for (const facet of facets) {
        for (const value of facet.chosen()) address.searchParams.append(facet.name, value)
      }
      // Slashes and commas may stand in a query, and an address is read by people.
      address.search = address.search.replaceAll("%2F", "/").replaceAll("%2C", ",")
      if (address.href !== location.href) history.replaceState(history.state, "", address)
      recalled = location.search
    }

    /** Choose what the address asks for. */
    function recall() {
      const first = recalled === undefined
      recalled = location.search
      const query = new URLSearchParams(recalled)
      if (offer(form, query) || !rows) {
        if (folds) unfold(folds, false)
        read()
      }
      text.value = query.get("text") ?? ""
      for (const facet of facets) {
        facet.choose(query.getAll(facet.name).flatMap(value => [value, ...value.split(",")]))
      }
      if (order) {
        order.value = query.get("sort") ?? ""
        order.selectedIndex = Math.max(0, order.selectedIndex)
      }
      apply()
      const active = form.classList.contains("okr-filters--active")
      if (first || active) setFolded(!active)
    }

    /** Fold the filters, where they fold: above a short list, and on a phone. */
    function setFolded(folded) {
      form.classList.toggle("okr-filters--folded", Boolean(opener) && folded)
      opener?.setAttribute("aria-expanded", String(!folded))
    }

    function reset() {
      text.value = ""
      for (const facet of facets) facet.choose([])
      for (const asked of form.querySelectorAll("[data-okr-asked]")) asked.remove()
      apply()
    }

    opener?.addEventListener("click", () => {
      setFolded(!form.classList.contains("okr-filters--folded"))
    }, { signal })
    form.addEventListener("input", apply, { signal })
    form.addEventListener("submit", event => event.preventDefault(), { signal })
    form.addEventListener("reset", event => {
      event.preventDefault()
      reset()
      text.focus()  // the button that was pressed goes away
    }, { signal })
    form.addEventListener("keydown", event => {
      if (event.key === "Escape" && form.classList.contains("okr-filters--active")) {
        event.preventDefault()
        reset()
      }
    }, { signal })
    addEventListener("popstate", () => {
      if (location.search !== recalled) recall()  // a step to another place on the page is none
    }, { signal })
    hide(form, false)
    recall()
  }

  /** Offer what an address asks for and the page has not, today: it finds nothing, and says so. */
  function offer(form, query) {
    let more = false
    for (const name of FACETS) {
      const asked = query.getAll(name).filter(Boolean)
      const offered = [...form.querySelectorAll(`select[name=${name}] option, input[name=${name}]`)]
      const knows = value => offered.some(option => option.value && named(option.value, value))
      const strange = asked.filter(value => !knows(value))
        .flatMap(value => value.split(",")).filter(value => value && !knows(value))
      if (!strange.length) continue
      const select = form.querySelector(`select[name=${name}]`)
      if (!select) strange.forEach(value => addMark(form, name, value))
      else if (asked.some(value => value.split(",").some(knows) || knows(value))) continue  // it holds one
      else select.add(askedFor(new Option(strange[0], strange[0])))
      more = true
    }
    return more
  }

  /** Put a mark beside those of its kind, or below all where the page has none of that kind. */
  function addMark(form, name, value) {
    const mark = askedFor(make("label", { className: "okr-filters__mark" },
      make("input", { type: "checkbox", name, value }), make("span", {}, value.replaceAll("_", " ")),
      make("b")))
    const marks = form.querySelector(`fieldset:has([name=${name}])`)
    if (marks) marks.append(mark)
    else form.querySelector(".okr-filters__empty").before(mark)
  }

  function askedFor(element) {
    element.dataset.okrAsked = ""
    return element
  }

  /** The facets of a form: what they are called, and how their values are chosen and counted. */
  function facetsOf(form) {
    const boxes = new Map()
    const facets = []
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      if (!boxes.has(box.name)) boxes.set(box.name, [])
      boxes.get(box.name).push(box)
    }
    for (const [name, inputs] of boxes) {
      const labels = inputs.map(input => input.closest("label"))
      const counts = labels.map(label => label.querySelector("b"))
      facets.push({
        name,
        values: inputs.map(input => input.value),
        chosen: () => inputs.filter(input => input.checked).map(input => input.value),
        choose: values => inputs.forEach(input => { input.checked = values.includes(input.value) }),
        say: (index, number) => {
          write(counts[index], String(number))
          labels[index].classList.toggle("okr-filters__mark--none", number === 0)
        },
      })
    }
    for (const select of form.querySelectorAll("select:not([name=sort])")) {
      const options = [...select.options].slice(1)
      const words = options.map(option => option.text)
      facets.push({
        name: select.name,
        values: options.map(option => option.value),
        chosen: () => select.value ? [select.value] : [],
        choose: values => {
          const found = options.find(option => values.some(value => named(option.value, value)))
          select.value = found?.value ?? ""
          select.classList.toggle("okr-filters__chosen", Boolean(found))
        },
        say: (index, number) => {
          const text = number ? `${words[index]} (${number})` : words[index]
          if (options[index].text !== text) options[index].text = text
          const none = number === 0 && !options[index].selected
          if (options[index].disabled !== none) options[index].disabled = none
        },
      })
    }
    return facets
  }

  /** Tell whether an address means a value: as it is, or with more of its id before it. */
  const named = (value, asked) => value === asked || asked.endsWith(`/${value}`)

  /** Read the rows once: their words, their values, and which row they stand under. */
  function rowsOf(scope, facets) {
    const items = new Map()
    const indexes = facets.map(facet => new Map(facet.values.map((value, index) => [value, index])))
    const around = []
    const owners = new Map()
    const select = scope.querySelector("select[name=owner]")
    for (const option of select?.options ?? []) owners.set(option.value, option.text)
    const rows = [...scope.querySelectorAll("[data-okr-status]")].map((element, index) => {
      const link = element.querySelector("[data-okr-name], a")
      const item = link?.getAttribute("href")?.split("#")[0] || items.size
      if (!items.has(item)) items.set(item, items.size)
      const said = name => saidOf(element, `data-okr-${name}`)
      const values = facets.map((facet, index) => (said(facet.name) ?? "").split(" ")
        .map(value => indexes[index].get(decodeURIComponent(value)))
        .filter(value => value !== undefined))
      const named = (said("owner") ?? "").split(" ").map(id => owners.get(decodeURIComponent(id)))
      const tags = decodeURIComponent((said("tag") ?? "").replaceAll(" ", " · "))
      const name = link?.textContent ?? ""
      const words = fold([name, ...named, tags].join(" · "))
      const place = element.okrPlace ??= index  // also after they were sorted
      return { element, item: items.get(item), place, name, values, words, above: null, fits: true, shown: true }
    })
    const byElement = new Map(rows.map(row => [row.element, row]))
    for (const row of rows) {
      const depth = row.element.dataset.okrDepth
      if (depth === undefined) {
        const above = row.element.parentElement.closest("[data-okr-status]")
        row.above = byElement.get(above) ?? null
      } else {
        around.length = Math.min(around.length, Number(depth))
        row.above = around.findLast(Boolean) ?? null
        around[Number(depth)] = row
      }
    }
    return rows
  }

  /** What a row says of itself, or what is around it; other rows only speak for themselves. */
  function saidOf(row, name) {
    let element = row
    while (element && !element.hasAttribute(name)) {
      element = element.parentElement.closest(`[${name}]`)
      if (element?.hasAttribute("data-okr-status")) return null
    }
    return element?.getAttribute(name)
  }

  /** Say for each row which facets it does not fit: bit n for the n-th, the last for the words. */
  function match(rows, facets, words, chosen) {
    const sets = facets.map((facet, index) => {
      const values = new Set()
      facet.values.forEach((value, number) => chosen[index].has(value) && values.add(number))
      return values
    })
    const last = 1 << facets.length
    return rows.map(row => {
      let missed = words.every(word => row.words.includes(word)) ? 0 : last
      for (let index = 0; index < sets.length; index++) {
        if (sets[index].size && !row.values[index].some(value => sets[index].has(value))) {
          missed |= 1 << index
        }
      }
      return missed
    })
  }

  /** Say beside each option how many would be found with it, given all that else is chosen. */
  function count(rows, facets, fits) {
    facets.forEach((facet, index) => {
      const numbers = new Array(facet.values.length).fill(0)
      const seen = new Set()
      rows.forEach((row, place) => {
        if (fits[place] & ~(1 << index)) return
        for (const value of row.values[index]) {
          const once = row.item * facet.values.length + value
          if (!seen.has(once)) {
            seen.add(once)
            numbers[value] += 1
          }
        }
      })
      numbers.forEach((number, value) => facet.say(value, number))
    })
  }

  /** Show what fits, and what it stands under; give how many different things fit. */
  function show(rows, fits) {
    const found = new Set()
    rows.forEach((row, place) => {
      row.fits = row.shown = fits[place] === 0
      if (row.fits) found.add(row.item)
    })
    for (const row of rows.toReversed?.() ?? [...rows].reverse()) {
      if (row.shown && row.above) row.above.shown = true
    }
    for (const row of rows) {
      hide(row.element, !row.shown)
      const dimmed = row.shown && !row.fits
      if (row.dimmed !== dimmed) row.element.classList.toggle("okr-dimmed", row.dimmed = dimmed)
    }
    return found.size
  }

  /** The parts of the list that are empty when none of their rows is shown. */
  function groupsOf(scope, rows) {
    const groups = new Map()
    for (const row of rows) {
      const element = row.element.closest("[data-okr-group]")
      if (!element || !scope.contains(element)) continue
      if (!groups.has(element)) groups.set(element, { element, rows: [] })
      groups.get(element).rows.push(row)
    }
    return [...groups.values()]
  }

  /** The folds around rows, with how they were. */
  function foldsOf(scope, rows) {
    const folds = [...scope.querySelectorAll("details")].map(element => ({ element, rows: [] }))
    const byElement = new Map(folds.map(fold => [fold.element, fold]))
    for (const row of rows) {
      byElement.get(row.element.parentElement.closest("details"))?.rows.push(row)
    }
    return folds.filter(fold => fold.rows.length > 0)
  }

  /** Open what holds something that was found, and leave it as it was afterwards. */
  function unfold(folds, active) {
    for (const fold of folds) {
      if (active && fold.open === undefined) fold.open = fold.element.open
      if (fold.open === undefined) continue
      const open = active ? fold.open || fold.rows.some(row => row.shown) : fold.open
      if (fold.element.open !== open) fold.element.open = open
      if (!active) fold.open = undefined
    }
  }

  /* ---- order ---- */

  const WORST_FIRST = "critical off_track missed warning at_risk progressed healthy on_track achieved"
    .split(" ")
  const numbered = text => text === undefined ? Infinity : Number(text)

  /** What rows are sorted by: numbers, the smallest first, or words. */
  const ORDERS = {
    status: row => {
      const rank = WORST_FIRST.indexOf(row.element.dataset.okrStatus)
      return rank < 0 ? Infinity : rank
    },
    distance: row => numbered(row.element.dataset.okrPace),
    update: row => numbered(row.element.dataset.okrDays),
    name: row => row.name,
  }

  /** Sort rows among those that stand where they do, and the groups of owners by their first row. */
  function arrange(rows, groups, by) {
    const words = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true })
    const compare = by === "name" ? words.compare : (a, b) => (a > b) - (a < b)
    const keys = new Map(rows.map(row => [row, ORDERS[by]?.(row) ?? row.place]))
    const sorted = [...rows].sort((a, b) => compare(keys.get(a), keys.get(b)) || a.place - b.place)
    const put = row => {
      row.element.parentElement.append(row.element)
      if (row.element.dataset.okrDepth) sorted.filter(below => below.above === row).forEach(put)
    }
    sorted.filter(row => !row.above).forEach(put)

    const owners = new Set(groups.map(group => group.element.dataset.okrOwner))
    if (owners.size < 2) return  // they are the cycles of one owner
    const parent = groups[0].element.parentElement
    const end = [...parent.children].findLast(child => "okrGroup" in child.dataset).nextSibling
    const first = [...new Set(sorted.map(row => row.element.closest("[data-okr-group]")))]
    const title = group => group.querySelector("h2, h3, th").textContent
    if (by === "name") first.sort((a, b) => words.compare(title(a), title(b)))
    for (const group of first) parent.insertBefore(group, end)
  }

  function hide(element, hidden) {
    if (element.hidden !== hidden) element.hidden = hidden
  }

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text
  }

  function make(tag, given, ...inside) {
    const element = Object.assign(document.createElement(tag), given)
    element.append(...inside)
    return element
  }

  /* ---- the reader's own page ---- */

  const kept = `okrsite ${root}`
  const here = () => location.href.split(/[?#]/)[0].replace(root, "")

  /** Give where the page is and what it is called, null without one, undefined without a memory. */
  function mine() {
    try {
      return JSON.parse(localStorage.getItem(kept))
    } catch {}
  }

  function keep(page) {
    localStorage.setItem(kept, JSON.stringify(page))
    showMine()
  }

  /** Show in the header the way to the reader's own page, and at a page whether it is that. */
  function showMine() {
    const page = mine()
    const button = document.querySelector("[data-okr-mine]")
    if (button) {
      const it = { at: here(), name: button.dataset.okrMine, label: button.textContent }
      const marked = page?.at === it.at
      if (marked && page.name !== it.name) return keep(it)
      button.setAttribute("aria-pressed", marked)
      button.onclick = () => keep(marked ? null : it)
      hide(button, page === undefined)
    }
    document.querySelector(".okr-to-mine")?.remove()
    const href = page && new URL(page.at, root).href
    if (!href?.startsWith(root)) return
    const link = make("a", { className: "okr-to-mine md-header__button", href }, page.name)
    link.setAttribute("aria-label", `${page.label}: ${page.name}`)
    document.querySelector(".md-header__title")?.after(link)
    if (!sessionStorage.getItem(kept)) check(href)
  }

  /** Forget a page that the site no longer has; a visit asks once. */
  async function check(href) {
    sessionStorage.setItem(kept, "asked")
    const { status } = await fetch(href, { method: "HEAD" }).catch(() => ({}))
    if (status === 404 || status === 410) keep(null)
  }

  /* ---- the keys that exist ---- */

  addEventListener("keydown", event => {
    const busy = event.target.closest?.("input, textarea, select, [contenteditable], dialog")
    if (event.key !== "?" || busy || event.ctrlKey || event.metaKey || event.altKey) return
    const links = [...document.querySelectorAll(".okr-foot a")]
    const link = links.find(({ href }) => href.startsWith(`${root}figures/`))
    if (link && !document.querySelector(".okr-keys")) showKeys(link.href)
  })

  /** Show the keys in a dialog, as the page that explains them lists them; else go there. */
  async function showKeys(address) {
    const dialog = make("dialog", { className: "okr okr-keys" })
    document.querySelector(".md-content__inner").append(dialog)
    dialog.onclose = () => dialog.remove()
    dialog.onkeydown = event => event.stopPropagation()  // the theme's keys rest
    try {
      const page = await (await fetch(address)).text()
      const { body } = new DOMParser().parseFromString(page, "text/html")
      dialog.append(...body.querySelector("[data-okr-keys]").children)
      dialog.firstChild.id = "okr-keys-shown"
      dialog.setAttribute("aria-labelledby", dialog.firstChild.id)
      dialog.lastChild.onclick = () => dialog.close()
      dialog.showModal()
    } catch {
      location.href = `${address}#okr-keys`
    }
  }

  /* ---- search results ---- */

  /** Let results say what they are, whose, and how they are doing, as soon as there are some. */
  function describeResults(results, signal) {
    const watcher = new MutationObserver(() => {
      if (!results.children.length) return
      Promise.all(["found.js", "results.js"].map(load)).then(() => window.okrsite.describe(results))
    })
    watcher.observe(results, { childList: true })
    signal.addEventListener("abort", () => watcher.disconnect())
  }

  // On paper folds stay as the reader left them, although the theme opens them all before it prints.
  const folded = () => document.querySelectorAll(".okr details:not([open])")
  addEventListener("beforeprint", () => folded().forEach(fold => { fold.dataset.okrFolded = "" }), true)
  addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("[data-okr-folded]")) {
      delete fold.dataset.okrFolded
      fold.open = false
    }
  })

  // A choice of places closes once it was made, and with a click elsewhere.
  addEventListener("click", event => {
    for (const choice of document.querySelectorAll(".okr-siblings > details[open]")) {
      if (!choice.contains(event.target) || event.target.closest("a")) choice.open = false
    }
  })

  window.okrsite = { load, found: pages => { window.okrsite.known = pages } }
  if (window.document$) window.document$.subscribe(begin)
  else if (document.readyState !== "loading") begin()
  else addEventListener("DOMContentLoaded", begin, { once: true })
})()
