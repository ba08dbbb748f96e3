/* okrsite: the alignment as a drawing, made from the tree that stands on the page.

   Objectives are cards in columns, from the company to the individuals; key results that others
   align to stand between them. An objective with several parents is drawn once. Only what is in
   view is in the document, so that thousands stay quick. The texts are those of the page. */
(() => {
  "use strict"

  const {
    readTree, reached, rank, layOut, layOutTeams, makePieces, makeElement, makeCamera, listenToMap,
  } = window.okrsite
  const TRIED = 12

  /** What a map shows at a moment: `ranks` of all that may be shown, and what of it is opened. */
  function makeState() {
    const state = {
      ranks: new Map(), opened: new Set(), above: new Set(),
      drawing: null, focus: null, active: null, detail: null, pillars: false, teams: false,
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

  const extentOf = ({ places }) => ({
    width: Math.max(...places.map(place => place.x + place.width)),
    height: Math.max(...places.map(place => place.y + place.height)),
  })

  /** Open what fits into a window, level by level from the top; of the first level that does not
      fit, as many as do. What is in focus, or alone at the top, is open in any case. */
  function openFirst(state, { width, height }) {
    const { ranks, focus, opened, childrenOf } = state
    const fits = () => {
      const needed = extentOf(layOut(ranks, state.open, width))
      return needed.height <= height - 40 && needed.width <= width - 24
    }
    opened.clear()
    const top = focus ? [focus] : [...ranks].filter(([, rank]) => !rank.above).map(([node]) => node)
    if (top.length === 1) opened.add(top[0])
    let level = top.length === 1 ? childrenOf(top[0]) : top
    while (level.length) {
      const folded = level.filter(node => childrenOf(node).length)
      folded.forEach(node => opened.add(node))
      if (!fits()) {
        folded.forEach(node => opened.delete(node))
        for (const node of folded.slice(0, TRIED)) {
          opened.add(node)
          if (!fits()) opened.delete(node)
        }
        return
      }
      level = folded.flatMap(childrenOf)
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
    const layers = { blocks: group(), links: group(), cards: group() }
    const world = group(...Object.values(layers))
    svg.replaceChildren(world)
    map.hidden = false

    const state = makeState()
    const { opened } = state
    const pieces = makePieces(svg, backwards, state)
    const camera = makeCamera(svg, backwards, pieces.side, state, draw)
    const drawn = new Map()
    let waiting = 0
    let hadFocus = false

    /* drawing what is in view */

    function draw() {
      if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; paint() })
    }

    function wipe() {
      hadFocus ||= svg.contains(document.activeElement)
      for (const layer of Object.values(layers)) layer.replaceChildren()
      drawn.clear()
    }

    /** Give each piece that is in view, with its layer and how it is drawn. */
    function wanted() {
      const { side, draw: drawPlace, drawLink } = pieces
      const seen = camera.inView()
      const found = new Map()
      for (const place of state.drawing.places) {
        const x = side(place)
        if (place.node === state.active
          || seen(x, place.y, x + place.width, place.y + place.height)) {
          found.set(place, [place.node || place.result ? layers.cards : layers.blocks, drawPlace])
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
      map.dataset.okrDetail = state.detail.name
      if (hadFocus) drawn.get(state.drawing.placed.get(state.active))?.focus({ preventScroll: true })
      hadFocus = false
    }

    /** Lay out what is open anew; the card of one objective can stay where it is seen. */
    function arrange(keep = null) {
      const before = keep && state.drawing?.placed.get(keep)
      state.drawing = state.teams ? layOutTeams([...state.ranks.keys()], camera.size())
        : layOut(state.ranks, state.open, camera.size().width)
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
      state.teams = false
      openFirst(state, camera.size())
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

    function showTeams() {
      state.teams = true
      arrange()
      camera.fill()
    }

    function openAll() {
      state.teams = false
      for (const node of state.ranks.keys()) opened.add(node)
      arrange()
    }

    const actions = {
      pillars: () => {
        colour(!state.pillars)
        arrange(state.active)
      },
      in: camera.nearer,
      out: camera.further,
      fit: () => {
        const { width, height } = extentOf(layOut(state.ranks, () => true, camera.size().width))
        if (!camera.fitsWithTitles(width, height)) return showTeams()
        openAll()
        camera.fitTitles()
      },
      all: () => {
        openAll()
        camera.fitTitles()
      },
      less: () => {
        state.teams = false
        openFirst(state, camera.size())
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
    // Paper shows what is seen, as large as it fits.
    addEventListener("beforeprint", () => {
      const { width, height } = camera.size()
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
    }, { signal })
    addEventListener("afterprint", () => svg.removeAttribute("viewBox"), { signal })
    map.addEventListener("fullscreenchange", () => state.teams || camera.fit(), { signal })
    const watcher = new ResizeObserver(() => state.teams ? showTeams() : draw())
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
