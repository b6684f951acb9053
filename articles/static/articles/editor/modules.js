// Modules that the site fills, put at a place in the text: the affiliate disclosure, the recommended videos.

import { Node } from "django-prose-editor/editor"
import { insertBlock } from "newsroom-editor/blocks"
import { _, announce, h } from "newsroom-editor/dom"
import { icons } from "newsroom-editor/icons"
import { moduleFrame } from "newsroom-editor/module-frame"
import { editVideos } from "newsroom-editor/videos-dialog"
import { parseVideos, videosField } from "newsroom-editor/videos-list"

export const LABELS = { "affiliate-disclosure": _("Affiliate disclosure"), "recommended-videos": _("Recommended videos") }

export const ModuleBlock = Node.create({
  name: "moduleBlock",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ disclosure: "", identityUrl: "", videosUrl: "" }),
  addAttributes: () => ({
    module: { default: null, parseHTML: (element) => element.getAttribute("data-module"), renderHTML: ({ module }) => ({ "data-module": module }) },
  }),
  parseHTML: () => [{ tag: "aside[data-module]" }],
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes],

  onCreate() {
    buttonAtTheField(this.editor, this.options.videosUrl)
  },

  addMenuItems({ menu, buttons }) {
    const insert = (module) => (editor) => {
      if (placeIfThere(editor, module)) return
      insertBlock(editor, { type: this.name, attrs: { module } })
      const field = videosField(editor)
      if (module === "recommended-videos" && field && !field.value.trim()) editVideos(field, this.options.videosUrl)
    }
    menu.defineItem({
      name: "recommendedVideos", groups: "modules", priority: 100,
      button: buttons.svg(icons.videos, LABELS["recommended-videos"]), command: insert("recommended-videos"),
    })
    menu.defineItem({
      name: "affiliateDisclosure", groups: "modules", priority: 90,
      button: buttons.svg(icons.disclosure, LABELS["affiliate-disclosure"]), command: insert("affiliate-disclosure"),
    })
  },

  addNodeView() {
    return (view) => (view.node.attrs.module === "recommended-videos" ? videosView(view, this.options) : disclosureView(view, this.options))
  },
})

/** Each module stands once on a page. Where it stands already, it is shown. */
function placeIfThere(editor, module) {
  let place = null
  editor.state.doc.descendants((node, position) => {
    if (node.type.name === "moduleBlock" && node.attrs.module === module) place = position
  })
  if (place === null) return false
  editor.chain().setNodeSelection(place).scrollIntoView().run()
  announce(`${LABELS[module]}: ${_("stands in the text already")}`)
  return true
}

function disclosureView(view, { disclosure, identityUrl }) {
  return moduleFrame(view, {
    label: LABELS[view.node.attrs.module] || view.node.attrs.module,
    fill(body) {
      if (disclosure) return body.replaceChildren(disclosure)
      body.replaceChildren(
        h("span", { className: "ne-missing" }, _("No disclosure is set, so readers see nothing here.")),
        " ",
        h("a", { href: identityUrl, target: "_blank", rel: "noopener" }, _("Write it in the site identity")),
      )
    },
  })
}

function videosView(view, { videosUrl }) {
  const field = videosField(view.editor)
  const choose = field && h("button", { type: "button", className: "ne-chip", onclick: () => editVideos(field, videosUrl) }, _("Choose videos"))
  const repaint = () => frame.repaint()
  const frame = moduleFrame(view, {
    label: LABELS["recommended-videos"],
    buttons: choose ? [choose] : [],
    fill(body) {
      const videos = field ? parseVideos(field.value) : []
      if (!videos.length) return body.replaceChildren(h("span", { className: "ne-missing" }, _("No videos are chosen, so readers see nothing here.")))
      body.replaceChildren(h("ul", {}, videos.map(({ title }) => h("li", {}, title))))
    },
    onDestroy: () => field?.removeEventListener("input", repaint),
  })
  field?.addEventListener("input", repaint)
  return frame
}

/** The same dialog beside the plain field, for videos in their usual place. */
function buttonAtTheField(editor, videosUrl) {
  const field = videosField(editor)
  if (!field || field.parentElement.querySelector(".ne-choose-videos")) return
  field.after(h("button", { type: "button", className: "button ne-choose-videos", onclick: () => editVideos(field, videosUrl) }, _("Choose videos")))
}
