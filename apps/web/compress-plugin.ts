import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg|json)$/;
/** Smaller files fit into one packet anyway. */
const FROM_BYTES = 1400;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

/** Puts a `.br` and a `.gz` beside each text file of the build, so that a server without a proxy sends a third of the bytes. */
export const compressed = (): Plugin => {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = join(root, build.outDir)),
    closeBundle: async () => {
      for (const name of await readdir(folder, { recursive: true })) {
        if (!TEXT.test(name)) continue;
        const path = join(folder, name);
        const content = await readFile(path);
        if (content.length < FROM_BYTES) continue;
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content, BROTLI));
        await writeFile(`${path}.gz`, await promisify(gzip)(content));
      }
    },
  };
};
