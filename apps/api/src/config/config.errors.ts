/** One thing that is wrong with the configuration. */
export interface ConfigIssue {
  /** Where it stands: `listen`, or `VIDIVERSE_LISTEN` when it came from the environment. */
  source: string;
  /** The value as given, shortened; secrets are masked. */
  value: string;
  /** What is allowed. */
  expected: string;
}

/** A configuration that cannot be used; lists every issue, not only the first. */
export class ConfigError extends Error {
  constructor(readonly issues: ConfigIssue[]) {
    const lines = issues.map(({ source, value, expected }) => `  ${source} = ${value}: ${expected}`);
    super(
      `The configuration has ${issues.length} error${issues.length === 1 ? '' : 's'}:\n${lines.join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}
