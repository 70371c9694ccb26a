import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the plugin's folder; kept between runs. */
const DATA = '.vidiverse-dev';
/** What would have the instance keep something elsewhere than in its own folder. */
const ELSEWHERE = /^(?:DATABASE_URL|REDIS_URL|S3_.*|VIDIVERSE_CONFIG|VIDIVERSE_URL)(?:_FILE)?$/;

/** The environment of the plugin's own instance; what else of the configuration is set stays. */
export function environmentFor(folder, listen) {
  const data = join(folder, DATA);
  mkdirSync(data, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name));
  return {
    ...Object.fromEntries(inherited),
    VIDIVERSE_DATA: data,
    VIDIVERSE_LISTEN: listen,
    VIDIVERSE_ADMIN_PASSWORD: passwordIn(data),
    VIDIVERSE_PLUGINS_LIST: folder,
    // One that fails is mended and tried again, as often as it takes.
    VIDIVERSE_PLUGINS_STARTS_UNTIL_OFF: '1000000',
  };
}

/** That of the first start: the database keeps no other. */
function passwordIn(data) {
  const file = join(data, 'administrator-password');
  if (!existsSync(file)) {
    const password = process.env.VIDIVERSE_ADMIN_PASSWORD ?? randomBytes(9).toString('base64url');
    writeFileSync(file, password, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
