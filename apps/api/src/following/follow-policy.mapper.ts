import type { ExclusionView, StoredVerdictView } from './dto/policy-views.js';
import type { FollowBackExclusionEntity } from './follow-back-exclusion.entity.js';
import type { PolicyVerdictEntity } from './policy-verdict.entity.js';

export const toVerdictView = (row: PolicyVerdictEntity): StoredVerdictView => ({
  id: row.id,
  question: row.question,
  actor: row.actorUrl,
  host: row.host,
  target: row.targetUrl,
  decision: row.decision,
  rule: row.rule,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
});

export const toExclusionView = ({ host, note, createdAt }: FollowBackExclusionEntity): ExclusionView => ({
  host,
  note,
  createdAt: createdAt.toISOString(),
});
