import { defineEvent, defineFilter, defineGuard } from '../src/hook.js';

export interface Page {
  readonly total: number;
  readonly rows: ReadonlyArray<{ readonly name: string }>;
}

const texts = { description: 'For tests.', example: '' };

export const score = defineFilter<number>({ ...texts, name: 'test.score.add' });
export const page = defineFilter<Page, { readonly viewer: string }>({ ...texts, name: 'test.page.build' });
export const entry = defineGuard<{ readonly who: string }>({ ...texts, name: 'test.door.enter' });
export const entered = defineEvent<{ readonly who: string }>({ ...texts, name: 'test.door.entered' });

export const never = (): Promise<never> => new Promise(() => {});

export const fail = (): never => {
  throw new Error('broken');
};

/** Keeps the event loop to itself. */
export function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
