import type { Translate, WebTexts } from '@vidiverse/hooks/web';

/** A plugin's texts in the language that was chosen; English is in its module. */
export interface PluginTexts {
  language: string;
  texts: WebTexts;
}

export const ENGLISH: PluginTexts = { language: 'en', texts: {} };

/**
 * The first language that is wanted and there, by the rules of RFC 4647 for look-up: `de-AT` is content with `de`, and `pt`
 * with `pt-BR`. Null when that is English, or none of them is there.
 */
export function chooseLanguage(wanted: readonly string[], there: readonly string[]): string | null {
  for (const tag of wanted) {
    for (
      let range = tag.toLowerCase();
      range !== '';
      range = range.slice(0, Math.max(0, range.lastIndexOf('-')))
    ) {
      const exact = there.find((language) => language.toLowerCase() === range);
      if (exact) return exact;
      if (range === ENGLISH.language) return null;
    }
    const language = tag.toLowerCase().split('-')[0]!;
    const related = there.find((one) => one.toLowerCase().startsWith(`${language}-`));
    if (related) return related;
  }
  return null;
}

/** The texts in a file of them; whatever else it has is left out. @throws TypeError when it has no texts by key */
export function readTexts(json: unknown): WebTexts {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new TypeError('the file of texts is no object');
  return Object.fromEntries(
    Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** What says a plugin's texts. A name in braces that has no value stays as it is. */
export function translator<Texts extends WebTexts>(english: Texts, { texts }: PluginTexts): Translate<Texts> {
  return (key, ...[values]) => {
    const text = (Object.hasOwn(texts, key) && texts[key]) || english[key]!;
    return text.replace(/\{(\w+)\}/g, (braces, name: string) =>
      values && Object.hasOwn(values, name) ? String((values as Record<string, unknown>)[name]) : braces,
    );
  };
}
