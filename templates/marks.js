// 页面上标出文字里的数：预览和填写共用。

const KINDS = ["judged", "amiss", "bound", "unjudged"];

/** How the figures of each kind look in a page. */
const MARKED =
  "::highlight(preview-judged) { text-decoration: underline 2px #2f7d4f; }" +
  "::highlight(preview-amiss) { color: #1c1c1e; background-color: #f6c4c0; text-decoration: underline 2px #a3191f; }" +
  "::highlight(preview-bound) { text-decoration: underline dotted 2px #14568c; }" +
  "::highlight(preview-unjudged) { color: #1c1c1e; background-color: #fbe3a6; text-decoration: underline wavy #7a5200; }";

/** Adds to the look of a page. */
function style(view, rules) {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(rules);
  view.document.adoptedStyleSheets = [...view.document.adoptedStyleSheets, sheet];
}

/** The words of a paragraph as a range, unless the office's templates print something else. */
function printed_range(paragraph, words) {
  const page = paragraph.ownerDocument;
  let skip = paragraph.textContent.length - words.length;
  if (skip < 0 || words.start === words.end) return null;
  const range = page.createRange();
  const walker = page.createTreeWalker(paragraph, 4);
  let started = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (!started && words.start + skip < length) {
      range.setStart(node, Math.max(words.start + skip, 0));
      started = true;
    }
    if (started && words.end + skip <= length) {
      range.setEnd(node, words.end + skip);
      return range;
    }
    skip -= length;
  }
  return null;
}

/** Marks figures in a page, in place of those that were marked; false where the browser cannot. */
function mark_printed(view, figures) {
  const highlights = view.CSS.highlights;
  if (!highlights) return false;
  KINDS.forEach((kind) => highlights.delete("preview-" + kind));
  const paragraphs = new Map();
  for (const at of view.document.querySelectorAll("[data-field]")) {
    const own = paragraphs.get(at.dataset.field) || [];
    own.push(at);
    paragraphs.set(at.dataset.field, own);
  }
  for (const kind of KINDS) {
    const ranges = figures
      .filter((figure) => figure.kind === kind && figure.target && figure.target.words)
      .map(({ target: { field, words } }) => {
        const paragraph = (paragraphs.get(field) || [])[words.paragraph];
        return paragraph ? printed_range(paragraph, words) : null;
      })
      .filter(Boolean);
    if (ranges.length > 0) highlights.set("preview-" + kind, new view.Highlight(...ranges));
  }
  return true;
}
