export type HookErrorCode = 'bad_hook' | 'bad_handler' | 'bad_plugin';

/** A mistake of who wrote a plugin or a hook; the message says which and where. `code` is stable. */
export abstract class HookError extends Error {
  abstract readonly code: HookErrorCode;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** A hook that cannot be. */
export class HookDefinitionError extends HookError {
  readonly code = 'bad_hook';
}

/** A handler that cannot be registered. */
export class HookHandlerError extends HookError {
  readonly code = 'bad_handler';
}

/** What a plugin says of itself cannot be; `field` is the part, such as `settings` or `translations.de`. */
export class PluginDefinitionError extends HookError {
  readonly code = 'bad_plugin';

  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`The plugin's ${field} ${reason}.`);
  }
}
