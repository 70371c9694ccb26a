import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, type KeyPair } from '../src/signatures/public-key.js';

const FOLDER = join(tmpdir(), `test-key-pairs-${userInfo().uid}`);
/** Jest loads this module anew for each suite, so each begins with the first pair. */
let given = 0;

/**
 * A real key pair that nothing else in this suite has. Making one takes a tenth of a second of processor time, so those
 * made by earlier suites are kept in the temporary folder and given again.
 */
export async function keptKeyPair(): Promise<KeyPair> {
  const path = join(FOLDER, `${given++}.json`);
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return JSON.parse(kept) as KeyPair;
  const made = await generateKeyPair();
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  // Whole at once: another suite may read it now.
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(made), { mode: 0o600 });
  await rename(draft, path);
  return made;
}
