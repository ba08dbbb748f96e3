/* okrsite: the alignment as a drawing, made from the tree that stands on the page.

   Objectives are cards in columns, from the company to the individuals; key results that others
   align to stand between them. An objective with several parents is drawn once. Only what is in
   view is in the document, so that thousands stay quick. The texts are those of the page. */
(() => {
  "use strict"

  const { readTree, reached, rank, layOut, CARD, PORT, GAP } = window.okrsite
  const ZOOM = { least: 0.05, most: 2, legible: 0.72, onPhone: 0.9, far: 0.45, step: 1.25 }
  const FIRST_ROWS = 14
  const FOCUS_ROWS = 60

  // The shapes of the statuses, in a box of 100 by 100; the style sheet draws the same.
  const CIRCLE = "M50 8a42 42 0 1 1 0 84a42 42 0 1 1 0-84z"
  const RING = `${CIRCLE}M50 29a21 21 0 1 0 0 42a21 21 0 1 0 0-42z`
  const DASH = "M8 40h84v20H8z"
  const SHAPES = {
    on_track: CIRCLE, at_risk: "M50 6L97 92H3z", progressed: "M50 3L97 50 50 97 3 50z",
    off_track: "M10 10h80v80H10z", draft: DASH, cancelled: DASH,
    missed: "M22 8L50 37 78 8 92 22 63 50 92 78 78 92 50 63 22 92 8 78 37 50 8 22z",
    achieved: "M10 53L24 39 42 57 77 17 93 31 43 87z", not_started: RING, none: RING,
  }

  const SVG = "http://www.w3.org/2000/svg"

  function make(name, attributes = {}, ...inside) {
    const element = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    element.append(...inside)
    return element
  }

  /** Break a text into at most so many lines of a width; what is too long ends in “…”. */
  function wrap(measure, text, width, lines) {
    const words = text.split(/\s+/)
    const found = []
    while (words.length && found.length < lines) {
      let line = words.shift()
      while (words.length && measure(`${line} ${words[0]}`) <= width) line += ` ${words.shift()}`
      const last = found.length === lines - 1
      if ((last && words.length) || measure(line) > width) {
        if (last && words.length) line += ` ${words[0]}`
        while (line && measure(`${line}…`) > width) line = line.slice(0, -1)
        line = `${line.trimEnd()}…`
        if (last) words.length = 0
      }
      found.push(line)
    }
    return found
  }

  /** Draw the map into its place on the page, until the visit ends. */
  function drawMap(map, signal) {
    const scope = map.closest(".okr")
    const nodes = readTree(scope)
    if (!nodes.size) return
    const byId = new Map([...nodes.values()].map(node => [node.id, node]))
    const svg = map.querySelector("svg")
    const [path, opens] = [".okr-map__path", "[data-okr-open]"].map(s => map.querySelector(s))
    const backwards = getComputedStyle(map).direction === "rtl"
    const layers = { links: make("g", { role: "none" }), cards: make("g", { role: "none" }) }
    const world = make("g", { role: "none" }, layers.links, layers.cards)
    svg.replaceChildren(world)

    const opened = new Set()
    const view = { x: 0, y: 0, scale: 1 }
    const drawn = new Map()
    let [drawing, focus, active, ranks] = [null, null, null, new Map()]
    let above = new Set()
    let [waiting, far] = [0, false]

    const pencil = document.createElement("canvas").getContext("2d")
    const family = getComputedStyle(svg).fontFamily
    const measuring = font => text => {
      pencil.font = `${font} ${family}`
      return pencil.measureText(text).width
    }
    const [ofTitle, ofNote] = [measuring("600 13px"), measuring("11px")]

    map.hidden = false

    /* what is shown */

    const size = () => ({ width: svg.clientWidth || 800, height: svg.clientHeight || 500 })
    const open = node => opened.has(node) || (node !== focus && above.has(node))

    /** Open what fits into the first view, level by level from the top. */
    function openFirst() {
      opened.clear()
      const most = Math.max(FIRST_ROWS, size().height / ZOOM.legible / (CARD.height + GAP.row))
      let level = focus ? [focus] : [...ranks].filter(([, rank]) => !rank.above).map(([n]) => n)
      let rows = level.length
      for (let depth = 0; level.length; depth++) {
        const below = level.flatMap(childrenOf)
        const folded = level.filter(node => !childrenOf(node).length).length
        rows += below.length + folded - level.length
        if (rows > (depth ? most : FOCUS_ROWS)) break
        level.forEach(node => opened.add(node))
        level = below
      }
    }

    const childrenOf = node => node.children.map(child => child.node)
      .filter(child => ranks.get(child)?.above === node)

    function arrange(keep = null) {
      const before = keep && drawing?.placed.get(keep)
      drawing = layOut(ranks, open)
      if (!drawing.placed.has(active)) active = focus ?? drawing.places[0].node
      const after = before && drawing.placed.get(keep)
      if (after) {
        view.x += (side(before) - side(after)) * view.scale
        view.y += (before.y - after.y) * view.scale
      }
      wipe()
      draw()
    }

    function wipe() {
      layers.links.replaceChildren()
      layers.cards.replaceChildren()
      drawn.clear()
    }

    /** Where a place begins from the left: the drawing is mirrored for writing from the right. */
    const side = place => backwards ? -place.x - place.width : place.x

    /* moving about */

    function bounds() {
      const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
      for (const place of drawing.places) {
        box.left = Math.min(box.left, side(place))
        box.right = Math.max(box.right, side(place) + place.width)
        box.top = Math.min(box.top, place.y)
        box.bottom = Math.max(box.bottom, place.y + place.height)
      }
      return box
    }

    /** Show all of the drawing; or, where that would be too small to read, what matters of it. */
    function fit(least = size().width < 600 ? ZOOM.onPhone : ZOOM.legible) {
      const [box, room, edge] = [bounds(), size(), size().width < 600 ? 12 : 20]
      const whole = Math.min(
        (room.width - 2 * edge) / (box.right - box.left),
        (room.height - 2 * edge) / (box.bottom - box.top), 1)
      view.scale = Math.max(whole, least)
      const [width, height] = [box.right - box.left, box.bottom - box.top].map(n => n * view.scale)
      const from = drawing.placed.get(focus) ?? drawing.places[0]
      view.x = width <= room.width - 2 * edge || !focus
        ? (backwards ? room.width - edge - box.right * view.scale : edge - box.left * view.scale)
        : room.width / 2 - (side(from) + from.width / 2) * view.scale
      if (width <= room.width - 2 * edge) view.x = (room.width - width) / 2 - box.left * view.scale
      view.y = height <= room.height - 2 * edge
        ? (room.height - height) / 2 - box.top * view.scale
        : focus ? room.height / 2 - (from.y + from.height / 2) * view.scale
          : edge - box.top * view.scale
      draw()
    }

    function zoom(factor, x = size().width / 2, y = size().height / 2) {
      const scale = Math.min(ZOOM.most, Math.max(ZOOM.least, view.scale * factor))
      view.x = x - (x - view.x) * scale / view.scale
      view.y = y - (y - view.y) * scale / view.scale
      view.scale = scale
      draw()
    }

    function pan(x, y) {
      view.x += x
      view.y += y
      draw()
    }

    /** Bring a place into view, moving no more than that takes. */
    function reveal(place) {
      const [room, edge] = [size(), 24]
      const left = view.x + side(place) * view.scale
      const top = view.y + place.y * view.scale
      const right = left + place.width * view.scale
      const bottom = top + place.height * view.scale
      const x = left < edge ? edge - left : right > room.width - edge ? room.width - edge - right : 0
      const y = top < edge ? edge - top
        : bottom > room.height - edge ? room.height - edge - bottom : 0
      pan(x, y)
    }

    /* drawing what is in view */

    function draw() {
      if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; paint() })
    }

    function paint() {
      if (signal.aborted) return
      const isFar = view.scale < ZOOM.far
      if (isFar !== far) wipe()
      far = isFar
      const room = size()
      const margin = 60
      const left = (-view.x - margin) / view.scale, right = (room.width - view.x + margin) / view.scale
      const top = (-view.y - margin) / view.scale, bottom = (room.height - view.y + margin) / view.scale
      const inside = (x1, y1, x2, y2) => x1 < right && x2 > left && y1 < bottom && y2 > top
      const wanted = new Map()
      for (const place of drawing.places) {
        const x = side(place)
        if (place.node === active
          || inside(x, place.y, x + place.width, place.y + place.height)) {
          wanted.set(place, place.node ? drawCard : drawPort)
        }
      }
      for (const link of drawing.links) {
        const [a, b] = [link.from, link.to]
        const [y1, y2] = [Math.min(a.y, b.y), Math.max(a.y + a.height, b.y + b.height)]
        const [x1, x2] = [Math.min(side(a), side(b)), Math.max(side(a) + a.width, side(b) + b.width)]
        if (inside(x1, y1, x2, y2)) wanted.set(link, drawLink)
      }
      for (const [what, element] of drawn) {
        if (!wanted.has(what)) {
          element.remove()
          drawn.delete(what)
        }
      }
      for (const [what, how] of wanted) {
        if (!drawn.has(what)) drawn.set(what, how(what))
      }
      world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`)
      map.classList.toggle("okr-map--far", far)
    }

    function drawLink(link) {
      const { from, to } = link
      const start = { x: backwards ? side(from) : side(from) + from.width, y: from.y + from.height / 2 }
      const end = { x: backwards ? side(to) + to.width : side(to), y: to.y + to.height / 2 }
      // Beside key results a line turns at once, and passes above or below them.
      const turn = from.ports && !link.again ? GAP.port : Math.abs(end.x - start.x)
      const bend = backwards ? start.x - turn : start.x + turn
      const middle = (start.x + bend) / 2
      const weights = to.node ? [to.node.weight] : to.below.map(place => place.node.weight)
      const line = make("path", {
        class: `okr-map__link${link.again ? " okr-map__link--again" : ""}`
          + `${focus && leads(from) && leads(to) ? " okr-map__link--line" : ""}`,
        d: `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${bend} ${end.y}H${end.x}`,
        "stroke-width": link.again ? 1
          : Math.min(7, Math.max(1, 1.5 * Math.sqrt(Math.max(...weights)))).toFixed(2),
      })
      layers.links.append(line)
      return line
    }

    /** Tell whether a place is on the line from the company to what is in focus. */
    const leads = place => place.node ? place.node === focus || above.has(place.node)
      : leads(place.above) && place.below.some(leads)

    function drawPort(place) {
      const x = side(place)
      const inner = backwards ? PORT.width : 0
      const text = make("text", {
        class: "okr-map__result", x: backwards ? PORT.width - 14 : 14, y: 15,
        "text-anchor": backwards ? "end" : "start",
      })
      const [title] = wrap(ofNote, place.result.title, PORT.width - 22, 1)
      text.textContent = title
      const full = make("title")
      full.textContent = place.result.title
      const port = make("a", {
        class: "okr-map__port", href: place.result.key, tabindex: "-1", "aria-hidden": "true",
        transform: `translate(${x} ${place.y})`,
      },
      full,
      make("rect", { width: PORT.width, height: PORT.height, rx: 11 }),
      make("circle", { cx: inner, cy: PORT.height / 2, r: 3.5 }),
      text)
      layers.cards.append(port)
      return port
    }

    function drawCard(place) {
      const { node } = place
      const at = x => backwards ? CARD.width - x : x
      const titles = far ? [] : wrap(ofTitle, node.title, CARD.width - 46, 2)
      const top = titles.length === 1 ? 13.5 : 10
      const card = make("g", {
        class: `okr-map__card okr-tone--${node.status}${node === focus ? " okr-map__card--focus" : ""}`
          + `${node.dimmed ? " okr-map__card--dimmed" : ""}`,
        transform: `translate(${side(place)} ${place.y})`,
        role: "treeitem",
        tabindex: node === active ? "0" : "-1",
        "aria-level": place.depth + 1,
        "aria-label": [node.title, node.owners, node.word, node.score].filter(Boolean).join(", "),
        ...(place.children ? { "aria-expanded": String(open(node)) } : {}),
        ...(node === focus ? { "aria-current": "true" } : {}),
      },
      make("rect", { class: "okr-map__paper", width: CARD.width, height: CARD.height, rx: 7 }),
      make("path", {
        class: "okr-map__shape", d: SHAPES[node.status] ?? RING, "fill-rule": "evenodd",
        transform: far ? "translate(98 12) scale(0.44)" : `translate(${at(18) - 6} ${top}) scale(0.12)`,
      }),
      ...(far ? [] : details(place, titles, at)))
      card.okrNode = node
      layers.cards.append(card)
      return card
    }

    /** What a card says, for who is near enough to read it. */
    function details({ node, children }, titles, at) {
      const text = (kind, x, y, said, end = false) => {
        const element = make("text", {
          class: `okr-map__${kind}`, x: at(x), y, "text-anchor": end === backwards ? "start" : "end",
        })
        element.textContent = said
        return element
      }
      const [owners] = wrap(ofNote, node.owners, CARD.width - 34 - 54, 1)
      const track = CARD.width - 34 - 12
      const bar = (kind, share) => {
        const width = track * share / 100
        return make("rect", {
          class: `okr-map__${kind}`, x: backwards ? 12 + track - width : 34, y: 58, width, height: 3,
        })
      }
      const inside = [
        ...titles.map((line, index) => text("title", 34, titles.length === 1 ? 24 : 20 + 15 * index, line)),
        text("note", 34, 52, owners ?? ""),
        text("score", CARD.width - 12, 52, node.score, true),
        bar("track", 100), bar("fill", node.bar.filled),
      ]
      if (node.bar.expected !== null) {
        const x = at(34 + track * node.bar.expected / 100)
        inside.push(make("path", { class: "okr-map__mark", d: `M${x} 56v7` }))
      }
      if (children) {
        const sign = open(node) ? "−" : `+${children}`
        const wide = open(node) ? 18 : Math.max(20, 10 + 7 * sign.length)
        const label = make("text", { x: 0, y: 3.5, "text-anchor": "middle" })
        label.textContent = sign
        inside.push(make("g", {
          class: "okr-map__more", transform: `translate(${at(CARD.width)} ${CARD.height / 2})`,
        },
        make("rect", { x: -wide / 2, y: -9, width: wide, height: 18, rx: 9 }), label))
      }
      return inside
    }

    /* choosing */

    function activate(node, take = true) {
      const place = drawing.placed.get(node)
      if (!place) return
      drawn.get(drawing.placed.get(active))?.setAttribute("tabindex", "-1")
      active = node
      reveal(place)
      paint()
      const card = drawn.get(place)
      card?.setAttribute("tabindex", "0")
      if (take) card?.focus({ preventScroll: true })
    }

    function unfold(node, wanted) {
      if (wanted) opened.add(node)
      else opened.delete(node)
      const had = map.contains(document.activeElement)
      arrange(node)
      paint()
      if (had) activate(active)
    }

    /** Show what the address asks for: all, or one objective with its line and all below it. */
    function follow() {
      const asked = decodeURIComponent(location.hash).match(/^#focus=(.*)$/)
      const next = asked ? byId.get(asked[1]) ?? null : null
      const had = svg.contains(document.activeElement)
      focus = next
      above = focus ? reached(focus, "parents") : new Set()
      const around = focus && new Set([...above, ...reached(focus, "children")])
      ranks = rank(nodes.values(), node => !around || around.has(node))
      openFirst()
      if (focus) active = focus
      arrange()
      fit()
      paint()
      if (had) activate(active)
      describePath()
      return Boolean(next)
    }

    function describePath() {
      path.hidden = !focus
      if (!focus) return
      const line = []
      for (let node = focus.parents[0]?.node; node; node = node.parents[0]?.node) line.unshift(node)
      for (const old of path.querySelectorAll(".okr-map__step")) old.remove()
      const steps = [...line, focus].map(node => {
        const step = document.createElement("a")
        step.href = addressOf(node)
        step.className = "okr-map__step"
        step.textContent = node.title
        if (node === focus) step.setAttribute("aria-current", "true")
        return step
      })
      opens.before(...steps)
      opens.href = focus.href
    }

    const addressOf = node => `#focus=${node ? encodeURI(node.id) : ""}`

    function concentrate(node) {
      const address = addressOf(node)
      if (location.hash === address) follow()
      else location.hash = address
    }

    /* hands */

    const actions = {
      in: () => zoom(ZOOM.step),
      out: () => zoom(1 / ZOOM.step),
      fit: () => fit(ZOOM.least),
      all: () => {
        for (const node of ranks.keys()) opened.add(node)
        arrange(active)
      },
      less: () => { openFirst(); arrange(); fit() },
      full: () => document.fullscreenElement ? document.exitFullscreen() : map.requestFullscreen(),
    }
    for (const button of map.querySelectorAll("[data-okr-do]")) {
      const name = button.dataset.okrDo
      if (name === "full" && !document.fullscreenEnabled) button.hidden = true
      button.addEventListener("click", actions[name], { signal })
    }

    svg.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const place = drawing.placed.get(active)
      const inOrder = drawing.places.filter(one => one.node)
      const step = by => {
        const next = inOrder[inOrder.indexOf(place) + by]
        if (next) activate(next.node)
      }
      const below = () => {
        if (!place.children) return
        if (!open(active)) return unfold(active, true)
        const next = inOrder.find(one => (one.above?.node ?? one.above?.above?.node) === active)
        if (next) activate(next.node)
      }
      const up = () => {
        if (opened.has(active) && open(active) && place.below.length) return unfold(active, false)
        const next = place.above?.node ?? place.above?.above?.node
        if (next) activate(next)
      }
      const keys = {
        ArrowDown: () => step(1),
        ArrowUp: () => step(-1),
        ArrowRight: backwards ? up : below,
        ArrowLeft: backwards ? below : up,
        Home: () => activate(inOrder[0].node),
        End: () => activate(inOrder.at(-1).node),
        Enter: () => { location.href = active.href },
        " ": () => concentrate(active === focus ? null : active),
        Escape: () => focus && concentrate(null),
        "+": actions.in, "=": actions.in, "-": actions.out, 0: actions.fit,
      }
      if (!keys[event.key] || (event.key === "Escape" && !focus)) return
      event.preventDefault()
      event.stopPropagation()
      keys[event.key]()
    }, { signal })

    const pointers = new Map()
    let moved = 0

    svg.addEventListener("pointerdown", event => {
      if (event.button !== 0) return
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      if (pointers.size === 1) moved = 0
    }, { signal })
    svg.addEventListener("pointermove", event => {
      const last = pointers.get(event.pointerId)
      if (!last) return
      const next = { x: event.clientX, y: event.clientY }
      const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point)
      moved += Math.hypot(next.x - last.x, next.y - last.y)
      if (moved < 5) return
      if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId)
      pointers.set(event.pointerId, next)
      if (others.length) {
        const [other] = others
        const box = svg.getBoundingClientRect()
        const apart = point => Math.hypot(point.x - other.x, point.y - other.y) || 1
        zoom(apart(next) / apart(last), (next.x + other.x) / 2 - box.left, (next.y + other.y) / 2 - box.top)
      } else pan(next.x - last.x, next.y - last.y)
    }, { signal })
    for (const name of ["pointerup", "pointercancel"]) {
      svg.addEventListener(name, event => pointers.delete(event.pointerId), { signal })
    }

    svg.addEventListener("click", event => {
      const card = event.target.closest(".okr-map__card")
      if (moved >= 5 || !card) {
        if (moved >= 5) event.preventDefault()
        return
      }
      const node = card.okrNode
      activate(node)
      if (event.target.closest(".okr-map__more")) unfold(node, !open(node))
      else if (event.detail > 1) location.href = node.href
      else if (node !== focus) concentrate(node)
    }, { signal })

    svg.addEventListener("wheel", event => {
      const inHand = event.ctrlKey || event.metaKey || document.fullscreenElement === map
        || svg.contains(document.activeElement)
      if (!inHand) return  // the page goes on scrolling until the map is taken into hand
      event.preventDefault()
      const box = svg.getBoundingClientRect()
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY
      const factor = Math.exp(-Math.max(-80, Math.min(80, pixels)) / 300)
      zoom(factor, event.clientX - box.left, event.clientY - box.top)
    }, { signal, passive: false })

    /** Let what the filters of the page leave out be quiet here too. */
    function dim() {
      const { rows, active: filtered } = scope.okrFound ?? { rows: [], active: false }
      const fits = new Set(rows.filter(row => row.fits).map(row => row.element))
      for (const node of nodes.values()) {
        node.dimmed = filtered && !node.rows.some(row => fits.has(row))
      }
    }

    scope.addEventListener("okr:filtered", () => {
      const had = svg.contains(document.activeElement)
      dim()
      wipe()
      paint()
      if (had) activate(active)
    }, { signal })
    addEventListener("hashchange", follow, { signal })
    const watcher = new ResizeObserver(() => draw())
    watcher.observe(svg)
    signal.addEventListener("abort", () => watcher.disconnect())
    dim()
    if (follow()) map.scrollIntoView({ block: "nearest" })
  }

  window.okrsite.drawMap = drawMap
})()
