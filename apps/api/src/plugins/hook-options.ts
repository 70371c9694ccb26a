import type { HookOptions } from '@vidiverse/hooks';
import type { Config } from '../config/config.js';

/** The limits of handlers, as the configuration has them. */
export const hookOptions = ({ plugins }: Pick<Config, 'plugins'>): HookOptions => ({
  filterBudgetMs: plugins.filterBudget,
  guardBudgetMs: plugins.guardBudget,
  eventBudgetMs: plugins.eventBudget,
  failureLimit: plugins.failureLimit,
  setAsideMs: plugins.setAside,
});
