import { createRequire } from 'node:module';
import type sanitize from 'sanitize-html';

const require = createRequire(import.meta.url);

const LINE_ENDS = /<br\s*\/?>|<\/(p|div|li|h[1-6]|blockquote)>/gi;
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** What remote HTML says, as text: pages show it as text, and so does whoever reads our API. Markdown stays as it is. */
export function plainText(html: string): string {
  // Loaded when needed: most starts never meet remote text.
  const sanitizeHtml = require('sanitize-html') as typeof sanitize;
  return sanitizeHtml(html.replace(LINE_ENDS, '\n'), { allowedTags: [], allowedAttributes: {} })
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
