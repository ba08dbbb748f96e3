/* okrsite: what the drawing of the alignment is made of: cards, key results, and lines between. */
(() => {
  "use strict"

  const { CARD, PORT, GAP, BLOCK, HEAD } = window.okrsite

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
        line = line.slice(0, Math.ceil(line.length * width / measure(line)) + 1)
        while (line && measure(`${line}…`) > width) line = line.slice(0, -1)
        line = `${line.trimEnd()}…`
        if (last) words.length = 0
      }
      found.push(line)
    }
    return found
  }

  /** Prepare to draw into a picture: each piece comes as it should look at this moment.

      `state` tells what is open, in focus, active, on the line to the focus, and at which `detail`
      it is seen: how large a letter has to be drawn so that it can be read. */
  function makePieces(svg, backwards, state) {
    const pencil = document.createElement("canvas").getContext("2d")
    const family = getComputedStyle(svg).fontFamily
    const widths = { 400: new Map(), 600: new Map() }
    const wide = (weight, text) => {
      const known = widths[weight]
      if (!known.has(text)) {
        const font = `${weight} 100px ${family}`
        if (lastFont !== font) pencil.font = lastFont = font
        known.set(text, pencil.measureText(text).width / 100)
      }
      return known.get(text)
    }
    let lastFont = ""
    const measuring = (weight, size) => text => wide(weight, text) * size
    const [ofTitle, ofNote] = [measuring(600, 13), measuring(400, 12)]

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

    /** What many stand in: a frame, with the names of the teams above what is their own. */
    function drawBlock(place) {
      const [x, ofHead] = [side(place), measuring(600, 12)]
      const block = make("g", {
        class: "okr-map__block", transform: `translate(${x} ${place.y})`, "aria-hidden": "true",
        "font-size": 12,
      }, make("rect", { width: place.width, height: place.height, rx: 9 }))
      if (state.detail.name !== "near") return block
      for (const head of place.heads) {
        const [said] = wrap(ofHead, head.team, CARD.width, 1)
        block.append(write("team", backwards ? place.width - head.x : head.x, head.y + 15, said))
      }
      return block
    }

    /** The area of a team, with its name. */
    function drawArea(place) {
      const { letter } = state.detail
      const [said] = wrap(measuring(600, letter), place.team, place.width - 8, 1)
      const name = write("team", backwards ? place.width - 4 : 4, HEAD - 5, said)
      name.setAttribute("font-size", letter)
      return make("g", {
        class: "okr-map__block", transform: `translate(${side(place)} ${place.y})`, "aria-hidden": "true",
      }, make("rect", { width: place.width, height: place.height, rx: 5 }), name)
    }

    function drawCard(place) {
      const { node, width, height } = place
      const at = x => backwards ? width - x : x
      const card = make("g", {
        class: `okr-map__card okr-tone--${node.status}${node === state.focus ? " okr-map__card--focus" : ""}`
          + `${node.dimmed ? " okr-map__card--dimmed" : ""}`,
        "font-size": state.detail.letter,
        transform: `translate(${side(place)} ${place.y})`,
        role: "treeitem",
        tabindex: node === state.active ? "0" : "-1",
        "aria-level": place.depth + 1,
        "aria-label": [node.title, node.owners, node.word, node.score, state.pillars && pillarsOf(node)].filter(Boolean).join(", "),
        ...(place.children ? { "aria-expanded": String(state.open(node)) } : {}),
        ...(node === state.focus ? { "aria-current": "true" } : {}),
      },
      make("rect", { class: "okr-map__paper", width, height, rx: place.tile ? 4 : 7 }),
      ...(state.pillars ? stripes(place, at) : []),
      ...(state.detail.name === "near" ? nearby : fromAfar)(place, at))
      card.okrNode = node
      return card
    }

    const pillarsOf = node => node.pillars.map(pillar => pillar.name).join(", ")

    /** The pillars of a card as stripes at its edge, each with its colour and pattern. */
    function stripes({ node, height: whole }, at) {
      const shown = node.pillars.filter(pillar => pillar.look)
      const height = (whole - 8) / shown.length
      return shown.map((pillar, index) => make("path", {
        class: `okr-pillar--${pillar.look}`, d: `M${at(4)} ${4 + height * index}v${height}`,
      }))
    }

    const shape = (node, x, y, scale) => make("path", {
      class: "okr-map__shape", d: SHAPES[node.status] ?? RING, "fill-rule": "evenodd",
      transform: `translate(${x} ${y}) scale(${scale})`,
    })

    /** A card on which only letters of a size can be read: as much of its title as there is room
        for, and the shape beside it; or the shape alone. */
    function fromAfar({ node, width, height }, at) {
      const { letter } = state.detail
      const [line, start] = [letter * 1.2, state.pillars ? 12 : letter * 0.45]
      const side = letter * 0.8
      const room = width - start - side - letter * 0.9
      const most = Math.floor((height - letter * 0.3) / line)
      const lines = letter && room > 4 * letter && most > 0
        ? wrap(measuring(600, letter), node.title, room, most) : []
      if (!lines.length) {
        const size = Math.min(width * 0.5, height * 0.5, letter * 1.2 || Infinity)
        return [shape(node, width / 2 - size / 2, height / 2 - size / 2, size / 100)]
      }
      const scored = lines.length < most && node.score
      const top = height / 2 - line * (lines.length + (scored ? 1 : 0)) / 2
      return [
        shape(node, at(start + side / 2) - side / 2, top + (line - side) / 2, side / 100),
        ...lines.map((text, index) => write(
          "title okr-map__title--large", at(start + side + letter * 0.4),
          top + line * index + letter * 0.95, text)),
        ...(scored ? [write("part", at(start + side + letter * 0.4),
          top + line * lines.length + letter * 0.95, node.score)] : []),
      ]
    }

    /** Whose a card is; below the name of its team rather what it aligns to there. */
    function noteOf(node, above) {
      if (state.pillars) return pillarsOf(node)
      if (!above?.columns || node.owners !== node.team) return node.owners
      const [to] = node.parents.find(parent => parent.node === above.above.node).to
      return to ? `${backwards ? "←" : "→"} ${to.title}` : ""
    }

    /** What a card says, for who is near enough to read it. */
    function nearby({ node, children, above }, at) {
      const titles = wrap(ofTitle, node.title, CARD.width - 46, 2)
      const text = (kind, x, ...rest) => write(kind, at(x), ...rest)
      const [owners] = wrap(ofNote, noteOf(node, above), CARD.width - 34 - 54, 1)
      const track = CARD.width - 34 - 12
      const bar = (kind, share) => {
        const width = track * share / 100
        return make("rect", {
          class: `okr-map__${kind}`, x: backwards ? 12 + track - width : 34, y: 60, width, height: 3,
        })
      }
      const inside = [
        shape(node, at(18) - 6, titles.length === 1 ? 14.5 : 10.5, 0.12),
        ...titles.map((line, index) => text("title", 34, titles.length === 1 ? 25 : 21 + 16 * index, line)),
        text("note", 34, 54, owners ?? ""),
        text("score", CARD.width - 12, 54, node.score, true),
        bar("track", 100), bar("fill", node.bar.filled),
      ]
      if (node.bar.expected !== null) {
        const x = at(34 + track * node.bar.expected / 100)
        inside.push(make("path", { class: "okr-map__mark", d: `M${x} 58v7` }))
      }
      if (children) {
        const sign = state.open(node) ? "−" : `+${children}`
        const wide = state.open(node) ? 20 : Math.max(22, 10 + 8 * sign.length)
        const label = make("text", { x: 0, y: 4, "text-anchor": "middle" })
        label.textContent = sign
        inside.push(make("g", {
          class: "okr-map__more", transform: `translate(${at(CARD.width)} ${CARD.height / 2})`,
        },
        make("rect", { x: -wide / 2, y: -10, width: wide, height: 20, rx: 10 }), label))
      }
      return inside
    }

    const draw = place => (place.node ? drawCard : place.result ? drawPort : place.area ? drawArea : drawBlock)(place)
    return { side, drawLink, draw }
  }

  Object.assign(window.okrsite, { makePieces, makeElement: make })
})()
