/** `npm run faults` asks for whole stories; other runs tell each in less than a minute. */
export const isWhole = process.env.VIDIVERSE_FAULTS === 'whole';

/** Figures of a story, for whoever reads the output. */
export const report = (lines: string[]): void => {
  process.stdout.write(`${lines.map((line) => `  ${line}`).join('\n')}\n`);
};
