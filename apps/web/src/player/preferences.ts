const KEY = 'vidiverse.player';

/** What a viewer chose, kept for the next video. */
export interface Preferences {
  volume: number;
  muted: boolean;
  speed: number;
  /** Height in pixels; null is automatic. */
  resolution: number | null;
  /** Null: not asked; then on, unless the browser asks to save data. */
  p2p: boolean | null;
  theatre: boolean;
}

const DEFAULTS: Preferences = {
  volume: 1,
  muted: false,
  speed: 1,
  resolution: null,
  p2p: null,
  theatre: false,
};

/** Reads what was kept; embeds and strict browsers have no storage, then the defaults hold. */
export function readPreferences(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return { ...DEFAULTS };
  }
}

export function keepPreferences(changes: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...changes }));
  } catch {
    // Nothing can be kept here; the choice holds for this page.
  }
}

/** Whether peers take part: the viewer's word, otherwise unless the browser asks to save data. */
export function p2pWanted({ p2p }: Preferences): boolean {
  const connection = (navigator as Navigator & { connection?: { saveData?: boolean } }).connection;
  return p2p ?? connection?.saveData !== true;
}
