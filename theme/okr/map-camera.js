/* okrsite: what part of the drawing of the alignment is seen, and how large. */
(() => {
  "use strict"

  const ZOOM = { least: 0.05, most: 2, titles: 0.6, step: 1.25 }

  /** How much of a card can be read, from a scale on: a text of so many units in the drawing has at
      least 12 pixels on the screen. */
  const DETAILS = [
    { name: "near", from: 0.999, letter: 12 },
    { name: "far", from: 0.75, letter: 16 },
    { name: "far", from: ZOOM.titles, letter: 20 },
    { name: "far", from: 0.48, letter: 25 },
    { name: "tiny", from: 0, letter: 0 },
  ]
  const OF_TEAMS = [4, 2.7, 1.8, 1.25, 1].map(from => ({ name: "teams", from, letter: 12 / from }))

  /** Look at a drawing. `state` has the drawing and what is in focus; each move asks to `draw`. */
  function makeCamera(svg, backwards, side, state, draw) {
    const view = { x: 0, y: 0, scale: 1 }
    const size = () => ({ width: svg.clientWidth || 800, height: svg.clientHeight || 500 })

    function bounds() {
      const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
      for (const place of state.drawing.places) {
        box.left = Math.min(box.left, side(place))
        box.right = Math.max(box.right, side(place) + place.width)
        box.top = Math.min(box.top, place.y)
        box.bottom = Math.max(box.bottom, place.y + place.height)
      }
      return box
    }

    /** Show all of the drawing; or, where that would be too small to read, what matters of it. */
    function fit(least = 1) {
      const [box, room, edge] = [bounds(), size(), size().width < 600 ? 12 : 20]
      const whole = Math.min(
        (room.width - 2 * edge) / (box.right - box.left),
        (room.height - 2 * edge) / (box.bottom - box.top), 1)
      view.scale = Math.max(whole, least)
      const [width, height] = [box.right - box.left, box.bottom - box.top].map(n => n * view.scale)
      const from = state.drawing.placed.get(state.focus) ?? state.drawing.places[0]
      view.x = width <= room.width - 2 * edge || !state.focus
        ? (backwards ? room.width - edge - box.right * view.scale : edge - box.left * view.scale)
        : room.width / 2 - (side(from) + from.width / 2) * view.scale
      if (width <= room.width - 2 * edge) view.x = (room.width - width) / 2 - box.left * view.scale
      view.y = height <= room.height - 2 * edge
        ? (room.height - height) / 2 - box.top * view.scale
        : Math.min(state.focus ? Infinity : edge - box.top * view.scale,
          room.height / 2 - (from.y + from.height / 2) * view.scale)
      draw()
    }

    function zoom(factor, x = size().width / 2, y = size().height / 2) {
      const [least, most] = state.teams ? [1, 5] : [ZOOM.least, ZOOM.most]
      const scale = Math.min(most, Math.max(least, view.scale * factor))
      view.x = x - (x - view.x) * scale / view.scale
      view.y = y - (y - view.y) * scale / view.scale
      view.scale = scale
      if (state.teams) keep(size())
      draw()
    }

    function pan(x, y) {
      view.x += x
      view.y += y
      if (state.teams) keep(size())
      draw()
    }

    /** Keep the areas, which fill the window, from leaving it. */
    function keep({ width, height }) {
      const [over, down] = [width * (1 - view.scale), height * (1 - view.scale)]
      const [least, most] = backwards ? [width, width - over] : [over, 0]
      view.x = Math.min(most, Math.max(least, view.x))
      view.y = Math.min(0, Math.max(down, view.y))
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

    /** What is in view, with a margin, as a question: does this rectangle touch it? */
    function inView() {
      const [room, margin] = [size(), 60]
      const left = (-view.x - margin) / view.scale, right = (room.width - view.x + margin) / view.scale
      const top = (-view.y - margin) / view.scale, bottom = (room.height - view.y + margin) / view.scale
      return (x1, y1, x2, y2) => x1 < right && x2 > left && y1 < bottom && y2 > top
    }

    /** Move so that what was at one place stays where it is seen, now that it is at another. */
    function hold(before, after) {
      view.x += (side(before) - side(after)) * view.scale
      view.y += (before.y - after.y) * view.scale
    }

    /** Show all as areas, which fill the window. */
    function fill() {
      Object.assign(view, { x: backwards ? size().width : 0, y: 0, scale: 1 })
      draw()
    }

    /** Whether something of a size fits into the window with titles that can be read. */
    function fitsWithTitles(width, height) {
      const room = size()
      return Math.min(room.width / width, room.height / height) >= ZOOM.titles
    }

    const detail = () => (state.teams ? OF_TEAMS : DETAILS).find(({ from }) => view.scale >= from) ?? OF_TEAMS.at(-1)

    return {
      size, fit, fill, fitsWithTitles, zoom, pan, reveal, inView, hold,
      fitTitles: () => fit(ZOOM.titles),
      nearer: () => zoom(ZOOM.step),
      further: () => zoom(1 / ZOOM.step),
      detail,
      transform: () => `translate(${view.x} ${view.y}) scale(${view.scale})`,
    }
  }

  Object.assign(window.okrsite, { makeCamera })
})()
