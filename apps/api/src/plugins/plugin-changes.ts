/** What is told when files of plugins change while the instance runs: only `vidiverse plugin dev` brings it (development/). */
export abstract class PluginChanges {
  /** Path of the stream of server-sent events that tells pages. */
  abstract readonly path: string;

  /** Under which version files of a package are served now, as what is served under one never changes. `version`: the package's. */
  abstract servedAs(version: string): string;
}
