/* okrsite: what keys, pointers and the wheel do to the drawing of the alignment. */
(() => {
  "use strict"

  /** How far, in pixels, a pointer may tremble and still click. */
  const TREMBLE = 5

  /** Walk the tree by keyboard. `tree` is the map: its state, and what can be done with it. */
  function listenToKeys(svg, tree, signal) {
    const { state, backwards, actions, activate, unfold, concentrate } = tree

    /** What each key does at the place that is active, among the cards in reading order. */
    function keysAt(place, cards) {
      const step = by => {
        const next = cards[cards.indexOf(place) + by]
        if (next) activate(next.node)
      }
      const below = () => {
        if (state.teams) return step(1)
        if (!place.children) return
        if (!state.open(state.active)) return unfold(state.active, true)
        const next = cards.find(card => cardAbove(card) === state.active)
        if (next) activate(next.node)
      }
      const up = () => {
        if (state.teams) return step(-1)
        if (state.canFold(state.active) && place.below.length) return unfold(state.active, false)
        const next = cardAbove(place)
        if (next) activate(next)
      }
      return {
        ArrowDown: () => step(1),
        ArrowUp: () => step(-1),
        ArrowRight: backwards ? up : below,
        ArrowLeft: backwards ? below : up,
        Home: () => activate(cards[0].node),
        End: () => activate(cards.at(-1).node),
        Enter: () => { location.href = state.active.href },
        " ": () => concentrate(state.active === state.focus ? null : state.active),
        ...(state.teams ? { Escape: actions.less }
          : state.focus ? { Escape: () => concentrate(null) } : {}),
        "+": actions.in, "=": actions.in, "-": actions.out, 0: actions.fit,
      }
    }

    svg.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const { places, placed } = state.drawing
      const act = keysAt(placed.get(state.active), places.filter(place => place.node))[event.key]
      if (!act) return
      event.preventDefault()
      event.stopPropagation()
      act()
    }, { signal })
  }

  /** The objective above a place, also where a key result stands between them. */
  const cardAbove = place => place.above?.node ?? place.above?.above?.node

  /** Move and zoom with one pointer or two, and choose with a click. */
  function listenToPointers(svg, tree, signal) {
    const { state, camera, activate, unfold, concentrate } = tree
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
      if (moved < TREMBLE) return
      if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId)
      pointers.set(event.pointerId, next)
      if (others.length) {
        const [other] = others
        const box = svg.getBoundingClientRect()
        const apart = point => Math.hypot(point.x - other.x, point.y - other.y) || 1
        const [x, y] = [(next.x + other.x) / 2 - box.left, (next.y + other.y) / 2 - box.top]
        camera.zoom(apart(next) / apart(last), x, y)
      } else camera.pan(next.x - last.x, next.y - last.y)
    }, { signal })
    for (const name of ["pointerup", "pointercancel"]) {
      svg.addEventListener(name, event => pointers.delete(event.pointerId), { signal })
    }

    // What a card says in full, where the pointer rests: titles may be cut.
    svg.addEventListener("pointerover", event => {
      const card = event.target.closest(".okr-map__card")
      if (!card || card.querySelector("title")) return
      const full = document.createElementNS(svg.namespaceURI, "title")
      full.textContent = card.getAttribute("aria-label")
      card.prepend(full)
    }, { signal })

    svg.addEventListener("click", event => {
      const card = event.target.closest(".okr-map__card")
      if (moved >= TREMBLE || !card) {
        if (moved >= TREMBLE) event.preventDefault()
        return
      }
      const node = card.okrNode
      activate(node)
      if (event.target.closest(".okr-map__more")) unfold(node, !state.open(node))
      else if (event.detail > 1) location.href = node.href
      else if (node !== state.focus) concentrate(node)
    }, { signal })
  }

  /** Zoom with the wheel; the page goes on scrolling until the map is taken into hand. */
  function listenToWheel(svg, { map, camera }, signal) {
    svg.addEventListener("wheel", event => {
      const inHand = event.ctrlKey || event.metaKey || document.fullscreenElement === map
        || svg.contains(document.activeElement)
      if (!inHand) return
      event.preventDefault()
      const box = svg.getBoundingClientRect()
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY
      const factor = Math.exp(-Math.max(-80, Math.min(80, pixels)) / 300)
      camera.zoom(factor, event.clientX - box.left, event.clientY - box.top)
    }, { signal, passive: false })
  }

  /** Let a map be moved, walked and chosen from, until the visit ends. */
  function listen(svg, tree, signal) {
    listenToKeys(svg, tree, signal)
    listenToPointers(svg, tree, signal)
    listenToWheel(svg, tree, signal)
  }

  Object.assign(window.okrsite, { listenToMap: listen })
})()
