#!/usr/bin/env node
import { developPlugin } from './plugin/dev.mjs';
import { installPlugin, removePlugin } from './plugin/install.mjs';
import { newPlugin } from './plugin/new.mjs';

const USAGE = `vidiverse plugin new <name> [folder]    a plugin to begin with, in <folder>/vidiverse-plugin-<name>
vidiverse plugin dev [folder]           runs the plugin in a folder (default: this one) and takes each change of it;
                                        --listen 127.0.0.1:9000, --no-build: the server as it was built
vidiverse plugin install <package>      a package from the registry, a .tgz or a folder, into VIDIVERSE_DATA/plugins
vidiverse plugin remove <name>          takes it away again`;

const COMMANDS = { new: newPlugin, dev: developPlugin, install: installPlugin, remove: removePlugin };
const [subject, command, ...parameters] = process.argv.slice(2);
if (
  subject !== 'plugin' ||
  !Object.hasOwn(COMMANDS, command ?? '') ||
  (command !== 'dev' && parameters.length === 0)
) {
  console.error(USAGE);
  process.exit(2);
}
try {
  console.log(await COMMANDS[command](...parameters));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
