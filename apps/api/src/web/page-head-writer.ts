import type { PageHead } from '@vidiverse/hooks';
import { z } from 'zod';
import { escapeHtml } from '../shared/escape-html.js';

/** Safe within a script element: JSON cannot close it. */
const escapeJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What can be written: a head may come from a plugin, which no compiler need have seen. */
export const pageHeadSchema = z.object({
  title: z.string(),
  meta: z.array(z.object({ attribute: z.enum(['name', 'property']), key: z.string(), content: z.string() })),
  links: z.array(z.object({ rel: z.string(), href: z.string(), type: z.string().optional() })),
  structured: z.record(z.string(), z.unknown()).nullable(),
});

/** The elements of a head, with whatever its texts have escaped. */
export function writeHead({ title, meta, links, structured }: PageHead): string {
  return [
    `<title>${escapeHtml(title)}</title>`,
    ...links.map(({ rel, href, type }) => {
      const ofType = type === undefined ? '' : ` type="${escapeHtml(type)}"`;
      return `<link rel="${escapeHtml(rel)}" href="${escapeHtml(href)}"${ofType}>`;
    }),
    ...meta.map(
      ({ attribute, key, content }) =>
        `<meta ${attribute}="${escapeHtml(key)}" content="${escapeHtml(content)}">`,
    ),
    ...(structured ? [`<script type="application/ld+json">${escapeJson(structured)}</script>`] : []),
  ].join('\n');
}
