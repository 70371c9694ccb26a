import { shortText } from './error-text.js';
import { freezeData } from './freeze.js';
import type { GuardVerdict, Verdict } from './verdict.js';

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null || Number.isNaN(value)) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/**
 * What a filter answered, frozen. A plugin need not be checked by a compiler: what is of another kind than the value (nothing
 * at all, a list in place of an object, NaN) would only break who goes on with it. @throws TypeError
 */
export function readValue<Value>(answer: unknown, old: Value): Value {
  if (answer === old) return old;
  const [is, was] = [kindOf(answer), kindOf(old)];
  if (is !== was) throw new TypeError(`it answered ${is} in place of ${was}`);
  return freezeData(answer as Value);
}

/** @throws TypeError for what is no verdict: it must not pass for one */
export function readVerdict(answer: unknown, plugin: string): GuardVerdict {
  if (answer === undefined) return ALLOWED;
  const { decision, reason } = (answer ?? {}) as Partial<Verdict>;
  if (decision === 'allow') return ALLOWED;
  if ((decision !== 'hold' && decision !== 'refuse') || typeof reason !== 'string')
    throw new TypeError('it answered no verdict');
  return { decision, reason: shortText(reason), plugin };
}

/** Nobody objects. */
export const ALLOWED: GuardVerdict = Object.freeze({ decision: 'allow' });
