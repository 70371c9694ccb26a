/** Port: whom this instance does not hear. */
export abstract class Blocks {
  /** Whether all of a host is blocked; as `hostOf` writes it. */
  abstract hasHost(host: string): Promise<boolean>;

  /** Whether this actor alone is blocked; its id. */
  abstract hasActor(actorUrl: string): Promise<boolean>;
}
