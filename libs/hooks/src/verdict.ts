/** What a guard says: let it happen, not now (a person decides where one can, else it may be asked again), or no. */
export type Decision = 'allow' | 'hold' | 'refuse';

/** A decision; the reason is in words for people. */
export type Verdict =
  | { readonly decision: 'allow'; readonly reason?: string }
  | { readonly decision: 'hold' | 'refuse'; readonly reason: string };

/** What all guards of a hook say together. Other than `allow`, it names the plugin whose verdict it is. */
export type GuardVerdict =
  | { readonly decision: 'allow' }
  | { readonly decision: 'hold' | 'refuse'; readonly reason: string; readonly plugin: string };

export const allow = (): Verdict => ({ decision: 'allow' });
export const hold = (reason: string): Verdict => ({ decision: 'hold', reason });
export const refuse = (reason: string): Verdict => ({ decision: 'refuse', reason });
