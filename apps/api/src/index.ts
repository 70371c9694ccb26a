export { Config } from './config/config.js';
export { withCommandLine } from './config/command-line.js';
export { loadConfig } from './config/load-config.js';
export { dataSourceOptions } from './database/data-source-options.js';
export { type App, createApp } from './create-app.js';
export { configurationPage } from './config/configuration-page.js';
