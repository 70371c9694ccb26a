/** A stretch of plain text, or of text that is a web address. */
export interface TextPart {
  text: string;
  href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}*_]+$/;

/** Splits remote text at its http(s) addresses. Nothing else becomes a link, and no markup is ever read. */
export function linkedText(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(found);
    if (!URL.canParse(address)) continue;
    if (index > done) parts.push({ text: text.slice(done, index), href: null });
    parts.push({ text: address, href: new URL(address).href });
    done = index + address.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** Keeps a closing bracket whose opening one is part of the address, as in Wikipedia's. */
function withoutTrailing(address: string): string {
  const cut = address.replace(TRAILING, '');
  const rest = address.slice(cut.length);
  return rest.startsWith(')') && cut.includes('(') ? `${cut})` : cut;
}
