import type { GuardVerdict } from '@vidiverse/hooks';
import { ForbiddenError } from './domain-error.js';

/** 403: a plugin said no (`refused_by_plugin`) or not now (`held_by_plugin`: the same may be tried again later). */
export class PluginRefusalError extends ForbiddenError {
  constructor({ decision, reason }: Exclude<GuardVerdict, { decision: 'allow' }>) {
    super(reason, decision === 'hold' ? 'held_by_plugin' : 'refused_by_plugin');
  }
}

/** @throws PluginRefusalError unless the plugins allow it */
export function assertAllowed(verdict: GuardVerdict): void {
  if (verdict.decision !== 'allow') throw new PluginRefusalError(verdict);
}
