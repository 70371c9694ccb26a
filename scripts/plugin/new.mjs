import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPLATE = fileURLToPath(new URL('./template/', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const NAME = /^[a-z][a-z0-9-]{1,40}$/;

const manifest = (folder) => JSON.parse(readFileSync(join(REPOSITORY, folder, 'package.json'), 'utf8'));

/** Writes a plugin to begin with. Answers what to do next. @throws Error when the name is none, or the folder is taken */
export async function newPlugin(name, parent = '.') {
  if (!NAME.test(name))
    throw new Error(`"${name}" is no name: 2 to 41 small letters, digits and hyphens, a letter first.`);
  const folder = resolve(parent, `vidiverse-plugin-${name}`);
  if (existsSync(folder)) throw new Error(`${folder} is there already.`);
  const words = name.replaceAll('-', ' ');
  const { version } = manifest('libs/hooks');
  const { dependencies } = manifest('apps/api');
  const values = {
    NAME: name,
    DISPLAY_NAME: words[0].toUpperCase() + words.slice(1),
    CLASS: name.replace(/(?:^|-)([a-z0-9])/g, (_, letter) => letter.toUpperCase()),
    VERSION: version,
    NEST: dependencies['@nestjs/common'],
    ZOD: dependencies.zod,
    VUE: manifest('apps/web').dependencies.vue,
    TYPESCRIPT: manifest('.').devDependencies.typescript,
    REPOSITORY: relative(folder, REPOSITORY).replaceAll('\\', '/'),
  };
  for (const path of readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })) {
    if (!path.isFile()) continue;
    const from = join(path.parentPath, path.name);
    // The template's files have another ending, so that nobody compiles or tests them here.
    const to = join(folder, relative(TEMPLATE, from).replace(/\.template$/, ''));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(
      to,
      readFileSync(from, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]),
    );
  }
  return `${folder} is made.\n\n   cd ${folder}\n   npm install && npm test\n   npm run dev\n\nThe last runs an instance with it, which takes each change.`;
}
