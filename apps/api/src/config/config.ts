import type { ConfigValues } from './config.schema.js';

/** The validated configuration, as an injection token and a type in one (no run-time body: it is a plain frozen object). */
export abstract class Config {}
// The merged interface gives the token its fields without repeating the schema.
export interface Config extends Readonly<ConfigValues> {}
