import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config } from '../config/config.js';

const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];
/** Nest tells each module and route at every start; nobody reads that. */
const CHATTY = new Set([
  'RouterExplorer',
  'RoutesResolver',
  'InstanceLoader',
  'NestFactory',
  'NestApplication',
]);

class QuietLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (!CHATTY.has(String(rest.at(-1)))) super.log(message, ...rest);
  }
}

/** A logger that shows the configured level and everything graver. */
export function createLogger({ log }: Pick<Config, 'log'>): ConsoleLogger {
  const logLevels = LEVELS.slice(0, LEVELS.indexOf(log.level) + 1);
  return new QuietLogger({
    logLevels,
    json: log.json,
    colors: !log.json && process.stdout.isTTY,
    prefix: 'Vidiverse',
  });
}
