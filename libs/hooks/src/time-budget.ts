/** A handler took longer than it may. */
export class OverBudgetError extends Error {
  constructor(budgetMs: number) {
    super(`it took longer than its ${budgetMs} ms`);
  }
}

/**
 * What `work` answers, if it does so in time. What it answers later, or throws later, is nobody's business any more.
 * @throws OverBudgetError, and what `work` throws in time
 */
export async function withinBudget(budgetMs: number, work: () => unknown): Promise<unknown> {
  const began = performance.now();
  const started = work();
  const answer = isThenable(started) ? await beforeLimit(budgetMs, started) : started;
  // A timer cannot interrupt what blocks the event loop: that shows only afterwards.
  if (performance.now() - began > budgetMs) throw new OverBudgetError(budgetMs);
  return answer;
}

async function beforeLimit(budgetMs: number, started: PromiseLike<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OverBudgetError(budgetMs)), budgetMs);
  });
  try {
    return await Promise.race([started, limit]);
  } finally {
    clearTimeout(timer);
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
