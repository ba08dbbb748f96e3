/* okrsite: the alignment as a drawing, made from the tree that stands on the page.

   Objectives are cards in columns, from the company to the individuals; key results that others
   align to stand between them. An objective with several parents is drawn once. Only what is in
   view is in the document, so that thousands stay quick. The texts are those of the page. */
(() => {
  "use strict"

  const {
    readTree, reached, rank, layOut, makePieces, makeElement, makeCamera, listenToMap, CARD, GAP,
  } = window.okrsite
  const FIRST_ROWS = 14
  const FOCUS_ROWS = 60

  /** What a map shows at a moment: `ranks` of all that may be shown, and what of it is opened. */
  function makeState() {
    const state = {
      ranks: new Map(), opened: new Set(), above: new Set(),
      drawing: null, focus: null, active: null, detail: "near", pillars: false,
      open: node => state.opened.has(node) || (node !== state.focus && state.above.has(node)),
      canFold: node => state.opened.has(node),
      childrenOf: node => node.children.map(child => child.node)
        .filter(child => state.ranks.get(child)?.above === node),
      /** Tell whether a place is on the line from the company to what is in focus. */
      leads: place => place.node ? place.node === state.focus || state.above.has(place.node)
        : state.leads(place.above) && place.below.some(state.leads),
    }
    return state
  }

  /** Open what fits into the first view, level by level from the top. */
  function openFirst(state, room) {
    const { ranks, focus, opened, childrenOf } = state
    opened.clear()
    const most = Math.max(FIRST_ROWS, room / (CARD.height + GAP.row))
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

  const addressOf = node => `#focus=${node ? encodeURI(node.id) : ""}`

  /** Say above the map what leads from the company to what is in focus. */
  function describePath(map, focus) {
    const [path, opens] = [".okr-map__path", "[data-okr-open]"].map(s => map.querySelector(s))
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

  /** Draw the map into its place on the page, until the visit ends. */
  function drawMap(map, signal) {
    const scope = map.closest(".okr")
    const nodes = readTree(scope)
    if (!nodes.size) return
    const byId = new Map([...nodes.values()].map(node => [node.id, node]))
    const svg = map.querySelector("svg")
    const backwards = getComputedStyle(map).direction === "rtl"
    const group = (...inside) => makeElement("g", { role: "none" }, ...inside)
    const layers = { links: group(), cards: group() }
    const world = group(layers.links, layers.cards)
    svg.replaceChildren(world)
    map.hidden = false

    const state = makeState()
    const { opened } = state
    const pieces = makePieces(svg, backwards, state)
    const camera = makeCamera(svg, backwards, pieces.side, state, draw)
    const drawn = new Map()
    let waiting = 0

    /* drawing what is in view */

    function draw() {
      if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; paint() })
    }

    function wipe() {
      layers.links.replaceChildren()
      layers.cards.replaceChildren()
      drawn.clear()
    }

    /** Give each piece that is in view, with its layer and how it is drawn. */
    function wanted() {
      const { side, drawCard, drawPort, drawLink } = pieces
      const seen = camera.inView()
      const found = new Map()
      for (const place of state.drawing.places) {
        const x = side(place)
        if (place.node === state.active
          || seen(x, place.y, x + place.width, place.y + place.height)) {
          found.set(place, [layers.cards, place.node ? drawCard : drawPort])
        }
      }
      for (const link of state.drawing.links) {
        const [a, b] = [link.from, link.to]
        const [y1, y2] = [Math.min(a.y, b.y), Math.max(a.y + a.height, b.y + b.height)]
        const [x1, x2] = [Math.min(side(a), side(b)), Math.max(side(a) + a.width, side(b) + b.width)]
        if (seen(x1, y1, x2, y2)) found.set(link, [layers.links, drawLink])
      }
      return found
    }

    function paint() {
      if (signal.aborted) return
      if (camera.detail() !== state.detail) wipe()
      state.detail = camera.detail()
      const shown = wanted()
      for (const [what, element] of drawn) {
        if (!shown.has(what)) {
          element.remove()
          drawn.delete(what)
        }
      }
      for (const [what, [layer, make]] of shown) {
        if (drawn.has(what)) continue
        const element = make(what)
        layer.append(element)
        drawn.set(what, element)
      }
      world.setAttribute("transform", camera.transform())
      map.dataset.okrDetail = state.detail
    }

    /** Lay out what is open anew; the card of one objective can stay where it is seen. */
    function arrange(keep = null) {
      const before = keep && state.drawing?.placed.get(keep)
      state.drawing = layOut(state.ranks, state.open)
      const { places, placed } = state.drawing
      if (!placed.has(state.active)) state.active = state.focus ?? places[0].node
      const after = before && placed.get(keep)
      if (after) camera.hold(before, after)
      wipe()
      draw()
    }

    /* choosing */

    function activate(node) {
      const { placed } = state.drawing
      const place = placed.get(node)
      if (!place) return
      drawn.get(placed.get(state.active))?.setAttribute("tabindex", "-1")
      state.active = node
      camera.reveal(place)
      paint()
      const card = drawn.get(place)
      card?.setAttribute("tabindex", "0")
      card?.focus({ preventScroll: true })  // which would scroll inside the map as well
      const hidden = (card?.getBoundingClientRect().bottom ?? 0) + 20 - innerHeight
      if (hidden > 0) scrollBy(0, hidden)
    }

    function unfold(node, wanted) {
      if (wanted) opened.add(node)
      else opened.delete(node)
      const had = map.contains(document.activeElement)
      arrange(node)
      paint()
      if (had) activate(state.active)
    }

    /** Show what the address asks for: all, or one objective with its line and all below it. */
    function follow() {
      const asked = decodeURIComponent(location.hash).match(/^#focus=(.*)$/)
      const had = svg.contains(document.activeElement)
      const focus = state.focus = asked ? byId.get(asked[1]) ?? null : null
      state.above = focus ? reached(focus, "parents") : new Set()
      const around = focus && new Set([...state.above, ...reached(focus, "children")])
      state.ranks = rank(nodes.values(), node => !around || around.has(node))
      openFirst(state, camera.legibleHeight())
      if (focus) state.active = focus
      arrange()
      camera.fit()
      paint()
      if (had) activate(state.active)
      describePath(map, focus)
      return Boolean(focus)
    }

    function concentrate(node) {
      const address = addressOf(node)
      if (location.hash === address) follow()
      else location.hash = address
    }

    /** Colour the cards by their pillars, or no longer; the address keeps it. */
    function colour(wanted) {
      const button = map.querySelector("[data-okr-do=pillars]")
      if (!button || wanted === state.pillars) return
      state.pillars = wanted
      button.setAttribute("aria-pressed", String(wanted))
      scope.classList.toggle("okr--by-pillar", wanted)
      const address = new URL(location.href)
      if (wanted) address.searchParams.set("colour", "pillar")
      else address.searchParams.delete("colour")
      if (address.href !== location.href) history.replaceState(history.state, "", address)
    }

    const actions = {
      pillars: () => {
        colour(!state.pillars)
        arrange(state.active)
      },
      in: camera.nearer,
      out: camera.further,
      fit: camera.fitAll,
      all: () => {
        for (const node of state.ranks.keys()) opened.add(node)
        arrange()
        camera.fitTitles()
      },
      less: () => {
        openFirst(state, camera.legibleHeight())
        arrange()
        camera.fit()
      },
      full: () => document.fullscreenElement ? document.exitFullscreen() : map.requestFullscreen(),
    }
    for (const button of map.querySelectorAll("[data-okr-do]")) {
      const name = button.dataset.okrDo
      if (name === "full" && !document.fullscreenEnabled) button.hidden = true
      button.addEventListener("click", actions[name], { signal })
    }
    listenToMap(
      svg, { map, state, camera, backwards, actions, activate, unfold, concentrate }, signal)

    /** Let what the filters of the page leave out be quiet here too, and open up to the rest. */
    function dim() {
      const { rows, active: filtered } = scope.okrFound ?? { rows: [], active: false }
      const fits = new Set(rows.filter(row => row.fits).map(row => row.element))
      for (const node of nodes.values()) {
        node.dimmed = filtered && !node.rows.some(row => fits.has(row))
        if (!filtered || node.dimmed) continue
        for (const one of reached(node, "parents")) if (one !== node) opened.add(one)
      }
    }

    scope.addEventListener("okr:filtered", () => {
      const had = svg.contains(document.activeElement)
      dim()
      arrange(state.active)
      paint()
      if (had) activate(state.active)
    }, { signal })
    addEventListener("hashchange", follow, { signal })
    map.addEventListener("fullscreenchange", () => camera.fit(), { signal })
    const watcher = new ResizeObserver(() => draw())
    watcher.observe(svg)
    signal.addEventListener("abort", () => watcher.disconnect())
    colour(new URLSearchParams(location.search).get("colour") === "pillar")
    const found = follow()
    dim()
    arrange(state.active)
    if (found) map.scrollIntoView({ block: "nearest" })
  }

  window.okrsite.drawMap = drawMap
})()
