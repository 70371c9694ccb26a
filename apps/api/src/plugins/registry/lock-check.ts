import { z } from 'zod';
import { UnprocessableError } from '../../shared/domain-error.js';

/** https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
    }),
  ),
});

export interface Agreed {
  npmName: string;
  version: string;
  integrity: string;
}

/**
 * Looks at what npm is about to install: the package is the one that was agreed to, and all that it depends on comes with a hash from
 * the registry, or within the package. @throws UnprocessableError naming what does not
 */
export function checkLock(text: string, { npmName, version, integrity }: Agreed, registry: string): void {
  const { packages } = lockFile.parse(JSON.parse(text));
  const own = `node_modules/${npmName}`;
  if (packages[own]?.version !== version || packages[own].integrity !== integrity)
    throw refused('npm would install another package than the one that was agreed to.');
  for (const [path, { resolved, integrity: hash, link, inBundle }] of Object.entries(packages)) {
    if (path === '' || path === own || (inBundle && !link && path.startsWith(`${own}/`))) continue;
    const isPinned = !link && resolved?.startsWith(`${registry}/`) && hash?.startsWith('sha512-');
    if (!isPinned)
      throw refused(
        `It depends on ${path.replace(/^.*node_modules\//, '')}, which does not come from the registry with a hash.`,
      );
  }
}

const refused = (why: string) => new UnprocessableError(why, 'not_installable');
