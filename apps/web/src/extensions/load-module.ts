import type { WebSlots } from '@vidiverse/hooks/web';
import type { WebModule } from '../api/plugin-types';
import { chooseLanguage, ENGLISH, type PluginTexts, readTexts } from './plugin-texts';
import { readWeb } from './read-web';
import { say } from './say';

/** A plugin whose part of the pages is here. */
export interface LoadedPlugin {
  name: string;
  displayName: string;
  slots: WebSlots;
  texts: PluginTexts;
}

export interface LoadOptions {
  /** Fetches and runs an ES module. */
  load: (url: string) => Promise<unknown>;
  /** Puts a style sheet into the page, and waits for it. */
  loadStyle: (url: string) => Promise<void>;
  /** Fetches a JSON file. */
  loadJson: (url: string) => Promise<unknown>;
  /** Of the visitor, the best first. */
  languages: readonly string[];
  /** Milliseconds for each of these. */
  timeLimit: number;
}

/** The plugin of a module; null, with a word in the console, when it cannot be loaded, is no plugin's or is too slow. */
export async function loadModule(module: WebModule, options: LoadOptions): Promise<LoadedPlugin | null> {
  const { name, displayName, url } = module;
  try {
    const [loaded, texts] = await Promise.all([
      within(options.timeLimit, options.load(ofThisSite(url))),
      loadTexts(module, options),
    ]);
    const { slots, styles, problems } = readWeb(loaded);
    for (const problem of problems) say(name, `left out: ${problem}`);
    await Promise.all(styles.map((style) => loadStyle(module, style, options)));
    return { name, displayName, slots, texts };
  } catch (error) {
    say(name, 'its part of the pages was skipped', error);
    return null;
  }
}

/** A plugin whose texts cannot be had speaks English. */
async function loadTexts({ name, translations }: WebModule, options: LoadOptions): Promise<PluginTexts> {
  const language = chooseLanguage(options.languages, Object.keys(translations));
  if (language === null) return ENGLISH;
  try {
    const file = options.loadJson(ofThisSite(translations[language]!));
    return { language, texts: readTexts(await within(options.timeLimit, file)) };
  } catch (error) {
    say(name, `its texts in ${language} were left out`, error);
    return ENGLISH;
  }
}

async function loadStyle({ name, url }: WebModule, style: string, options: LoadOptions): Promise<void> {
  try {
    await within(options.timeLimit, options.loadStyle(ofThisSite(style, url)));
  } catch (error) {
    say(name, `its style sheet ${style} was left out`, error);
  }
}

/** Stands for this site, where a path would be read against it. */
const SITE = 'http://site.invalid';

/** The path that `address` means from `base`. @throws TypeError when it is on another site */
function ofThisSite(address: string, base = '/'): string {
  const { origin, pathname } = new URL(address, SITE + base);
  if (origin !== SITE) throw new TypeError('its address is not on this site');
  return pathname;
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
