import type { CacheStrategy, StrategyKind } from '../api/caching-types';
import { SIZE_UNITS, TIME_UNITS, timeUnit } from './cache-strategies';
import { followTargets, readTarget } from './follow-targets';

/** Smaller ones are refused by the server. */
const LEAST_BUDGET = 1024 * 1024;
const NAME = /^[a-z0-9-]{1,60}$/;
const TAKEN = 'manual';
const DEFAULT_LIFETIME = 10 * 3600;

/** A strategy as it is written: text until it is read. */
export interface StrategyForm {
  kind: StrategyKind;
  name: string;
  budget: string;
  /** Of `SIZE_UNITS`. */
  budgetUnit: string;
  lifetime: string;
  /** Of `TIME_UNITS`. */
  lifetimeUnit: string;
  minViews: string;
  channels: string;
  host: string;
}

export type FormProblems = Partial<Record<keyof StrategyForm, string>>;

const NEW: StrategyForm = {
  kind: 'most-views',
  name: '',
  budget: '10',
  budgetUnit: 'gb',
  ...lifetimeFields(DEFAULT_LIFETIME),
  minViews: '',
  channels: '',
  host: '',
};

/** The fields of a strategy, or those that a new one begins with. */
export function toForm(strategy?: CacheStrategy): StrategyForm {
  if (!strategy) return { ...NEW };
  const { kind, name, budget, minLifetime, minViews, channels = [], host = '' } = strategy;
  const unit = SIZE_UNITS.find(({ worth }) => budget >= worth) ?? SIZE_UNITS.at(-1)!;
  return {
    kind,
    name: name === kind ? '' : name,
    budget: String(budget / unit.worth),
    budgetUnit: unit.id,
    ...lifetimeFields(minLifetime),
    minViews: minViews === undefined ? '' : String(minViews),
    channels: channels.join('\n'),
    host,
  };
}

function lifetimeFields(seconds: number): Pick<StrategyForm, 'lifetime' | 'lifetimeUnit'> {
  const { id, worth } = timeUnit(seconds);
  return { lifetime: String(seconds / worth), lifetimeUnit: id };
}

/** `others`: names that are taken. What is wrong stands beside its field. */
export function readForm(
  form: StrategyForm,
  others: string[],
): { strategy: CacheStrategy } | { problems: FormProblems } {
  const problems: FormProblems = {};
  const { kind } = form;
  const name = form.name.trim() || kind;
  if (!NAME.test(name)) problems.name = 'Use 1 to 60 small letters, digits and hyphens.';
  else if (name === TAKEN) problems.name = 'That name is for what is chosen by hand.';
  else if (others.includes(name))
    problems.name = `There is a strategy called ${name}; give this one another.`;

  const budget = amount(form.budget, SIZE_UNITS, form.budgetUnit);
  if (!(budget >= LEAST_BUDGET)) problems.budget = 'Write a number; 1.1 MB is the least.';
  const minLifetime = amount(form.lifetime, TIME_UNITS, form.lifetimeUnit);
  if (!(minLifetime >= 0)) problems.lifetime = 'Write a number, 0 or more.';

  const strategy: CacheStrategy = { kind, name, budget, minLifetime };
  if (kind === 'most-views' && form.minViews.trim() !== '') {
    strategy.minViews = Number(form.minViews);
    if (!Number.isInteger(strategy.minViews) || strategy.minViews < 0)
      problems.minViews = 'Write a whole number, 0 or more.';
  }
  if (kind === 'channels') {
    const { handles, hosts, unreadable } = followTargets(form.channels);
    const wrong = [...hosts, ...unreadable];
    strategy.channels = handles;
    if (wrong.length > 0) problems.channels = `Not name@host: ${wrong.join(', ')}`;
    else if (handles.length === 0) problems.channels = 'Name a channel at least.';
  }
  if (kind === 'instance') {
    strategy.host = readTarget(form.host.trim()) ?? '';
    if (strategy.host === '' || strategy.host.includes('@'))
      problems.host = 'Write a host, such as video.example.';
  }
  return Object.keys(problems).length > 0 ? { problems } : { strategy };
}

/** NaN for what is no number. */
function amount(text: string, units: typeof SIZE_UNITS, unit: string): number {
  const worth = units.find(({ id }) => id === unit)?.worth ?? 1;
  return text.trim() === '' ? NaN : Math.round(Number(text) * worth);
}
