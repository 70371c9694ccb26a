/** What a policy says: let it happen, let a person decide, or say no. */
export type Decision = 'allow' | 'hold' | 'refuse';

/** A decision with the reason, in words for administrators, and the rule it came from. */
export interface Verdict {
  decision: Decision;
  reason: string;
  rule: string;
}

/** One thing to be checked. Answers undefined when it has no objection and no say. */
export interface Rule<Request> {
  /** Stands in stored verdicts: never renamed. */
  readonly name: string;
  review(request: Request): Promise<Omit<Verdict, 'rule'> | undefined> | Omit<Verdict, 'rule'> | undefined;
}

export const allow = (reason: string) => ({ decision: 'allow' as const, reason });
export const hold = (reason: string) => ({ decision: 'hold' as const, reason });
export const refuse = (reason: string) => ({ decision: 'refuse' as const, reason });

/**
 * The first rule that has a say decides; `otherwise` when none has. A rule that throws holds the matter: a broken check
 * never opens the door, nor shuts it for good.
 */
export async function decide<Request>(
  rules: ReadonlyArray<Rule<Request>>,
  request: Request,
  otherwise: Omit<Verdict, 'rule'>,
): Promise<Verdict> {
  for (const rule of rules) {
    try {
      const said = await rule.review(request);
      if (said) return { ...said, rule: rule.name };
    } catch (error) {
      return { ...hold(`The check could not be made: ${(error as Error).message}`), rule: rule.name };
    }
  }
  return { ...otherwise, rule: 'default' };
}
