export { Config } from './config/config.js';
export { loadConfig } from './config/load-config.js';
export { dataSourceOptions } from './database/data-source-options.js';
export { createApp, type App } from './create-app.js';
export { configurationPage } from './config/configuration-page.js';
