import { fileURLToPath } from 'node:url';

/** Where the built web app lies: `apps/web/dist`, seen from `apps/api/{src,dist}/web`. */
export const WEB_FOLDER = fileURLToPath(new URL('../../../web/dist', import.meta.url));
