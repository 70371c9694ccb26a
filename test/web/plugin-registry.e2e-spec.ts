import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { violations } from '../support/accessibility.js';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { ADMIN_PASSWORD } from '../support/create-instance.js';
import { createPluginRegistry, type PluginRegistry } from '../support/plugin-registry.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';

const SOURCE = `import { definePlugin } from '@vidiverse/hooks';
export default definePlugin({ name: 'counting', displayName: 'Counting', requires: '^0.1.0', rights: ['videos'] });`;

let registry: PluginRegistry;
let server: ServerProcess;
let visitor: Visitor | undefined;

beforeAll(async () => {
  registry = await createPluginRegistry();
  const vidiverse = { requires: '^0.1.0', rights: ['videos'] };
  await registry.publish('counting', SOURCE, {
    ...{ vidiverse, license: 'MIT', description: 'Counts <img src=x> videos.' },
  });
  await registry.publish('silent', SOURCE);
  server = await createServerProcess({
    environment: {
      VIDIVERSE_PLUGINS_INSTALL_FROM_REGISTRY: 'true',
      VIDIVERSE_PLUGINS_REGISTRY: registry.address,
      VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
    },
  });
  await server.start();
});
afterEach(() => visitor?.close());
afterAll(async () => {
  await server?.remove();
  await registry?.close();
});

testInChromium(
  'an administrator sees rights and hash before a plugin is installed, gives the password, and uninstalls it again',
  async () => {
    visitor = await newVisitor(server.address, { width: 360, height: 780 });
    await visitor.logIn();
    await visitor.open('/admin/plugins');
    const { page, complaints } = visitor;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Search' }).last().click();
    await page.getByText('Counts <img src=x> videos.').waitFor();

    await page.getByRole('button', { name: 'Install silent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/It declares nothing/).waitFor();
    expect(await dialog.getByLabel('Your password', { exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Install counting' }).click();
    await dialog.getByText('It decides about videos, or changes what is shown of them.').waitFor();
    await dialog.getByText(/^sha512-.{8}…/).waitFor();
    expect(await violations(visitor)).toEqual([]);
    const password = dialog.getByLabel('Your password', { exact: true });
    await password.fill('not this one');
    await password.press('Enter');
    await dialog.getByText('The password is not right.').waitFor();
    expect(await violations(visitor)).toEqual([]);
    await password.fill(ADMIN_PASSWORD);
    await password.press('Enter');
    await page.getByText('It is switched on once the server is restarted.').waitFor();
    await page.getByText('1.0.0 is installed', { exact: true }).waitFor();
    expect(await violations(visitor)).toEqual([]);

    await page.getByRole('link', { name: 'Details of counting' }).click();
    await page.getByText(/root installed vidiverse-plugin-counting 1\.0\.0 from the registry/).waitFor();
    expect(await violations(visitor)).toEqual([]);
    await page.getByRole('button', { name: 'Uninstall' }).click();
    await dialog.getByRole('button', { name: 'Uninstall' }).click();
    await page.getByText('No plugins', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  },
);
