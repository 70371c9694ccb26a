/** Why a plugin does not run, as a sentence for administrators. */
export class PluginProblem extends Error {}

/** The sentence for whatever a plugin has thrown. */
export const sentenceOf = (error: unknown, what: string): string => {
  if (error instanceof PluginProblem) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `${what}: ${text.slice(0, 500)}`;
};
