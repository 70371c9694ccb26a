/** Port: which instance the plugin runs on. */
export abstract class InstanceInfo {
  /** Public base URL, without a slash at its end; never changes. */
  abstract readonly url: string;

  /** As it stands in handles, with a port that is not the default; never changes. */
  abstract readonly host: string;

  /** As its administrators call it. */
  abstract readonly name: string;
}
