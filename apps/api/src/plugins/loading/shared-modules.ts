import type { ResolveHook } from 'node:module';

/** What a plugin and the server must have one copy of: classes are injected by identity, and tables and routes stand in registries. */
const SHARED =
  /^(?:@vidiverse\/hooks|@nestjs\/(?:common|core|swagger|typeorm)|typeorm|reflect-metadata|rxjs|zod)(?:\/|$)/;

/**
 * Resolves them from the server, whoever asks. Runs in Node's thread for module hooks:
 * https://nodejs.org/api/module.html#resolvespecifier-context-nextresolve
 */
export const resolve: ResolveHook = (specifier, context, nextResolve) =>
  SHARED.test(specifier) && !context.parentURL?.includes('/node_modules/@nestjs/')
    ? nextResolve(specifier, { ...context, parentURL: import.meta.url })
    : nextResolve(specifier, context);
