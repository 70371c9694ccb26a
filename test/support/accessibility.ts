import axe from 'axe-core';
import type { Visitor } from './chromium.js';

/** What is wrong with the page that is open, by the rules of WCAG 2.2 A and AA, and whether it is wider than its window. */
export async function violations({ page }: Visitor): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations } = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations;
  });
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ...(tooWide > 0 ? [`${tooWide} pixels wider than its window`] : []),
  ];
}

/** The same for pages at these paths, with the path before each. */
export async function violationsAt(visitor: Visitor, address: string, paths: string[]): Promise<string[]> {
  const broken: string[] = [];
  for (const path of paths) {
    await visitor.page.goto(address + path, { waitUntil: 'networkidle' });
    broken.push(...(await violations(visitor)).map((violation) => `${path} ${violation}`));
  }
  return broken;
}
