/* okrsite: what the drawing of the alignment is made of: cards, key results, and lines between. */
(() => {
  "use strict"

  const { CARD, PORT, GAP } = window.okrsite

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

  /** Prepare to draw into a picture: each piece comes as it should look at this moment.

      `state` tells what is open, in focus, active, on the line to the focus, and how much of a
      card can be read. */
  function makePieces(svg, backwards, state) {
    const pencil = document.createElement("canvas").getContext("2d")
    const family = getComputedStyle(svg).fontFamily
    const measuring = font => text => {
      pencil.font = `${font} ${family}`
      return pencil.measureText(text).width
    }
    const [ofTitle, ofLarge, ofNote] = ["600 13px", "600 23px", "11px"].map(measuring)

    /** Where a place begins from the left: the drawing is mirrored for writing from the right. */
    const side = place => backwards ? -place.x - place.width : place.x

    /** Write a text that begins at a place, or ends there. */
    function write(kind, x, y, said, end = false) {
      const element = make("text", {
        class: `okr-map__${kind}`, x, y, "text-anchor": end === backwards ? "start" : "end",
      })
      element.textContent = said
      return element
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
      return make("path", {
        class: `okr-map__link${link.again ? " okr-map__link--again" : ""}`
          + `${state.focus && state.leads(from) && state.leads(to) ? " okr-map__link--line" : ""}`,
        d: `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${bend} ${end.y}H${end.x}`,
        "stroke-width": link.again ? 1
          : Math.min(7, Math.max(1, 1.5 * Math.sqrt(Math.max(...weights)))).toFixed(2),
      })
    }

    function drawPort(place) {
      const x = side(place)
      const inner = backwards ? PORT.width : 0
      const [title] = wrap(ofNote, place.result.title, PORT.width - 22, 1)
      const full = make("title")
      full.textContent = place.result.title
      return make("a", {
        class: "okr-map__port", href: place.result.key, tabindex: "-1", "aria-hidden": "true",
        transform: `translate(${x} ${place.y})`,
      },
      full,
      make("rect", { width: PORT.width, height: PORT.height, rx: 11 }),
      make("circle", { cx: inner, cy: PORT.height / 2, r: 3.5 }),
      write("result", backwards ? PORT.width - 14 : 14, 15, title))
    }

    function drawCard(place) {
      const { node } = place
      const at = x => backwards ? CARD.width - x : x
      const card = make("g", {
        class: `okr-map__card okr-tone--${node.status}${node === state.focus ? " okr-map__card--focus" : ""}`
          + `${node.dimmed ? " okr-map__card--dimmed" : ""}`,
        transform: `translate(${side(place)} ${place.y})`,
        role: "treeitem",
        tabindex: node === state.active ? "0" : "-1",
        "aria-level": place.depth + 1,
        "aria-label": [node.title, node.owners, node.word, node.score, state.pillars && pillarsOf(node)].filter(Boolean).join(", "),
        ...(place.children ? { "aria-expanded": String(state.open(node)) } : {}),
        ...(node === state.focus ? { "aria-current": "true" } : {}),
      },
      make("rect", { class: "okr-map__paper", width: CARD.width, height: CARD.height, rx: 7 }),
      ...(state.pillars ? stripes(node, at) : []),
      ...{ near: nearby, far: fromAfar, tiny: asShape }[state.detail](place, at))
      card.okrNode = node
      return card
    }

    const pillarsOf = node => node.pillars.map(pillar => pillar.name).join(", ")

    /** The pillars of a card as stripes at its edge, each with its colour and pattern. */
    function stripes({ pillars }, at) {
      const shown = pillars.filter(pillar => pillar.look)
      const height = (CARD.height - 8) / shown.length
      return shown.map((pillar, index) => make("path", {
        class: `okr-pillar--${pillar.look}`, d: `M${at(4)} ${4 + height * index}v${height}`,
      }))
    }

    const shape = (node, x, y, scale) => make("path", {
      class: "okr-map__shape", d: SHAPES[node.status] ?? RING, "fill-rule": "evenodd",
      transform: `translate(${x} ${y}) scale(${scale})`,
    })

    /** A card that is too small for words: the shape of its status, in the middle. */
    const asShape = ({ node }) => [shape(node, CARD.width / 2 - 22, 12, 0.44)]

    /** A card of which only large letters can be read: its title, and the shape beside it. */
    function fromAfar({ node }, at) {
      const lines = wrap(ofLarge, node.title, CARD.width - 54, 2)
      return [
        shape(node, at(21) - 10, CARD.height / 2 - 10, 0.2),
        ...lines.map((line, index) => write(
          "title okr-map__title--large", at(42), lines.length === 1 ? 42 : 29 + 26 * index, line)),
      ]
    }

    /** What a card says, for who is near enough to read it. */
    function nearby({ node, children }, at) {
      const titles = wrap(ofTitle, node.title, CARD.width - 46, 2)
      const text = (kind, x, ...rest) => write(kind, at(x), ...rest)
      const [owners] = wrap(ofNote, state.pillars ? pillarsOf(node) : node.owners, CARD.width - 34 - 54, 1)
      const track = CARD.width - 34 - 12
      const bar = (kind, share) => {
        const width = track * share / 100
        return make("rect", {
          class: `okr-map__${kind}`, x: backwards ? 12 + track - width : 34, y: 58, width, height: 3,
        })
      }
      const inside = [
        shape(node, at(18) - 6, titles.length === 1 ? 13.5 : 10, 0.12),
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
        const sign = state.open(node) ? "−" : `+${children}`
        const wide = state.open(node) ? 18 : Math.max(20, 10 + 7 * sign.length)
        const label = make("text", { x: 0, y: 3.5, "text-anchor": "middle" })
        label.textContent = sign
        inside.push(make("g", {
          class: "okr-map__more", transform: `translate(${at(CARD.width)} ${CARD.height / 2})`,
        },
        make("rect", { x: -wide / 2, y: -9, width: wide, height: 18, rx: 9 }), label))
      }
      return inside
    }

    return { side, drawLink, drawPort, drawCard }
  }

  Object.assign(window.okrsite, { makePieces, makeElement: make })
})()
