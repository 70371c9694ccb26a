import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const dataFolder = () => resolve(process.env.VIDIVERSE_DATA || './data', 'plugins');

/** Installs a package for the instance whose data folder VIDIVERSE_DATA names. Its scripts are not run, nor are its peers fetched. */
export async function installPlugin(what) {
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const before = namesIn(manifest);
  await npm(folder, ['install', '--save', '--ignore-scripts', '--legacy-peer-deps', what]);
  const name = namesIn(manifest).find((one) => !before.includes(one)) ?? what;
  return `${name} is installed. List it in plugins.list (VIDIVERSE_PLUGINS_LIST=${name}) and start the instance anew.`;
}

/** Removes an installed package; what the plugin kept in the database stays. @throws Error when it is not installed */
export async function removePlugin(name) {
  const folder = dataFolder();
  const manifest = join(folder, 'package.json');
  const known = existsSync(manifest) ? namesIn(manifest) : [];
  const full = known.find((one) => one === name || one === `vidiverse-plugin-${name}`);
  if (!full) throw new Error(`${name} is not installed in ${folder}.`);
  await npm(folder, ['uninstall', '--save', full]);
  return `${full} is removed. Take it out of plugins.list.`;
}

const namesIn = (manifest) => Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).dependencies ?? {});

function npm(folder, parameters) {
  return new Promise((done, reject) => {
    const child = spawn('npm', [...parameters, '--no-audit', '--no-fund', '--prefix', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? done() : reject(new Error(`npm ${parameters.join(' ')} failed.`)),
    );
  });
}
